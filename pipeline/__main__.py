"""`python -m pipeline` is `wirecopy`."""

from pipeline.cli import main

main()
