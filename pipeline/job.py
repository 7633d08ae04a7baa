"""One run: from what the caller typed to a new state of the output folder."""

import contextlib
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.config import Config
from pipeline.engine import find_engine
from pipeline.errors import OutputError
from pipeline.formats.sources import STANDARD_INPUT, Source, expand
from pipeline.ingest import build
from pipeline.options import check_beam_options
from pipeline.records import Reject
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Manifest

_LOCK = ".lock"


class Job(NamedTuple):
    """What to run.

    Attributes:
        inputs: Files, folders, globs, or `-` for standard input.
        output: The output folder; it is made if it does not exist.
        config: The configuration.
        runner: The engine's name.
        beam_arguments: Beam's own options (`--name=value`).
    """

    inputs: Sequence[str]
    output: str
    config: Config = Config()
    runner: str = "direct"
    beam_arguments: Sequence[str] = ()


def run_job(job: Job) -> Manifest:
    """Runs the pipeline and waits for its end.

    Returns:
        The manifest that the run wrote.

    Raises:
        InputError: An input does not exist.
        OutputError: The output cannot be written, or another run is writing to it.
        ConfigError: The engine or an option is unknown.
        ModelError: A language model is not installed.
    """
    open_pipeline = find_engine(job.runner)
    check_beam_options(job.beam_arguments)
    sources = expand(job.inputs, exclude=(job.output,))
    with _exclusive(job.output), _spooled(sources) as readable:
        folder = OutputFolder(job.output)
        folder.clear_staging()
        folder.manifest()  # refuses a folder that is not ours before any work is done
        with open_pipeline(job.beam_arguments) as pipeline:
            build(pipeline, readable, job.output, job.config)
        manifest = folder.manifest()
    if manifest is None:
        raise OutputError(f"{job.output}: the run ended without a manifest")
    return manifest


@contextlib.contextmanager
def _exclusive(output: str) -> Iterator[None]:
    """Holds a lock on a local output folder; remote ones have none."""
    if "://" in output:
        yield
        return
    try:
        os.makedirs(output, exist_ok=True)
        lock = open(os.path.join(output, _LOCK), "w")  # noqa: SIM115 - held until the end
    except OSError as error:
        raise OutputError(f"{output}: cannot write here: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputError(f"{output}: another run is writing here") from error
        yield


@contextlib.contextmanager
def _spooled(sources: Sequence[Source | Reject]) -> Iterator[list[Source | Reject]]:
    """Puts standard input into a file, so that it can be read again after a failure."""
    if not any(isinstance(s, Source) and s.path == STANDARD_INPUT for s in sources):
        yield list(sources)
        return
    with tempfile.NamedTemporaryFile(prefix="wirecopy-stdin-") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.flush()
        yield [
            Source(s.uri, spool.name) if isinstance(s, Source) and s.path == STANDARD_INPUT else s
            for s in sources
        ]
