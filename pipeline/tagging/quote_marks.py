"""Text between quotation marks: guillemets, curly, straight, nested, over several paragraphs."""

import re
from typing import NamedTuple

# A quotation longer than this is taken for a mark that nobody closed.
_LONGEST = 3_000
# Marks looked at before giving up: keeps a text of nothing but marks linear.
_MOST_NESTED = 12
_OPENING = frozenset('«“„‹"‘')
_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›"}
_MARK = re.compile(r"[«»“”„‹›\"\n]|(?<!\w)‘(?=\w)")
_SINGLE_END = re.compile(r"’(?!\w)")
_OPENS_PARAGRAPH = re.compile(r"\s*([«»“\"])")
_DASH_LINE = re.compile(r"(?m)^[ \t\u00a0]*[–—][ \t\u00a0]+(?=\S)")


class Marked(NamedTuple):
    """Text between marks.

    Attributes:
        start: First code point inside, white space left out.
        end: One past the last inside, white space left out.
        open_at: The opening mark's place.
        close_at: One past the closing mark's.
        continues: True for a paragraph that goes on with the quotation of the one before.
    """

    start: int
    end: int
    open_at: int
    close_at: int
    continues: bool = False


def find_marked(body: str) -> tuple[Marked, ...]:
    """Finds text between quotation marks, outermost marks only, in text order.

    A quotation over several paragraphs gives one result a paragraph. A mark without partner is
    left out. Runs in linear time.
    """
    found: list[Marked] = []
    position = 0
    while (mark := _MARK.search(body, position)) is not None:
        position = mark.end()
        char = mark.group()
        if char in _OPENING and (char != '"' or _may_open(body, mark.start())):
            pieces = _read_quotation(body, mark.start())
            if pieces:
                found.extend(piece for piece in pieces if piece.start < piece.end)
                position = pieces[-1].close_at
    return tuple(found)


def find_dialogue(body: str) -> tuple[Marked, ...]:
    """Finds lines that open with a dash, as French dialogue does."""
    lines: list[Marked] = []
    for dash in _DASH_LINE.finditer(body):
        end = body.find("\n", dash.end())
        end = len(body) if end < 0 else end
        if end - dash.end() <= _LONGEST:
            lines.append(Marked(dash.end(), end, dash.start(), end))
    return tuple(lines)


def _may_open(body: str, at: int) -> bool:
    """A straight mark that stands right behind a word, or in front of a blank, closes."""
    before, after = body[at - 1 : at], body[at + 1 : at + 2]
    if before.isdigit() and not after.isalpha():
        return False  # inches, or minutes of arc
    return not (before.isalnum() and (not after or not after.isalnum()))


def _strictly_opens(body: str, at: int) -> bool:
    before, after = body[at - 1 : at], body[at + 1 : at + 2]
    return (not before or before in " \u00a0\n(") and bool(after) and after.isalnum()


def _read_quotation(body: str, open_at: int) -> list[Marked]:
    """Reads one quotation, paragraph by paragraph; nothing where no mark closes it."""
    pieces: list[Marked] = []
    char = body[open_at]
    limit = min(len(body), open_at + _LONGEST)
    while open_at >= 0:
        end = _closing(body, open_at + 1, limit, char)
        if end < 0:
            break
        if body[end] != "\n":
            pieces.append(_trimmed(body, open_at, end, end + 1, bool(pieces)))
            break
        pieces.append(_trimmed(body, open_at, end, end, bool(pieces)))
        open_at = _next_opening(body, end, char)
    else:
        pieces = pieces[:-1]  # the last paragraph neither closes nor goes on
    return pieces


def _closing(body: str, begin: int, limit: int, char: str) -> int:
    """Place of the mark or the line break that ends this paragraph of a quotation; -1 if none."""
    if char == "‘":
        line = body.find("\n", begin, limit)
        limit = limit if line < 0 else line
        if body.find("’", begin, limit) < 0:
            return -1
        single = _SINGLE_END.search(body, begin, limit)
        return -1 if single is None else single.start()
    closes = "»" if char == "»" else _PAIRS.get(char, char)
    depth = 0
    for count, mark in enumerate(_MARK.finditer(body, begin, limit)):
        if count > _MOST_NESTED:
            return -1
        at, other = mark.start(), mark.group()
        if other == "\n":
            return at
        if char == '"' and other == '"':
            # A second opening mark: nobody closed the first one.
            return -1 if _strictly_opens(body, at) else at
        if other in closes:
            if depth == 0:
                return at
            depth -= 1
        elif other == char:
            depth += 1
    return -1


def _next_opening(body: str, line_break: int, char: str) -> int:
    """Place of the mark that takes the quotation up again in the next paragraph; -1 if none."""
    follows = _OPENS_PARAGRAPH.match(body, line_break)
    if follows is None:
        return -1
    mark = follows.group(1)
    return follows.start(1) if mark == char or (mark in "«»" and char in "«»") else -1


def _trimmed(body: str, open_at: int, end: int, close_at: int, continues: bool) -> Marked:
    start = open_at + 1
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return Marked(start, end, open_at, close_at, continues)
