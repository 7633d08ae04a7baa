"""Beam transforms: they wire the pure functions into the graph. They do not think."""
