"""Opens one source and hands out its items, whatever container they lie in."""

import io
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple, cast

from pipeline.config import ReadConfig
from pipeline.errors import RejectReason
from pipeline.formats import sniff
from pipeline.formats.archives import Member, tar_members, zip_members
from pipeline.formats.feed_items import split_feed
from pipeline.formats.iptc7901 import split_messages
from pipeline.formats.json_array import ArraySplitter
from pipeline.formats.sniff import Kind
from pipeline.formats.sources import STANDARD_INPUT, Source
from pipeline.formats.streams import OVERSPENT, TOO_DENSE, Budget, Gunzip, Metered, PutBack, ToUtf8
from pipeline.formats.warc import warc_members
from pipeline.formats.wire import split_xml
from pipeline.records import RawItem, Reject

_MAX_DEPTH = 4
"""How many layers of packing and archives a source may have."""
_DRAIN = 1_048_576
_FILE_ITEMS = 4
"""A file of several items that is read whole may be so many times as large as one item."""
_SPLITTERS: dict[str, Callable[[RawItem], Iterator[RawItem]]] = {
    Kind.XML: split_xml,
    Kind.IPTC7901: split_messages,
    Kind.FEED: split_feed,
}
_ARCHIVES = frozenset({Kind.ZIP, Kind.TAR, Kind.WARC})


class _Container(NamedTuple):
    """An open source whose kind is known.

    Attributes:
        uri: Its name.
        stream: Its bytes: unpacked, and UTF-8 where it was UTF-16 or UTF-32.
        unpackers: What unpacks it, which says afterwards whether the file was whole.
        url: Its address, where the archive that it lies in says so.
        content_type: What a server said it is.
    """

    uri: str
    stream: BinaryIO
    unpackers: tuple[Gunzip | Metered, ...]
    url: str = ""
    content_type: str = ""

    @property
    def failure(self) -> str:
        return next((layer.failure for layer in self.unpackers if layer.failure), "")


def read_items(
    source: Source, config: ReadConfig, stream: BinaryIO | None = None
) -> Iterator[RawItem | Reject]:
    """Reads one source item by item, in bounded memory.

    Files with one item (plain text, one JSON object) give that item; JSON lines and JSON arrays
    give one item an entry, named `path#L12` (line) or `path#12` (place in the array), from 1. All
    of these may be packed with gzip and may be UTF-16 or UTF-32; the payload is then the unpacked
    UTF-8. An item that is incomplete because its file is damaged is part of the reject that says
    so, never an item.

    Archives (zip, tar, WARC, ARC) are read file by file, each named `archive!path inside`, and
    what lies in those again, four layers deep. What a source unpacks to is limited for all its
    layers and members together.

    Args:
        source: From `pipeline.formats.sources.expand`.
        config: The caps.
        stream: An open binary stream to read instead of opening `source.path`; without one, `-`
            is standard input.

    Yields:
        Items and rejects, in the order of the file; at least one of them.
    """
    budget = Budget(config.max_unpacked_bytes, config.max_members, config.max_ratio)
    try:
        if stream is not None:
            yield from _read_stream(_Container(source.uri, stream, ()), config, budget, 0)
        elif source.path == STANDARD_INPUT:
            container = _Container(source.uri, sys.stdin.buffer, ())
            yield from _read_stream(container, config, budget, 0)
        else:
            with open(source.path, "rb") as file:
                yield from _read_stream(_Container(source.uri, file, ()), config, budget, 0)
    except OSError as error:
        detail = f"cannot be read: {error.strerror or error}"
        yield _reject(source.uri, RejectReason.UNREADABLE, detail)


def _read_stream(
    container: _Container, config: ReadConfig, budget: Budget, depth: int
) -> Iterator[RawItem | Reject]:
    uri, stream = container.uri, container.stream
    unpackers = list(container.unpackers)
    while True:
        head, stream = _peek(stream)
        kind = sniff.sniff(head, container.url or uri)
        if kind is not Kind.GZIP:
            break
        depth += 1
        if depth > _MAX_DEPTH:
            yield _reject(uri, RejectReason.MALFORMED, "packed inside packed, too often")
            return
        unpackers.append(Gunzip(stream, budget))
        stream = cast(BinaryIO, io.BufferedReader(unpackers[-1]))
    encoding = sniff.utf16(head) if kind not in _ARCHIVES else ""
    if encoding:
        stream = cast(BinaryIO, io.BufferedReader(ToUtf8(stream, encoding)))
        head, stream = _peek(stream)
        kind = sniff.sniff(head, container.url or uri)
    container = container._replace(stream=stream, unpackers=tuple(unpackers))
    if kind is Kind.BINARY:
        detail = f"this is {sniff.binary(head)}, not text"
        yield _reject(uri, RejectReason.BINARY, detail, head[: config.max_reject_payload])
    elif kind in _ARCHIVES:
        yield from _read_archive(container, kind, config, budget, depth + 1)
    elif kind is Kind.JSON_LINES:
        yield from _read_lines(container, config)
    elif kind is Kind.JSON_ARRAY:
        yield from _read_array(container, config)
    elif kind in _SPLITTERS:
        for item in _read_whole(container, kind.value, config, several=True):
            yield from (item,) if isinstance(item, Reject) else _split(item, config)
    else:
        known = kind in (Kind.JSON, Kind.HTML)
        yield from _read_whole(container, kind.value if known else "text", config)


def _read_archive(
    container: _Container, kind: Kind, config: ReadConfig, budget: Budget, depth: int
) -> Iterator[RawItem | Reject]:
    uri, stream = container.uri, container.stream
    if depth > _MAX_DEPTH:
        yield _reject(uri, RejectReason.MALFORMED, "archives inside archives, too often")
        return
    members: Iterator[Member | Reject]
    if kind is Kind.WARC:
        members = warc_members(uri, stream, budget, config.max_item_bytes)
    else:
        members = (zip_members if kind is Kind.ZIP else tar_members)(uri, stream, budget)
    for member in members:
        if isinstance(member, Reject):
            yield member._replace(payload=member.payload[: config.max_reject_payload])
            continue
        inner = cast(BinaryIO, io.BufferedReader(member.stream))
        opened = _Container(member.uri, inner, (member.stream,), member.url, member.content_type)
        yield from _read_stream(opened, config, budget, depth)
    if container.failure:
        yield _reject(uri, _failure_reason(container), container.failure)


def _peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Reads the head of a stream, and gives back a stream that still holds it."""
    pieces: list[bytes] = []
    size = 0
    while size < sniff.HEAD_BYTES and (piece := stream.read(sniff.HEAD_BYTES - size)):
        pieces.append(piece)
        size += len(piece)
    head = b"".join(pieces)
    if isinstance(stream, io.BufferedRandom | io.BytesIO) or _is_file(stream):
        # Archives are read from their end: what can go back does.
        stream.seek(-size, io.SEEK_CUR)
        return head, stream
    if size < sniff.HEAD_BYTES:
        return head, io.BytesIO(head)
    return head, cast(BinaryIO, io.BufferedReader(PutBack(head, stream), sniff.HEAD_BYTES))


def _is_file(stream: BinaryIO) -> bool:
    return isinstance(stream, io.BufferedReader) and stream.seekable()


def _split(item: RawItem, config: ReadConfig) -> Iterator[RawItem | Reject]:
    """The items of a file that may hold several."""
    for part in _SPLITTERS[item.kind](item):
        if len(part.payload) > config.max_item_bytes:
            yield _too_large(part.source_uri, part.payload[: config.max_reject_payload], config)
        else:
            yield part


def _read_whole(
    container: _Container, kind: str, config: ReadConfig, several: bool = False
) -> Iterator[RawItem | Reject]:
    cap = config.max_item_bytes * (_FILE_ITEMS if several else 1)
    payload = container.stream.read(cap + 1)
    kept = payload[: config.max_reject_payload]
    if container.failure:
        yield _reject(container.uri, _failure_reason(container), container.failure, kept)
    elif len(payload) > cap:
        yield _too_large(container.uri, kept, config)
    elif not payload.removeprefix(b"\xef\xbb\xbf").strip():
        yield _reject(container.uri, RejectReason.EMPTY, "the file is empty", kept)
    else:
        url, content_type = container.url, container.content_type
        yield RawItem(container.uri, payload, kind, url, content_type)


def _failure_reason(container: _Container) -> RejectReason:
    too_large = container.failure in (OVERSPENT, TOO_DENSE)
    return RejectReason.TOO_LARGE if too_large else RejectReason.MALFORMED


def _read_lines(container: _Container, config: ReadConfig) -> Iterator[RawItem | Reject]:
    cap = config.max_item_bytes
    stream = container.stream
    number = found = 0
    while line := stream.readline(cap + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        whole = line.endswith(b"\n")
        uri = f"{container.uri}#L{number}"
        if not whole and len(line) > cap:
            found += 1
            while (rest := stream.readline(_DRAIN)) and not rest.endswith(b"\n"):
                pass
            yield _too_large(uri, line[: config.max_reject_payload], config)
        elif not whole and container.failure:
            found += 1
            kept = line[: config.max_reject_payload]
            yield _reject(uri, _failure_reason(container), container.failure, kept)
            return
        elif payload := line.strip():
            found += 1
            yield RawItem(uri, payload, "json")
    if container.failure:
        yield _reject(container.uri, _failure_reason(container), container.failure)
    elif not found:
        yield _reject(container.uri, RejectReason.EMPTY, "the file holds blank lines only")


def _read_array(container: _Container, config: ReadConfig) -> Iterator[RawItem | Reject]:
    elements = ArraySplitter(container.stream, config.max_item_bytes)
    number = 0
    for number, element in enumerate(elements, start=1):
        uri = f"{container.uri}#{number}"
        if element.too_large:
            yield _too_large(uri, element.payload[: config.max_reject_payload], config)
        else:
            yield RawItem(uri, element.payload, "json")
    if not elements.complete:
        detail = container.failure or "the JSON array is not closed"
        kept = elements.rest[: config.max_reject_payload]
        yield _reject(container.uri, RejectReason.MALFORMED, detail, kept)
    elif trailing := container.stream.read(_DRAIN).strip():
        detail = container.failure or "text follows the JSON array; it was left out"
        kept = trailing[: config.max_reject_payload]
        yield _reject(container.uri, RejectReason.MALFORMED, detail, kept)
    elif not number:
        yield _reject(container.uri, RejectReason.EMPTY, "the JSON array is empty")


def _too_large(uri: str, payload: bytes, config: ReadConfig) -> Reject:
    detail = f"larger than {config.max_item_bytes} bytes (read.max_item_bytes)"
    return _reject(uri, RejectReason.TOO_LARGE, detail, payload)


def _reject(uri: str, reason: RejectReason, detail: str, payload: bytes = b"") -> Reject:
    return Reject(uri, "read", reason.value, detail, payload)
