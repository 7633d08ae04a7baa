"""Watches folders: which files are new or have changed since they were read."""

import glob
import json
import os
import time
from collections.abc import Sequence

from pipeline.errors import InputError, OutputError, RejectReason
from pipeline.fetch.state import write_json
from pipeline.formats.sources import Source, expand
from pipeline.records import Reject

MAX_FILES = 1_000
"""Files of one look; the rest is left to the next, which then follows at once."""
_SETTLED_SECONDS = 2.0
"""A file that changed later than this may still be being written."""


class NewFiles:
    """The files behind inputs, and which of them were read as they are now.

    Args:
        inputs: Files, folders and globs.
        output: The output folder, which is not entered.
        state: File in which is kept what was read; empty keeps it in memory.
        known: False where the output holds no tables: then all files are new.
    """

    def __init__(self, inputs: Sequence[str], output: str, state: str, known: bool) -> None:
        self._inputs = list(inputs)
        self._output = output
        self._path = state
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
        return found[:MAX_FILES]

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
