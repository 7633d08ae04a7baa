"""Text without its tags, with the way back to where each character stood."""

import bisect
import html
import re
from typing import NamedTuple


class Run(NamedTuple):
    """`length` characters that stand one for one at `start` here and at `raw` in the raw text."""

    start: int
    raw: int
    length: int


class View(NamedTuple):
    """A text derived from a raw one.

    Attributes:
        text: Block tags became line breaks, entities the characters they stand for.
        runs: Where it comes from, in order; characters outside every run were added.
        markup: What was taken out of the raw text: (start, end) there.
    """

    text: str
    runs: tuple[Run, ...]
    markup: tuple[tuple[int, int], ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of raw text that `text[start:end]` comes from."""
        if self.runs and len(self.runs) == 1:
            offset = self.runs[0].raw - self.runs[0].start
            return start + offset, end + offset
        first = last = -1
        index = max(0, bisect.bisect_right(self.runs, start, key=lambda run: run.start) - 1)
        while index < len(self.runs) and self.runs[index].start < end:
            run = self.runs[index]
            low, high = max(start, run.start), min(end, run.start + run.length)
            if low < high:
                if first < 0:
                    first = run.raw + low - run.start
                last = run.raw + high - run.start
            index += 1
        return (first, last) if first >= 0 else (0, 0)

    def raw_runs(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """`text[start:end]` as (start here, start in the raw text, length) pieces."""
        index = max(0, bisect.bisect_right(self.runs, start, key=lambda run: run.start) - 1)
        pieces: list[tuple[int, int, int]] = []
        while index < len(self.runs) and self.runs[index].start < end:
            run = self.runs[index]
            low, high = max(start, run.start), min(end, run.start + run.length)
            if low < high:
                pieces.append((low, run.raw + low - run.start, high - low))
            index += 1
        return pieces


# What may begin or be markup. A tag ends before the next bracket, so that no input makes it slow.
_MARKUP = re.compile(
    r"<!--"
    r"|<!\[CDATA\[|\]\]>"
    r"|<[!?]?/?[a-zA-Z][^<>]{0,4000}>"
    r"|&(?:[a-zA-Z][a-zA-Z0-9]{1,24}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|nav|aside|blockquote"
    r"|figure|figcaption|hr|pre|form|main|title|head|body|html|dd|dt|dl|option|button)\b",
    re.IGNORECASE,
)
# Tags that open or close a paragraph; the other block tags only end a line.
_PARAGRAPH = re.compile(r"</?(?:p|div|h[1-6]|section|article|blockquote|figure|table)\b", re.I)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
# Elements whose content is no text for readers.
_CLOSINGS = {"script": "</script>", "style": "</style>"}
_KNOWN_TAGS = frozenset(
    "a abbr address article aside audio b blockquote body br button canvas caption center cite code"
    " col dd del details div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4"
    " h5 h6 head header hr html i iframe img input ins label legend li link main map mark meta nav"
    " noscript object ol option p param picture pre q s script section select small source span"
    " strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time"
    " title tr u ul video".split()
)


def as_is(raw: str) -> View:
    """A text that has no markup, or none that is to be taken out."""
    return View(raw, (Run(0, 0, len(raw)),), ())


def view_of(raw: str) -> View:
    """Takes tags, comments, scripts and entities out of a text.

    Text in angle brackets that is no HTML tag stays. An entity stands for its one character; one
    that decodes to nothing known stays as it is.
    """
    if "<" not in raw and "&" not in raw:
        return as_is(raw)
    pieces: list[str] = []
    runs: list[Run] = []
    markup: list[tuple[int, int]] = []
    length = position = 0
    unclosed: set[str] = set()

    def keep(start: int, text: str, one_for_one: int) -> None:
        nonlocal length
        if text:
            pieces.append(text)
            if one_for_one:
                runs.append(Run(length, start, one_for_one))
            length += len(text)

    for match in _MARKUP.finditer(raw):
        start, end = match.span()
        if start < position:
            continue
        found = match[0]
        if found[0] == "&":
            character = _clean_entity(html.unescape(found))
            if character is None:
                continue
            keep(position, raw[position:start], start - position)
            if character:
                keep(start, character, 1)
            position = end
            continue
        name = _TAG_NAME.match(found)
        if name and name[1].lower() not in _KNOWN_TAGS:
            continue
        closing = "-->" if found == "<!--" else _CLOSINGS.get(name[1].lower() if name else "", "")
        if closing and not found.startswith("</") and closing not in unclosed:
            closed = raw.find(closing, end)
            if closed < 0:
                unclosed.add(closing)
            else:
                end = closed + len(closing)
        keep(position, raw[position:start], start - position)
        if _BLOCK.match(found):
            keep(start, "\n\n" if _PARAGRAPH.match(found) else "\n", 0)
        markup.append((start, end))
        position = end
    keep(position, raw[position:], len(raw) - position)
    return View("".join(pieces), tuple(runs), tuple(markup))


def _clean_entity(decoded: str) -> str | None:
    """One character, nothing for one that shows nothing, None for what is no entity."""
    if len(decoded) != 1:
        return None
    if decoded in "\xad\u200b\ufeff":
        return ""
    if decoded == "\n" or decoded.isprintable() or decoded.isspace():
        return " " if decoded in "\r\n\x85\u2028\u2029" else decoded
    return ""
