"""Two texts that share passages, cut into rows to be shown beside one another."""

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.records import Passage

_KEPT = 10  # words kept on each side of a fold
_SHARED_KEPT = 60
_SLACK = 8  # a stretch is folded where that hides more words than this
_WIDEST = 12  # characters that a kept word may take; texts without spaces are cut there
_JOINED = 12  # words between two passages that still belong to one block


class Piece(NamedTuple):
    """Some words of one text.

    Attributes:
        text: The words with a blank where the text has one; of what is folded, their number.
        kind: `own`, `shared` or `folded`.
    """

    text: str
    kind: str


class Row(NamedTuple):
    """What stands in both texts beside one another.

    Attributes:
        ours: Pieces of the article.
        theirs: Pieces of the other one.
        place: Where the row stands in the other text, counted from 0.
        moved: True if the other text has the row somewhere else.
    """

    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    place: int
    moved: bool


def rows(body: str, other: str, passages: Sequence[Passage]) -> tuple[Row, ...]:
    """Cuts two texts at their shared passages.

    Passages close to one another in both texts share a row. What lies between them, and before the
    first and after the last, has rows of its own, and is folded where it is long.

    Args:
        body: The article's text.
        other: The other text.
        passages: Where they are the same; never overlapping in either.
    """
    ordered = sorted(passages)
    in_other = sorted(range(len(ordered)), key=lambda number: ordered[number].of_start)
    places = {number: place for place, number in enumerate(in_other)}
    before = [0, *(passage.end for passage in ordered)]
    of_before = [0, *(ordered[number].of_end for number in in_other)]
    gaps = [
        (body[before[number] : passage.start], other[of_before[places[number]] : passage.of_start])
        for number, passage in enumerate(ordered)
    ]
    found: list[_Cells] = []
    for block in _blocks(gaps, places):
        first, place = block.start, places[block.start]
        moved = first > 0 and place != places[first - 1] + 1
        between = _own(gaps[first][0], first > 0, True), _own(gaps[first][1], place > 0, True)
        if any(between):
            found.append(_Cells(*between, 2 * place, moved))
        cells = _Cells([], [], 2 * place + 1, moved)
        for number in block:
            if number > first:
                cells.ours.extend(_own(gaps[number][0], True, True))
                cells.theirs.extend(_own(gaps[number][1], True, True))
            passage = ordered[number]
            cells.ours.extend(_same(body[passage.start : passage.end]))
            cells.theirs.extend(_same(other[passage.of_start : passage.of_end]))
        found.append(cells)
    tails = (
        _own(body[before[-1] :], bool(ordered), False),
        _own(other[of_before[-1] :], bool(ordered), False),
    )
    if any(tails):
        found.append(_Cells(*tails, 2 * len(ordered), False))
    _move_marks([cells.ours for cells in found])
    _move_marks([cells.theirs for cells in sorted(found, key=lambda cells: cells.place)])
    return tuple(Row(tuple(c.ours), tuple(c.theirs), c.place, c.moved) for c in found)


class _Cells(NamedTuple):
    """A `Row` in the making."""

    ours: list[Piece]
    theirs: list[Piece]
    place: int
    moved: bool


def _move_marks(cells: Sequence[list[Piece]]) -> None:
    """Leaves marks beside the words that they close or open: `". Then` begins no row."""
    filled = [cell for cell in cells if cell]
    for cell, following in itertools.pairwise(filled):
        last, first = cell[-1], following[0]
        if last.kind == "shared" and first.kind == "own":
            size = _marks(first.text)
            cell.append(first._replace(text=first.text[:size]))
            following[0] = first._replace(text=first.text[size:])
        elif last.kind == "own" and first.kind == "shared":
            size = _marks(last.text[::-1])
            cell[-1] = last._replace(text=last.text[: len(last.text) - size])
            following.insert(0, last._replace(text=last.text[len(last.text) - size :]))


def _marks(text: str) -> int:
    """How many characters at the beginning are neither letters, digits nor blanks."""
    return next((i for i, c in enumerate(text) if c.isalnum() or c.isspace()), len(text))


def _blocks(gaps: Sequence[tuple[str, str]], places: Mapping[int, int]) -> Iterator[range]:
    """Passages, by number, that follow one another in both texts without much in between."""
    first = 0
    for number in range(1, len(gaps) + 1):
        if number < len(gaps):
            follows = places[number] == places[number - 1] + 1
            if follows and max(len(gap.split()) for gap in gaps[number]) <= _JOINED:
                continue
        yield range(first, number)
        first = number


def printable(text: str) -> str:
    """One line that a terminal takes: blanks collapsed, no control or direction characters."""
    kept = "".join(" " if unicodedata.category(c) in _CONTROLS else c for c in text)
    return " ".join(kept.split())


_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _own(text: str, head: bool, tail: bool) -> list[Piece]:
    """What only one text has: its first words if `head`, its last words if `tail`."""
    return _folded(text, "own", _KEPT if head else 0, _KEPT if tail else 0, "")


def _same(text: str) -> list[Piece]:
    return _folded(text, "shared", _SHARED_KEPT, _SHARED_KEPT, " the same")


def _folded(text: str, kind: str, head: int, tail: int, what: str) -> list[Piece]:
    words = text.split()
    if not words:
        return [Piece(" ", kind)] if text and kind == "own" else []
    lead = " " if text[0].isspace() else ""
    trail = " " if text[-1].isspace() else ""
    room = _WIDEST * (head + tail + _SLACK)
    if len(words) <= head + tail + _SLACK and len(text) <= 2 * room:
        return [Piece(lead + printable(text) + trail, kind)]
    first = printable(" ".join(words[:head])[: _WIDEST * head]) if head else ""
    last = printable(" ".join(words[-tail:])[-_WIDEST * tail :]) if tail else ""
    hidden = max(0, len(words) - head - tail)
    pieces = [Piece(f" … {hidden:,} words{what} … " if hidden else " … ", "folded")]
    if first:
        pieces.insert(0, Piece(lead + first, kind))
    if last:
        pieces.append(Piece(last + trail, kind))
    return pieces
