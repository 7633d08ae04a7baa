"""`wirecopy run --streaming`: one job that does not end, on an engine that runs streams."""

import functools
import threading
from typing import Any, NamedTuple

from pipeline.engine import find_engine
from pipeline.errors import ConfigError, InputError
from pipeline.formats.feed_list import is_address
from pipeline.formats.sources import STANDARD_INPUT, expand
from pipeline.ingest import build_stream, commit_pane
from pipeline.job import Job, check_job
from pipeline.remote import is_remote
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Manifest
from pipeline.tagging.fingerprint import tagging_fingerprint
from pipeline.transforms.panes import CommitPanes
from pipeline.transforms.watch import WatchInputs

_BATCH_ONLY = ("direct", "spark")
_CANCEL_SECONDS = 5.0


class Pace(NamedTuple):
    """How a stream looks and commits.

    Attributes:
        interval: Seconds between two looks for new files, and between two polls of a feed.
        pane_seconds: How long an item waits at most before it is committed.
        pane_items: Items that are committed together at most.
        idle: Ends the stream after so many seconds without anything new; 0 never does.
    """

    interval: float = 10.0
    pane_seconds: float = 60.0
    pane_items: int = 2_000
    idle: float = 0.0


def run_stream(job: Job, pace: Pace) -> Manifest | None:
    """Runs a stream until it is stopped, or idle for as long as was said.

    Returns:
        The manifest of the last pane; None if nothing came.

    Raises:
        ConfigError: The engine runs no streams, or it or an option is unknown.
        InputError: An input does not exist, or cannot be watched.
        OutputError: The output cannot be written.
        ModelError: A language model is not installed.
        KeyboardInterrupt: It was stopped; the output is as the last pane left it.
    """
    if job.runner in _BATCH_ONLY:
        raise ConfigError(
            f"--runner {job.runner} runs no streams; --runner prism and --runner flink do,"
            " and `wirecopy follow` needs no engine"
        )
    check_job(job)
    if STANDARD_INPUT in job.inputs:
        raise InputError("standard input cannot be watched; name files, folders, globs or feeds")
    for each in job.inputs:
        if not (is_address(each) or is_remote(each) or any(mark in each for mark in "*?[")):
            expand([each], exclude=(job.output,))
    tagging_fingerprint(job.config.tagging)
    folder = OutputFolder(job.output)
    folder.manifest()  # refuses a folder that is not ours

    root: Any = find_engine(job.runner)([*job.beam_arguments, "--streaming"])
    inputs = WatchInputs(tuple(job.inputs), job.output, job.config, pace.interval, pace.idle)
    commit = CommitPanes(
        functools.partial(commit_pane, job.output, job.config),
        pace.pane_items,
        pace.pane_seconds,
        job.config.copies.horizon_days,
    )
    build_stream(root, inputs, commit, job.config)
    result = root.run()
    try:
        result.wait_until_finish()
    except KeyboardInterrupt:
        _cancel(result)
        raise
    return folder.manifest()


def _cancel(result: Any) -> None:
    """Asks the engine to end the job, and does not wait long for the answer."""
    asking = threading.Thread(target=result.cancel, daemon=True)
    asking.start()
    asking.join(_CANCEL_SECONDS)
