"""`wirecopy follow`: passes over what is new in folders and feeds, each a bounded run."""

import tempfile
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.formats.feed_list import is_address
from pipeline.formats.sources import STANDARD_INPUT, Source
from pipeline.gather import Feeds, state_file
from pipeline.job import Job, check_job, run_sources
from pipeline.store.folder import OutputFolder
from pipeline.store.lock import exclusive
from pipeline.store.manifest import Ledger
from pipeline.watch import MAX_FILES, NewFiles


class Pass(NamedTuple):
    """What one pass did.

    Attributes:
        number: From 1.
        files: New or changed files.
        feeds: Feeds that had something new.
        failing: Feeds that could not be fetched.
        ledger: Of the run; None if nothing was new and nothing was run.
    """

    number: int
    files: int
    feeds: int
    failing: int
    ledger: Ledger | None


def follow(
    job: Job,
    interval: float,
    stop: threading.Event,
    report: Callable[[Pass], None],
    passes: int | None = None,
) -> None:
    """Makes passes until it is told to stop, and holds the output meanwhile.

    What the tables hold is never read twice as new: the output is the memory. What a pass was doing
    when the process died, the next one does again.

    Args:
        job: What to run; its inputs are files, folders, globs and addresses.
        interval: Seconds between the starts of two polls of a feed, and between two passes.
        stop: Set to end after the pass under way.
        report: Called after each pass.
        passes: Ends after so many.

    Raises:
        InputError: An input does not exist.
        OutputError: The output cannot be written, or another run is writing to it.
        ConfigError: The engine or an option is unknown.
    """
    check_job(job)
    if STANDARD_INPUT in job.inputs:
        raise InputError("standard input cannot be followed; name files, folders, globs or feeds")
    with exclusive(job.output):
        known = OutputFolder(job.output).manifest() is not None
        paths = [each for each in job.inputs if not is_address(each)]
        files = NewFiles(paths, job.output, state_file(job.output, "files.json"), known)
        feeds = Feeds(job.output, known)
        number = 0
        while not stop.is_set():
            number += 1
            started = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="wirecopy-") as spool:
                done = _one_pass(number, job, files, feeds, interval, spool)
            report(done)
            if passes is not None and number >= passes:
                return
            if done.files < MAX_FILES:
                stop.wait(max(0.0, interval - (time.monotonic() - started)))


def _one_pass(
    number: int, job: Job, files: NewFiles, feeds: Feeds, interval: float, spool: str
) -> Pass:
    addresses = [each for each in job.inputs if is_address(each)]
    polled = feeds.poll(feeds.due(addresses, interval), spool, job.config.fetch)
    news = [each for each in polled if each.sources and not feeds.failed_before(each)]
    new_files = files.new()
    sources = [*new_files, *(source for each in news for source in each.sources)]
    ledger = run_sources(job, sources).ledger if sources else None
    files.save(new_files)
    feeds.save(polled)
    return Pass(
        number=number,
        files=sum(isinstance(source, Source) for source in new_files),
        feeds=sum(isinstance(each.sources[0], Source) for each in news),
        failing=sum(bool(each.state.failure) for each in polled),
        ledger=ledger,
    )
