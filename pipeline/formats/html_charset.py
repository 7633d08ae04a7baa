"""From the bytes of a page to its characters."""

import codecs
import re

from pipeline.errors import RejectError
from pipeline.formats.decoding import characters
from pipeline.formats.sniff import utf16

_HEAD_BYTES = 8_192
_META = re.compile(
    rb"<(?:meta\b|\?xml\b)[^<>]{0,500}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)
# What browsers read under a name (WHATWG Encoding Standard), where it is not what the name says.
_READ_AS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
}
# Encodings that write other letters with the bytes of ASCII, so that all is valid UTF-8.
_SEVEN_BIT = frozenset({"iso2022_jp", "hz"})
# Decoders of Python that are no encodings of pages.
_NO_CHARSET = re.compile(r"utf.?(?:7|16|32)|idna|punycode|raw|unicode.?esc|undefined|mbcs|oem")


def page_text(payload: bytes, content_type: str = "") -> str:
    """Decodes a page.

    In this order: the byte order mark; UTF-8 if the bytes are valid UTF-8, whatever is declared,
    as servers often declare their default and text in another encoding is hardly ever valid UTF-8;
    the charset of the HTTP header; the one that the page declares in its head; else what the bytes
    look like (`pipeline.formats.decoding.characters`). A declared encoding in which not all bytes
    have a meaning is passed over.

    Args:
        payload: The page.
        content_type: The HTTP header of that name; empty if unknown.

    Raises:
        RejectError: `undecodable`.
    """
    if utf16(payload[:65_536]):
        return characters(payload)
    declared = [codec for codec in map(_codec, _labels(payload, content_type)) if codec]
    if not (declared and declared[0] in _SEVEN_BIT):
        try:
            return payload.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    for codec in declared:
        try:
            return payload.decode(codec)
        except UnicodeError:
            continue
    try:
        return characters(payload)
    except RejectError:
        # One wrong byte in a long page is no reason to lose it: a declaration is worth more.
        for codec in declared:
            text = payload.decode(codec, "replace")
            if text.count("\ufffd") * 100 <= len(text):
                return text
        raise


def _labels(payload: bytes, content_type: str) -> list[str]:
    header = _PARAMETER.search(content_type[:500])
    meta = _META.search(payload, 0, _HEAD_BYTES)
    found = [header[1] if header else "", meta[1].decode("ascii", "ignore") if meta else ""]
    return [label.strip().lower() for label in found if label]


def _codec(label: str) -> str:
    """Python's name of an encoding; empty if it has none, or if the page cannot be in it."""
    name = _READ_AS.get(label, label)
    if _NO_CHARSET.match(name):
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # `base64`, `zlib` and the like are codecs, but no encodings of text.
    return info.name if getattr(info, "_is_text_encoding", True) else ""
