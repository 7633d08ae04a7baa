"""Tagging: entities, events, quotes and dates of an article. The only room that knows spaCy."""
