"""The output folder: its layout, its manifest, and how a run replaces one state by the next."""
