"""Input on file systems that Beam knows beside the local one (gs://, s3://, hdfs://).

A worker of an engine that runs on many machines sees no folder of the caller's; it opens the same
objects as every other worker.
"""

import posixpath
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from apache_beam.io.filesystem import BeamIOError, CompressionTypes, FileMetadata
from apache_beam.io.filesystems import FileSystems

from pipeline.config import ReadConfig
from pipeline.errors import InputError, RejectReason
from pipeline.formats.feed_list import is_address
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source, is_passed_over
from pipeline.records import RawItem, Reject

_MAGIC = frozenset("*?[")
_EXTRAS = {"gs": "gcp", "s3": "aws", "azfs": "azure"}
"""What reads a scheme that Beam does not know by itself."""


def is_remote(given: str) -> bool:
    """Tells whether an input lies on another file system: a scheme that is not fetched."""
    return "://" in given and not is_address(given)


def expand_remote(inputs: Sequence[str], exclude: Sequence[str] = ()) -> list[Source | Reject]:
    """Lists the objects behind remote files, folders and patterns.

    What is passed over in a folder is what `pipeline.formats.sources.expand` passes over.

    Args:
        inputs: Paths or patterns (`**` crosses folders), each with its scheme.
        exclude: Folders that are not entered, such as an output folder inside the input.

    Returns:
        Sorted by uri, each object once. A reject stands for a folder without a readable file.

    Raises:
        InputError: Nothing is there, or what is needed to read that file system is not installed.
    """
    found: dict[str, Source | Reject] = {}
    for given in inputs:
        for entry in _expand_one(given, [f"{path.rstrip('/')}/" for path in exclude]):
            found[entry.source_uri if isinstance(entry, Reject) else entry.uri] = entry
    return [found[uri] for uri in sorted(found)]


def _expand_one(given: str, exclude: Sequence[str]) -> Iterator[Source | Reject]:
    if not _MAGIC.isdisjoint(given):
        paths = _match(given, given)
        if not paths:
            raise InputError(f"{given}: no file matches this pattern")
        yield from _kept(paths, "", exclude)
        return
    top = given.rstrip("/") + "/"
    paths = _match(top + "**", given)
    if not paths:
        if given not in _match(given, given):
            raise InputError(f"{given}: no such file or folder")
        yield Source(given, given)
        return
    kept = list(_kept(paths, top, exclude))
    yield from kept
    if not kept:
        detail = "no article files in this folder"
        yield Reject(given, "read", RejectReason.NO_READABLE_FILES.value, detail)


def _kept(paths: Sequence[str], top: str, exclude: Sequence[str]) -> Iterator[Source]:
    for path in paths:
        inside = path.removeprefix(top).split("/") if top else [posixpath.basename(path)]
        hidden = any(part.startswith((".", "_")) for part in inside[:-1])
        if not (hidden or is_passed_over(inside[-1]) or path.startswith(tuple(exclude))):
            yield Source(path, path)


def _match(pattern: str, given: str) -> list[str]:
    """The objects that a pattern names, without the empty ones that stand for folders."""
    try:
        (result,) = FileSystems.match([pattern])
    except (ValueError, ImportError) as error:  # Beam has no file system for the scheme
        scheme = given.split("://", 1)[0]
        extra = _EXTRAS.get(scheme)
        cure = f"; pip install 'wirecopy[{extra}]'" if extra else ""
        raise InputError(f"{given}: files at {scheme}:// cannot be read here{cure}") from error
    except BeamIOError as error:
        raise InputError(f"{given}: cannot be listed: {error}") from error
    found: Sequence[FileMetadata] = result.metadata_list
    return [each.path for each in found if not each.path.endswith("/")]


def read_remote(source: Source, config: ReadConfig) -> Iterator[RawItem | Reject]:
    """Reads one remote source item by item, as `pipeline.formats.read.read_items` does."""
    try:
        # The bytes as they are: what packed them is told from them, not from the name.
        opened = FileSystems.open(source.path, compression_type=CompressionTypes.UNCOMPRESSED)
        with opened as stream:
            yield from read_items(source, config, cast(BinaryIO, stream))
    except OSError as error:
        reason = RejectReason.UNREADABLE.value
        yield Reject(source.uri, "read", reason, f"cannot be read: {error.strerror or error}")
