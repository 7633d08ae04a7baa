"""Bytes to items: what kind of file it is, its encoding, its containers, its fields (pure)."""
