"""What a file holds, told from its first bytes, then from its name."""

import json
import re
from enum import StrEnum

from pipeline.formats.feed_sniff import is_feed
from pipeline.formats.html_sniff import is_page

HEAD_BYTES = 65_536
"""How much of a file is looked at before its kind is decided."""


class Kind(StrEnum):
    """How a file is to be read."""

    EMPTY = "empty"
    BINARY = "binary"
    GZIP = "gzip"
    TEXT = "text"
    JSON = "json"
    JSON_ARRAY = "json_array"
    JSON_LINES = "json_lines"
    XML = "xml"
    IPTC7901 = "iptc7901"
    FEED = "feed"
    HTML = "html"
    ZIP = "zip"
    TAR = "tar"
    WARC = "warc"


_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"BZh", "a bzip2 file"),
    (0, b"\xfd7zXZ\0", "an xz file"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\0", "a program"),
    (0, b"\0asm", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"Obj\x01", "an Avro file"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"ARROW1\0", "an Arrow file"),
    (0, b"ID3", "an audio file"),
    (0, b"OggS\0", "an audio file"),
    (0, b"fLaC", "an audio file"),
    (4, b"ftyp", "a video file"),
    (0, b"\x1aE\xdf\xa3", "a video file"),
)

_CONTAINERS: tuple[tuple[Kind, int, tuple[bytes, ...]], ...] = (
    (Kind.ZIP, 0, (b"PK\x03\x04", b"PK\x05\x06")),
    (Kind.TAR, 257, (b"ustar",)),
    # An ARC file opens with a record about itself.
    (Kind.WARC, 0, (b"WARC/0.", b"WARC/1.", b"WARC/2.", b"filedesc://")),
)

# C0 controls that no text uses, and DEL. Left out: tab, line breaks, form feed, backspace, escape,
# and SOH, STX, ETX, EOT, which frame items in agency wires.
_CONTROLS = bytes(sorted((set(range(32)) | {127}) - {1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 26, 27}))
_LINES_NAME = re.compile(r"\.(jsonl|ndjson|jsonlines)(\.gz)?$", re.IGNORECASE)
_XML_NAME = re.compile(r"\.xml(\.gz)?$", re.IGNORECASE)
_JSON_NAME = re.compile(r"\.json(\.gz)?$", re.IGNORECASE)
_OPENS_OBJECT = re.compile(rb'\{\s*(?:"|\}|$)')
_OPENS_ARRAY = re.compile(rb"\[\s*(?:\{|\]|$)")


# Root elements, without prefix and case, of the XML that is read as such; see `xml_root`.
_XML_ROOTS: dict[bytes, Kind] = {
    **dict.fromkeys(
        (
            b"newsmessage newsitem packageitem conceptitem knowledgeitem planningitem catalogitem"
            b" newsml nitf"
        ).split(),
        Kind.XML,
    ),
}
_ELEMENT_NAME = re.compile(rb"(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_BLANKS = re.compile(rb"\s*")
# Start of header, then start of text: the frame of IPTC 7901 and ANPA messages.
_WIRE_FRAME = re.compile(rb"[\s\0\x16\x7f]{0,200}\x01[\s\x11-\x14\x1f -\xff]{4,400}\x02")


def utf16(head: bytes) -> str:
    """Names the Unicode encoding of wide characters, or says that there is none.

    Without a byte order mark it takes text whose every second byte is nearly always NUL, as that of
    Latin letters is.

    Returns:
        A codec name (`utf-16-le`, `utf-16-be`, `utf-32-le`, `utf-32-be`), or an empty string. A
        byte order mark, where there is one, is still part of what that codec decodes.
    """
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32-le" if head[0] else "utf-32-be"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if head[0] == 0xFF else "utf-16-be"
    if len(head) < 4 or b"\0" not in head:
        return ""
    sample = head[: len(head) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def xml_root(head: bytes) -> bytes:
    """Names the root element, in lower case and without its prefix; empty if there is none.

    What may stand before it (declaration, comments, document type) is passed over.
    """
    position = len(head) - len(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    while head.startswith((b"<?", b"<!"), position) or head[position : position + 1].isspace():
        if head.startswith(b"<!--", position):
            end = head.find(b"-->", position + 4) + 3
        elif head.startswith(b"<?", position):
            end = head.find(b"?>", position + 2) + 2
        elif head.startswith(b"<!", position):
            close, subset = head.find(b">", position), head.find(b"[", position)
            if 0 <= subset < close:
                close = head.find(b">", head.find(b"]", subset))
            end = close + 1
        else:
            end = _BLANKS.match(head, position).end()  # type: ignore[union-attr]
        if end <= position:
            return b""
        position = end
    if head[position : position + 1] != b"<":
        return b""
    name = _ELEMENT_NAME.match(head, position + 1)
    return name[1].lower() if name else b""


def binary(head: bytes) -> str:
    """Says in words what binary content this is; empty if it can be text.

    Random bytes are one tenth controls; text that went through bad hands holds a few.
    """
    for offset, magic, name in _MAGIC:
        if head.startswith(magic, offset):
            return name
    if utf16(head):
        return ""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "binary data" if controls > max(2, 0.02 * len(head)) else ""


def sniff(head: bytes, name: str) -> Kind:
    """Tells the kind of a file whose wide characters were already made UTF-8.

    Args:
        head: Its first `HEAD_BYTES`, or all of it if it is shorter.
        name: Its name, which decides where the content leaves a choice.
    """
    if head.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    for container, offset, magics in _CONTAINERS:
        if head.startswith(magics, offset):
            return container
    if _WIRE_FRAME.match(head):
        return Kind.IPTC7901
    if binary(head):
        return Kind.BINARY
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return Kind.EMPTY if len(head) < HEAD_BYTES else Kind.TEXT
    root = xml_root(start) if start[:1] == b"<" else b""
    if root and (kind := _XML_ROOTS.get(root)):
        return kind
    if _LINES_NAME.search(name):
        return Kind.JSON_LINES
    if is_feed(start, root):
        return Kind.FEED
    if is_page(start, root, name):
        return Kind.HTML
    if _OPENS_ARRAY.match(start) or (start[:1] == b"[" and _JSON_NAME.search(name)):
        return Kind.JSON_ARRAY
    if _OPENS_OBJECT.match(start):
        return _object_or_lines(start, len(head) < HEAD_BYTES, name)
    if root and (start.startswith(b"<?xml") or _XML_NAME.search(name)):
        return Kind.XML
    return Kind.JSON if _JSON_NAME.search(name) else Kind.TEXT


def _object_or_lines(start: bytes, whole: bool, name: str) -> Kind:
    line, newline, rest = start.partition(b"\n")
    if not newline:
        # One line: all of a small file, or more than the head of a large one.
        return Kind.JSON if whole or _JSON_NAME.search(name) else Kind.JSON_LINES
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return Kind.JSON
    return Kind.JSON_LINES if rest.strip() or not whole else Kind.JSON
