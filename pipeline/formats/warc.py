"""Web archives: WARC and ARC.

warcio reads the records of an unpacked stream, damaged ones too; what it would unpack by itself,
and without limits (content encodings), is unpacked here. See docs/decisions/0028.
"""

import io
import logging
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast
from urllib.parse import urlsplit

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from pipeline.errors import RejectReason
from pipeline.formats.archives import Member
from pipeline.formats.streams import Budget, Metered
from pipeline.records import Reject

# What it says about odd addresses is of no use to a reader of the terminal.
logging.getLogger("warcio").setLevel(logging.ERROR)

_MAX_LINE = 65_536
_MAX_HEADERS = 2_000_000
"""Bytes of the header lines (and chunk lengths) of one record."""
_SCHEMES = frozenset({"http", "https", "ftp", "file"})
_TEXT_TYPES = frozenset(
    "text/html application/xhtml+xml text/plain text/xml application/xml application/json"
    " text/json application/rss+xml application/atom+xml application/rdf+xml application/feed+json"
    " application/ld+json application/x-ndjson application/jsonl".split()
)


class _Lines(BufferedReader):  # type: ignore[misc]
    """A reader whose lines have a longest length, so that no header fills the memory."""

    spent = 0

    def readline(self, length: int | None = None) -> bytes:
        line = cast(bytes, super().readline(min(length or _MAX_LINE, _MAX_LINE)))
        self.spent += len(line)
        if len(line) == _MAX_LINE or self.spent > _MAX_HEADERS:
            raise ArchiveLoadFailed("a header is longer than headers are")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """Records of an unpacked stream; it counts damage (`err_count`) and prints nothing."""

    INC_RECORD = ""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream, arc2warc=True)
        self.reader = _Lines(self.fh)


def warc_members(uri: str, stream: BinaryIO, budget: Budget, cap: int) -> Iterator[Member | Reject]:
    """The documents in a web archive.

    Those are the `response` records with status 200, `resource` and `conversion` records, if their
    content is HTML, XML, JSON or plain text, or if their type is not said. All other records
    (requests, metadata, revisits, redirects, errors, pictures, styles, scripts) are no documents
    and are passed over; they count as nothing. Documents are named `file.warc.gz!target address`.

    Args:
        uri: The archive's name.
        stream: Its bytes, unpacked.
        budget: What may be read.
        cap: Bytes of one document that are handed out at most, and one more.

    Yields:
        Documents; rejects for those that are cut short, and for the archive if it is damaged or
        holds no document.
    """
    records = _Records(stream)
    found = skipped = damaged = 0
    try:
        for record in records:
            records.reader.spent = 0
            if records.err_count > damaged:
                damaged = records.err_count
                yield _reject(uri, "a record has a wrong length; what follows it may be lost")
            if not _is_document(record):
                skipped += 1
                continue
            found += 1
            yield _document(uri, record, budget, cap)
            records.reader.spent = 0
    except Exception as error:  # warcio lets through whatever a damaged record makes it raise
        yield _reject(uri, f"the archive is damaged: {' '.join(str(error).split())[:200]}")
        return
    if records.err_count > damaged:
        yield _reject(uri, "the last record has a wrong length")
    if not found:
        detail = f"none of the {skipped} records in the archive is a document"
        yield Reject(uri, "read", RejectReason.EMPTY.value, detail)


def _is_document(record: ArcWarcRecord) -> bool:
    if record.rec_type == "response":
        if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
            return False
    elif record.rec_type not in ("resource", "conversion"):
        return False
    target = record.rec_headers.get_header("WARC-Target-URI") or ""
    parts = target.split("://", 1)
    if len(parts) < 2 or parts[0].strip("<").lower() not in _SCHEMES:
        return False
    media = _content_type(record).split(";", 1)[0].strip().lower()
    return (not media or media in _TEXT_TYPES) and not _path(target).endswith("/robots.txt")


def _path(target: str) -> str:
    try:
        return urlsplit(target).path
    except ValueError:
        return ""


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return headers.get_header("Content-Type") or ""


def _document(uri: str, record: ArcWarcRecord, budget: Budget, cap: int) -> Member | Reject:
    target = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    inside = f"{uri}!{target}"
    http = record.http_headers
    chunked = "chunked" in (http.get_header("Transfer-Encoding") or "").lower() if http else False
    raw = record.raw_stream
    body = cast(bytes, (ChunkedDataReader(raw) if chunked else raw).read(cap + 1))
    declared = (http.get_header("Content-Length") or "") if http else ""
    whole = declared.isdecimal() and len(declared) < 12 and len(body) >= int(declared)
    if len(body) <= cap and not whole:
        rest = raw.limit
        while rest and raw.read(65_536):
            rest = raw.limit
        if rest and not chunked:
            detail = f"the record is cut short: {rest} bytes of it are missing"
            return Reject(inside, "read", RejectReason.MALFORMED.value, detail, body)
    packed = len(body)
    try:
        body = _decoded(body, http.get_header("Content-Encoding") or "" if http else "", cap + 1)
    except (zlib.error, brotli.error) as error:
        detail = f"its content encoding is damaged: {error}"
        return Reject(inside, "read", RejectReason.MALFORMED.value, detail, body)
    url = target if target.lower().startswith(("http://", "https://")) else ""
    served = Metered(cast(BinaryIO, io.BytesIO(body)), budget, packed=packed)
    return Member(inside, served, url, _content_type(record))


def _decoded(body: bytes, encoding: str, most: int) -> bytes:
    """Takes off at most two content encodings; a body that is not packed, as it says, stays."""
    for name in [part.strip().lower() for part in encoding.split(",")][::-1][:2]:
        if name in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            body = _inflated(body, 31, most)
        elif name == "deflate":
            # Servers mean it with and without the wrapping of zlib.
            wrapped = body[:1] == b"\x78" and int.from_bytes(body[:2], "big") % 31 == 0
            body = _inflated(body, 15 if wrapped else -15, most)
        elif name == "br":
            body = brotli.Decompressor().process(body, output_buffer_limit=most)
    return body


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=bits)
    result = unpacker.decompress(body, most)
    if not unpacker.eof and len(result) < most:
        raise zlib.error("it is cut short")
    return result


def _reject(uri: str, detail: str) -> Reject:
    return Reject(uri, "read", RejectReason.MALFORMED.value, detail)
