"""From lines to paragraphs: which line breaks are the author's, and which a hard wrap's."""

import re
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;»”\"')\]]\s*$")
_MAX_WRAP = 130
"""Code points of the longest line that a hard wrap makes."""


class Unit(NamedTuple):
    """A paragraph, heading or line: `text[start:end]`, ends trimmed.

    Attributes:
        start: First character.
        end: One past the last.
        gap: True if a blank line, or nothing at all, stands before it.
    """

    start: int
    end: int
    gap: bool


def words_in(text: str) -> int:
    """Counts words; "l'Irak" and "sous-traitant" are one each."""
    return sum(1 for _ in _WORD.finditer(text))


def split_units(text: str) -> list[Unit]:
    """Splits a text into units at its line breaks, except those of a hard wrap.

    A wrap is greedy: a line ends where the next word would not have fitted. Where nearly all lines
    inside a block end so, its breaks are blanks. Elsewhere a break counts as a blank only if the
    line is long, ends in the middle of a sentence, and the next one goes on in lower case.
    """
    lines: list[tuple[int, int]] = []
    gaps: list[bool] = []
    gap = True
    position = 0
    size = len(text)
    while position < size:
        newline = text.find("\n", position)
        if newline < 0:
            newline = size
        line = text[position:newline]
        stripped = line.strip()
        if stripped:
            start = position + len(line) - len(line.lstrip())
            lines.append((start, start + len(stripped)))
            gaps.append(gap)
            gap = False
        else:
            gap = True
        position = newline + 1
    if len(lines) < 2:
        return [Unit(*line, True) for line in lines]
    width = _wrap_width(text, lines, gaps)
    units: list[Unit] = []
    for (start, end), gap in zip(lines, gaps, strict=True):
        if units and not gap and _is_soft(text, units[-1], start, end, width):
            units[-1] = units[-1]._replace(end=end)
        else:
            units.append(Unit(start, end, gap))
    return units


def _wrap_width(text: str, lines: list[tuple[int, int]], gaps: list[bool]) -> int:
    """The column at which the text is wrapped; 0 if it is not."""
    width = max(end - start for start, end in lines)
    if not 40 <= width <= _MAX_WRAP:
        return 0
    breaks = full = 0
    for index in range(1, len(lines)):
        if not gaps[index]:
            breaks += 1
            full += _is_full(text, lines[index - 1], lines[index][0], width)
    return width if breaks >= 2 and full >= 0.7 * breaks else 0


def _is_full(text: str, line: tuple[int, int], following: int, width: int) -> bool:
    """Whether the next line's first word would not have fitted at the end of this line."""
    word = text[following : following + _MAX_WRAP].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(word) > width - 2


def _is_soft(text: str, unit: Unit, start: int, end: int, width: int) -> bool:
    line_start = max(unit.start, text.rfind("\n", unit.start, unit.end) + 1)
    line = (line_start, unit.end)
    if width and _is_full(text, line, start, width):
        return True
    return (
        line[1] - line[0] >= 40
        and text[start].islower()
        and not _ENDS_SENTENCE.search(text[max(line[0], line[1] - 20) : line[1]])
    )
