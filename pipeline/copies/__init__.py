"""Finding copies: which articles share words, which of them copied, and the evidence (pure)."""
