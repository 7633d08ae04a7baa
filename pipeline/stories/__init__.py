"""Stories: which articles tell one happening, and what happened in it (pure)."""
