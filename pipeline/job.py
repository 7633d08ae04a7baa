"""One run: from what the caller typed to a new state of the output folder."""

import tempfile
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.config import Config
from pipeline.engine import find_engine
from pipeline.errors import OutputError
from pipeline.formats.feed_list import is_address
from pipeline.formats.sources import Source, expand
from pipeline.gather import Feeds, spool_standard_input
from pipeline.ingest import build
from pipeline.options import check_beam_options
from pipeline.records import Reject
from pipeline.remote import expand_remote, is_remote
from pipeline.store.folder import OutputFolder
from pipeline.store.lock import exclusive
from pipeline.store.manifest import Manifest


class Job(NamedTuple):
    """What to run.

    Attributes:
        inputs: Files, folders, globs (local, or with a scheme that Beam knows), addresses of feeds,
            or `-` for standard input.
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
    check_job(job)
    addresses = [each for each in job.inputs if is_address(each)]
    remote = [each for each in job.inputs if is_remote(each)]
    local = [each for each in job.inputs if each not in addresses and each not in remote]
    sources = expand(local, exclude=(job.output,)) + expand_remote(remote, exclude=(job.output,))
    with exclusive(job.output), tempfile.TemporaryDirectory(prefix="wirecopy-") as spool:
        # Refuses a folder that is not ours before any work is done.
        feeds = Feeds(job.output, known=OutputFolder(job.output).manifest() is not None)
        readable = spool_standard_input(sources, spool)
        polled = feeds.poll(addresses, spool, job.config.fetch)
        readable += [source for each in polled for source in each.sources]
        manifest = run_sources(job, readable)
        feeds.save(polled)
    return manifest


def check_job(job: Job) -> None:
    """Finds what is wrong with the engine and its options before anything is read.

    Raises:
        ConfigError: The engine or an option is unknown.
    """
    find_engine(job.runner)
    check_beam_options(job.beam_arguments)


def run_sources(job: Job, sources: Sequence[Source | Reject]) -> Manifest:
    """Runs the pipeline over sources that are readable files; the output is held by the caller.

    Raises:
        OutputError: The output cannot be written.
        ModelError: A language model is not installed.
    """
    folder = OutputFolder(job.output)
    folder.clear_staging()
    with find_engine(job.runner)(job.beam_arguments) as pipeline:
        build(pipeline, sources, job.output, job.config)
    manifest = folder.manifest()
    if manifest is None:
        raise OutputError(f"{job.output}: the run ended without a manifest")
    return manifest
