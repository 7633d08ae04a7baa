"""Feeds and pages over the network: politely, within caps, and never from a private network."""
