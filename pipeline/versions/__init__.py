"""Which deliveries of an item are new, which are versions of one another, and which is current."""
