"""Why: an article of an output with the evidence for its copies and its tags, as records."""
