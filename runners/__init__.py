"""One module an engine: command-line arguments to a Beam pipeline that runs on it.

Each has `open_pipeline(arguments)`, and is loaded by its name (`wirecopy run --runner NAME`).
Nothing imports this package.
"""
