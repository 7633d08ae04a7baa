"""From what the caller typed to the list of files to read."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from pipeline.errors import InputError, RejectReason
from pipeline.records import Reject

STANDARD_INPUT = "-"
_SKIPPED_STEMS = ("README", "LICENSE", "LICENCE", "COPYING", "NOTICE")


class Source(NamedTuple):
    """One file to read.

    Attributes:
        uri: Its name in `source_uri`: the path as the caller gave it, joined with the path inside
            the folder, with forward slashes. It does not depend on the working directory's place,
            so that the same command over the same files writes the same bytes anywhere.
        path: What to open; `-` is standard input.
    """

    uri: str
    path: str


def expand(inputs: Sequence[str], exclude: Sequence[str] = ()) -> list[Source | Reject]:
    """Lists the files behind files, folders, globs and `-`.

    Folders are walked with all that is under them. Inside folders (and globs) some names are no
    articles by convention and are passed over: those that start with `.` or `_`, and README,
    LICENSE, COPYING and NOTICE files. A file that is named outright is always read. Everything
    else in a folder is read, whatever its extension: what is no article becomes a reject.

    Args:
        inputs: Paths, glob patterns or `-`.
        exclude: Folders that are not entered, such as an output folder inside the input.

    Returns:
        Sorted by uri, each file once, however often it was reached. Rejects stand for folders
        without a readable file (`no_readable_files`) or that cannot be listed (`unreadable`).

    Raises:
        InputError: A path does not exist, or a pattern matches nothing.
    """
    skip = frozenset(os.path.realpath(path) for path in exclude)
    found: list[Source | Reject] = []
    for given in inputs:
        found.extend(_expand_one(given, skip))
    found.sort(key=lambda entry: (_name(entry), isinstance(entry, Reject)))
    seen: set[str] = set()
    unique: list[Source | Reject] = []
    for entry in found:
        key = _identity(entry)
        if key not in seen:
            seen.add(key)
            unique.append(entry)
    return unique


def _expand_one(given: str, skip: frozenset[str]) -> Iterator[Source | Reject]:
    if given == STANDARD_INPUT:
        yield Source(STANDARD_INPUT, STANDARD_INPUT)
    elif not given or "\0" in given:
        raise InputError(f"{given!r} is not a path")
    elif os.path.isdir(given):
        yield from _folder(given, skip)
    elif os.path.lexists(given):
        yield _source(given)
    elif glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise InputError(f"{given}: no file matches this pattern")
        for match in matches:
            if os.path.isdir(match):
                # `folder/**` also names the folders that its files lie in.
                if not given.endswith("**") and os.path.realpath(match) not in skip:
                    yield from _folder(match, skip)
            elif not is_passed_over(os.path.basename(match)) and not _inside(match, skip):
                yield _source(match)
    else:
        raise InputError(f"{given}: no such file or folder")


def _folder(top: str, skip: frozenset[str]) -> Iterator[Source | Reject]:
    unlisted: list[OSError] = []
    visited: set[str] = set()
    files = 0
    for folder, folders, names in os.walk(top, onerror=unlisted.append, followlinks=True):
        real = os.path.realpath(folder)
        if real in visited or (real in skip and folder != top):
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(names):
            if not is_passed_over(name):
                files += 1
                yield _file_in_folder(os.path.join(folder, name))
    for error in unlisted:
        reason = f"cannot list this folder: {error.strerror}"
        yield _reject(str(error.filename), RejectReason.UNREADABLE, reason)
    if not files and not unlisted:
        yield _reject(top, RejectReason.NO_READABLE_FILES, "no article files in this folder")


def _file_in_folder(path: str) -> Source | Reject:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return _reject(path, RejectReason.UNREADABLE, f"cannot be read: {error.strerror}")
    if not stat.S_ISREG(mode):
        # Opening a pipe or device that nobody named could wait for ever.
        return _reject(path, RejectReason.UNREADABLE, "not a regular file")
    return _source(path)


def is_passed_over(name: str) -> bool:
    """Whether a file of this name in a folder or archive is no article by convention."""
    stem = name.split(".", 1)[0].upper()
    return name.startswith((".", "_")) or stem in _SKIPPED_STEMS


def _inside(path: str, skip: frozenset[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == folder or real.startswith(folder + os.sep) for folder in skip)


def _source(path: str) -> Source:
    return Source(_uri(path), path)


def _reject(path: str, reason: RejectReason, detail: str) -> Reject:
    return Reject(_uri(path), "read", reason.value, detail)


def _uri(path: str) -> str:
    # A file name may hold bytes that are no UTF-8; they become visible escapes.
    readable = os.fsencode(path).decode("utf-8", "backslashreplace")
    return PurePath(readable).as_posix()


def _name(entry: Source | Reject) -> str:
    return entry.source_uri if isinstance(entry, Reject) else entry.uri


def _identity(entry: Source | Reject) -> str:
    if isinstance(entry, Reject):
        return f"reject {entry.source_uri}"
    return entry.path if entry.path == STANDARD_INPUT else os.path.realpath(entry.path)
