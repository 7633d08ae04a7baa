"""The Flex Template's launcher: the template's parameters become one run on Dataflow.

Dataflow calls it in the template's image with `--name=value` for each parameter of
flex_template.json, and with Beam's own options, which pass through.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from apache_beam.io.filesystems import FileSystems

from pipeline.config import Config, load_config
from pipeline.engine import find_engine
from pipeline.errors import InputError, UsageError
from pipeline.ingest import build
from pipeline.remote import expand_remote, is_remote


def launch(arguments: Sequence[str], engine: str = "dataflow") -> None:
    """Builds the pipeline and hands it to the engine; it does not wait for the tables.

    Raises:
        InputError: Nothing is at an input, or it is no place that a worker can read.
        ConfigError: The configuration, or an option, is wrong.
    """
    given, beam_arguments = _parser().parse_known_args(list(arguments))
    inputs = [each.strip() for each in given.input.split(",") if each.strip()]
    for path in (*inputs, given.output):
        if not is_remote(path):
            raise InputError(f"{path}: a worker sees no such place; name a bucket, as in gs://…")
    config = _config(given.config)
    if not given.tag:
        tagging = config.tagging.model_copy(update={"enabled": False})
        config = config.model_copy(update={"tagging": tagging})
    sources = expand_remote(inputs, exclude=(given.output,))
    # `--runner` is Dataflow's own word to the launcher; the engine is chosen here.
    passed = [each for each in beam_arguments if not each.startswith("--runner")]
    with find_engine(engine)(passed) as pipeline:
        build(pipeline, sources, given.output, config)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--config", default="")
    parser.add_argument("--tag", type=_truth, default=True)
    return parser


def _truth(word: str) -> bool:
    if word.lower() not in ("true", "false"):
        raise argparse.ArgumentTypeError(f"{word!r} is neither true nor false")
    return word.lower() == "true"


def _config(path: str) -> Config:
    if not path:
        return load_config(None)
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, os.path.basename(path))
        with FileSystems.open(path) as stream:
            copied.write_bytes(stream.read())
        return load_config(copied)


if __name__ == "__main__":
    try:
        launch(sys.argv[1:])
    except UsageError as error:
        print(f"wirecopy: {error}", file=sys.stderr)
        sys.exit(2)
