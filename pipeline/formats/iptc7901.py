r"""IPTC 7901 and ANPA 1312: agency messages as bytes, framed by control characters.

    SOH header line CR LF
    STX slug and headline lines, text lines
    ETX date and time EOT

The header of IPTC 7901 is service and message number, priority, category, word count and free
words (`bdt0123 3 pl 245 dpa 0456`); that of ANPA adds a selector behind US and keeps its slug line
inside the text, with the category before it. Lines are wrapped; a paragraph is indented or stands
after a blank line.
"""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import characters, normalise
from pipeline.formats.metadata import field, urgency_of
from pipeline.formats.xml import malformed
from pipeline.records import ParsedItem, RawItem

_MAX_HEADER = 400
_HEADER = re.compile(
    r"(?P<service>[A-Za-z]{0,6})\s?(?P<number>\d{1,6})\s+(?P<priority>\d)\s+"
    r"(?P<category>[A-Za-z]{1,4})\b\s*(?P<words>\d{1,5})?(?P<rest>.*)",
    re.DOTALL,
)
_ANPA_HEADER = re.compile(
    r"(?P<service>[A-Za-z]{0,4})(?P<number>\d{3,6})(?:\x1f(?P<selector>[\w-]*))?"
)
# Priority, category, then (behind ^ or a control) the slug: `r i ^BC-Slug, 1st Ld<\r\n`.
_ANPA_SLUG = re.compile(
    r"\s{0,9}(?P<priority>[a-z])[ \t]+(?P<category>[a-z])[ \t\x11-\x14\x1f^]+"
    r"(?P<slug>[^\r\n<]{1,120})"
)
# What ends a message: day and time in Greenwich, month, year.
_SENT = re.compile(
    r"(?P<day>\d{2})\s?(?P<hour>\d{2})(?P<minute>\d{2})\s*(?P<zone>GMT|UTC|Z)?\s+"
    r"(?P<month>[A-Za-zéû]{3,4})\.?\s+(?P<year>\d{2}(?:\d{2})?)"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv",
            "feb fev fév",
            "mar mars mär",
            "apr avr",
            "may mai",
            "jun juin",
            "jul juil",
            "aug aou aoû août",
            "sep sept",
            "oct okt",
            "nov",
            "dec dez déc",
        ),
        start=1,
    )
    for name in names.split()
}
# ISO 6937 / T.61: an accent stands before its letter.
_ACCENTS = dict(
    zip(
        b"\xc1\xc2\xc3\xc4\xc8\xca\xcb\xcd\xce\xcf",
        "\u0300\u0301\u0302\u0303\u0308\u030a\u0327\u030b\u0328\u030c",
        strict=True,
    )
)
_FLOATING = re.compile(rb"[\xc1-\xc4\xc8\xca\xcb\xcd-\xcf][A-Za-z]")
_LETTERS = frozenset("àâäáãåæçèéêëìíîïñòóôöõøùúûüÿœßÀÂÄÉÈÊËÎÏÔÖÙÛÜÇÑ«»°§£")
_CODE_PAGES = ("cp850", "cp437", "mac_roman")


def split_messages(raw: RawItem) -> Iterator[RawItem]:
    """The messages of a file, named `uri#2` by place where there are several."""
    parts = [
        part for part in raw.payload.split(b"\x01")[1:] if part.strip(b"\0\r\n\t \x16\x7f\x04")
    ]
    if len(parts) < 2:
        yield raw
        return
    for number, part in enumerate(parts, start=1):
        yield RawItem(f"{raw.source_uri}#{number}", b"\x01" + part, raw.kind)


def parse_iptc7901(raw: RawItem) -> ParsedItem:
    """Reads one message.

    Raises:
        RejectError: `malformed` where the frame is incomplete, `undecodable`, `no_text`.
    """
    text = _decode(raw.payload)
    start = text.find("\x01") + 1
    opening = text.find("\x02", start)
    if not start or not 0 <= opening - start <= _MAX_HEADER:
        raise malformed("the message has no header and start of text (SOH, STX)")
    closing = text.find("\x03", opening)
    if closing < 0:
        raise malformed("the message is cut short: it has no end of text (ETX)")
    header, content = text[start:opening].strip(), text[opening + 1 : closing]
    known = _HEADER.match(header)
    anpa = None if known else _ANPA_HEADER.match(header)
    slugged = _ANPA_SLUG.match(content)
    slug = ""
    if slugged and known is None:
        slug = slugged["slug"]
        content = content[slugged.end() :]
        content = content.removeprefix("<")
    lines = [_clean(line) for line in content.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    named, headline, body = _titles(lines)
    found = known or anpa
    if not normalise("\n".join(body)).strip():
        raise RejectError(RejectReason.NO_TEXT, "the message has no text")
    return ParsedItem(
        source_uri=raw.source_uri,
        text=_paragraphs(body),
        headline=headline,
        number=field(found["service"] + found["number"]) if found else "",
        slug=field(slug) or named,
        urgency=urgency_of(known["priority"]) if known else None,
        subjects=(known["category"].lower(),) if known else (),
        date=_sent(text[closing + 1 : closing + 200]),
    )


def _clean(line: str) -> str:
    """A line without controls; the typographic ones (DC1 to DC4, US) are blanks."""
    return re.sub("[\x10-\x1f\x7f]", " ", line).rstrip()


def _titles(lines: list[str]) -> tuple[str, str, list[str]]:
    """Slug, headline and text: a headline ends in `=`, a slug has no blank but `/` or `-`."""
    filled = [index for index, line in enumerate(lines) if line.strip()][:6]
    slug = headline = ""
    after = 0
    marked = next((i for i in filled if lines[i].rstrip().endswith("=")), None)
    if filled:
        first = lines[filled[0]].strip()
        if " " not in first and ("/" in first.strip("/") or "-" in first or first.endswith("/")):
            slug, after = field(first.strip("/=")), filled[0] + 1
    if marked is not None and marked >= after:
        title = [lines[i].strip() for i in filled if after <= i <= marked]
        headline = field(" ".join(title).rstrip("= "))
        after = marked + 1
    return slug, headline, lines[after:]


def _paragraphs(lines: list[str]) -> str:
    """Lines with a blank one before each that is indented."""
    out: list[str] = []
    for line in lines:
        if line[:2] in ("  ", " \t") or line[:1] == "\t":
            out.append("")
        out.append(line.strip())
    return normalise("\n".join(out)).strip("\n")


def _sent(trailer: str) -> str:
    match = _SENT.search(trailer)
    month = _MONTHS.get(match["month"].lower()) if match else None
    if match is None or month is None:
        return ""
    year = int(match["year"])
    if year < 100:  # the formats are of 1979 and 1989
        year += 1900 if year >= 70 else 2000
    zone = "Z" if match["zone"] else ""
    return f"{year:04}-{month:02}-{match['day']}T{match['hour']}:{match['minute']}:00{zone}"


def _decode(payload: bytes) -> str:
    """Decodes a message; wires use code pages that files elsewhere no longer do."""
    high = [byte for byte in payload if byte >= 0x80]
    if not high:
        return payload.decode("ascii")
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    floating = len(_FLOATING.findall(payload))
    if floating >= 2 and floating >= 0.8 * len(high):
        return _from_iso6937(payload)
    try:
        return characters(payload)
    except RejectError:
        for name in _CODE_PAGES:
            decoded = bytes(high).decode(name, "replace")
            if sum(letter in _LETTERS for letter in decoded) >= 0.9 * len(decoded):
                return payload.decode(name)
        raise


def _from_iso6937(payload: bytes) -> str:
    out: list[str] = []
    accent = ""
    for byte in payload:
        if byte in _ACCENTS:
            accent = _ACCENTS[byte]
            continue
        out.append(bytes((byte,)).decode("latin-1") + accent)
        accent = ""
    return unicodedata.normalize("NFC", "".join(out))
