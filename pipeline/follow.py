"""`wirecopy follow`: passes over what is new in folders and feeds, each a bounded run."""

import glob
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.errors import InputError, OutputError, RejectReason
from pipeline.fetch.state import write_json
from pipeline.formats.feed_list import is_address
from pipeline.formats.sources import STANDARD_INPUT, Source, expand
from pipeline.gather import Feeds, state_file
from pipeline.job import Job, check_job, exclusive, run_sources
from pipeline.records import Reject
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Ledger

_MAX_FILES = 1_000
"""Files of one pass; the rest is left to the next, which then follows at once."""
_SETTLED_SECONDS = 2.0
"""A file that changed later than this may still be being written."""


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
        files = _Files(job, known)
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
            if done.files < _MAX_FILES:
                stop.wait(max(0.0, interval - (time.monotonic() - started)))


def _one_pass(
    number: int, job: Job, files: "_Files", feeds: Feeds, interval: float, spool: str
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


class _Files:
    """The files behind the inputs, and which of them were read as they are now."""

    def __init__(self, job: Job, known: bool) -> None:
        self._inputs = [each for each in job.inputs if not is_address(each)]
        self._output = job.output
        self._path = state_file(job.output, "files.json")
        self._read = _load(self._path) if self._path and known else {}
        self._marks: dict[str, tuple[int, int]] = {}
        self._first = True

    def new(self) -> list[Source | Reject]:
        """Files that are new or have changed, and are not being written any more."""
        found: list[Source | Reject] = []
        for entry in self._listed():
            if isinstance(entry, Reject):
                is_empty_folder = entry.reason == RejectReason.NO_READABLE_FILES.value
                if not is_empty_folder and _key(entry) not in self._read:
                    found.append(entry)
                continue
            mark = _mark(entry)
            # A time in the future is a wrong clock's, not that of a file being written.
            being_written = 0 <= time.time() - mark[1] / 1e9 < _SETTLED_SECONDS
            if self._read.get(_key(entry)) != mark and not being_written:
                self._marks[_key(entry)] = mark
                found.append(entry)
        return found[:_MAX_FILES]

    def save(self, read: Sequence[Source | Reject]) -> None:
        """Remembers files that the tables hold now.

        Raises:
            OutputError: The state cannot be written.
        """
        self._read.update({_key(entry): self._marks.pop(_key(entry), (0, 0)) for entry in read})
        if not read or not self._path:
            return
        try:
            files = {key: list(self._read[key]) for key in sorted(self._read)}
            write_json(self._path, {"format": 1, "files": files})
        except OSError as error:
            raise OutputError(f"{self._path}: cannot write here: {error.strerror}") from error

    def _listed(self) -> list[Source | Reject]:
        found: dict[str, Source | Reject] = {}
        for given in self._inputs:
            try:
                entries = expand([given], exclude=(self._output,))
            except InputError:
                # A file may come that matches; a folder that was there may come back.
                if self._first and not glob.has_magic(given):
                    raise
                continue
            found.update((_key(entry), entry) for entry in entries)
        self._first = False
        return [found[key] for key in sorted(found)]


def _key(entry: Source | Reject) -> str:
    return f"{entry.source_uri}\t{entry.reason}" if isinstance(entry, Reject) else entry.uri


def _mark(entry: Source) -> tuple[int, int]:
    """Size and time of the last change; zeros where there is no such file any more."""
    try:
        status = os.stat(entry.path)
    except OSError:
        return (0, 0)
    return (status.st_size, status.st_mtime_ns)


def _load(path: str) -> dict[str, tuple[int, int]]:
    try:
        with open(path, encoding="utf-8") as file:
            files = json.load(file)["files"]
        return {str(key): (int(size), int(changed)) for key, (size, changed) in files.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
