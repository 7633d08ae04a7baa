"""Mends what keeps a feed from being XML: encoding, entities, ampersands, control characters."""

import codecs
import html
import re

from pipeline.errors import RejectError
from pipeline.formats.decoding import characters

_DECLARATION = re.compile(
    rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["'][^>]*>"""
)
_XML_DECLARATION = re.compile(r"<\?xml[^>]*>")
# Up to its end, or up to the end of its internal subset.
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(["'])([^"'<>&%]{0,1000})\2\s*>""")
_AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z_][\w.-]{0,60});)?")
_UNQUOTED_TAG = re.compile(r"""<[A-Za-z][^<>"'=]{0,200}=[^<>"']{0,200}>""")
_UNQUOTED = re.compile(r"=\s*([^\s=>]{1,100}?)(?=\s|/?>)")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|RDF)\s{0,9}>")
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\b")
_TRAILER = 65_536
_KEPT = frozenset(("amp", "lt", "gt", "quot", "apos"))


def repair(payload: bytes) -> bytes:
    """Makes a feed UTF-8 without an XML declaration or document type, and its references right.

    The encoding is the byte order mark's, else the declared one if the bytes are that, else what
    `pipeline.formats.decoding` finds. HTML's named entities, and plain texts that the document type
    defines, become characters; other ampersands become `&amp;`; attributes get their quotation
    marks. CDATA sections stay as they are.

    Raises:
        RejectError: `undecodable`.
    """
    text = _NOT_XML.sub("", _decode(payload)).lstrip()
    text = _XML_DECLARATION.sub("", text, count=1).lstrip()
    head, rest = text[:16_384], text[16_384:]
    defined: dict[str, str] = {}
    doctype = _DOCTYPE.search(head)
    if doctype:
        defined = {m[1]: m[3] for m in _ENTITY.finditer(doctype[0])}
        head = head[: doctype.start()] + head[doctype.end() :]
    pieces = _references(head + rest, defined)
    return _without_trailer("".join(pieces)).encode("utf-8")


def _without_trailer(text: str) -> str:
    """Leaves out what follows the end of the feed (a server's notice), if it holds no entries."""
    ends = list(_END.finditer(text, max(0, len(text) - _TRAILER)))
    if len(ends) != 1 or _ENTRY.search(text, ends[0].end()):
        return text
    return text[: ends[0].end()]


def _decode(payload: bytes) -> str:
    declared = _DECLARATION.match(payload[:1_000])
    if declared and not payload.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)):
        try:
            encoding = codecs.lookup(declared[1].decode("ascii"))
            # utf-16 here means: it was once; what says so in ASCII letters is not.
            if not encoding.name.startswith(("utf-16", "utf-32")):
                return encoding.decode(payload, "strict")[0]
        except (LookupError, ValueError, TypeError, AttributeError):
            pass
    try:
        return characters(payload)
    except RejectError:
        if declared is None:
            raise
        return payload.decode("utf-8", "replace")


def _references(text: str, defined: dict[str, str]) -> list[str]:
    """The pieces of the text, with references outside CDATA sections made right."""

    def replaced(match: re.Match[str]) -> str:
        name = match[1]
        if not name:
            return "&amp;"
        if name in _KEPT:
            return match[0]
        if name[0] == "#":
            character = html.unescape(match[0])
            nothing = character == "\ufffd" or _NOT_XML.match(character)
            return "" if nothing else html.escape(character)
        if name in defined:
            return defined[name]
        character = html.unescape(match[0])
        return f"&amp;{name};" if character == match[0] else html.escape(character)

    def mended(markup: str) -> str:
        quoted = _UNQUOTED_TAG.sub(lambda tag: _UNQUOTED.sub(r'="\1"', tag[0]), markup)
        return _AMPERSAND.sub(replaced, quoted)

    pieces: list[str] = []
    position = 0
    while position < len(text):
        start = text.find("<![CDATA[", position)
        end = text.find("]]>", start) if start >= 0 else -1
        if start < 0 or end < 0:
            pieces.append(mended(text[position:]))
            break
        pieces.append(mended(text[position:start]))
        pieces.append(text[start : end + 3])
        position = end + 3
    return pieces
