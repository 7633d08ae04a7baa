"""A text on its way to being clean: its units, and what was cut from it so far."""

import re
from typing import NamedTuple

from pipeline.records import Removed, Span
from pipeline.text.paragraphs import Unit, split_units, words_in
from pipeline.text.view import View, as_is, view_of

_ENDS_SENTENCE = re.compile(r"[.!?…][»”\"')\]\s]*$")
_WRAP = re.compile(r"[^\S\n]*\n[^\S\n]*")
_LONG = 200


class BodySpan(NamedTuple):
    """`length` characters that stand at `start` in the body and at `raw` in the raw text."""

    start: int
    raw: int
    length: int


class Rendered(NamedTuple):
    """What is left of a page.

    Attributes:
        body: Kept units, one blank line between them.
        starts: Where each kept unit begins in the body.
        spans: The way back to the raw text; characters of the body outside them were added.
        removed: What was cut, in the order of the raw text.
    """

    body: str
    starts: tuple[int, ...]
    spans: tuple[BodySpan, ...]
    removed: tuple[Removed, ...]


class Page:
    """The units of a text, from which rules cut.

    Args:
        raw: The text.
        markup: False where it has no tags any more, so that what looks like one is text.

    Attributes:
        units: Those that are still kept, in order.
    """

    def __init__(self, raw: str, markup: bool = True) -> None:
        self._raw = raw
        self._view: View = view_of(raw) if markup else as_is(raw)
        self._cuts: list[tuple[int, int, str]] = []
        self.units: list[Unit] = split_units(self._view.text)

    def text(self, unit: Unit) -> str:
        """The characters of a unit, wraps included."""
        return self._view.text[unit.start : unit.end]

    def opens_line(self, unit: Unit) -> bool:
        """Whether nothing, cut or kept, stands before a unit on its line."""
        line = self._view.text.rfind("\n", 0, unit.start) + 1
        return not self._view.text[line : unit.start].strip()

    def cut(self, unit: Unit, reason: str) -> None:
        """Takes out a whole unit."""
        self.units.remove(unit)
        self._cuts.append((unit.start, unit.end, reason))

    def cut_marked(self, reasons: dict[int, str]) -> None:
        """Takes out many units at once, given by their place in `units`."""
        for index, reason in reasons.items():
            unit = self.units[index]
            self._cuts.append((unit.start, unit.end, reason))
        self.units = [unit for index, unit in enumerate(self.units) if index not in reasons]

    def cut_start(self, index: int, end: int, shown: tuple[int, int], reason: str) -> None:
        """Takes `end` characters off the start of a unit; records those of `shown`.

        Returns nothing; a unit of which nothing is left disappears.
        """
        unit = self.units[index]
        self._cuts.append((unit.start + shown[0], unit.start + shown[1], reason))
        self._replace(index, unit._replace(start=min(unit.end, unit.start + end)))

    def cut_end(self, index: int, start: int, reason: str) -> None:
        """Takes all from `start` (counted from the unit's start) off the end of a unit."""
        unit = self.units[index]
        self._cuts.append((unit.start + start, unit.end, reason))
        end = unit.start + len(self._view.text[unit.start : unit.start + start].rstrip())
        self._replace(index, unit._replace(end=end))

    def _replace(self, index: int, unit: Unit) -> None:
        if unit.start < unit.end:
            self.units[index] = unit
        else:
            del self.units[index]

    def is_prose(self, unit: Unit) -> bool:
        """Whether a unit reads as sentences: long, or of some length with a full stop."""
        if unit.end - unit.start > _LONG:
            return True
        text = self.text(unit)
        words = words_in(text)
        return words >= 25 or (words >= 10 and _ENDS_SENTENCE.search(text[-12:]) is not None)

    def render(self) -> Rendered:
        """Puts the kept units together."""
        pieces: list[str] = []
        starts: list[int] = []
        spans: list[BodySpan] = []
        length = 0
        for unit in self.units:
            if pieces:
                pieces.append("\n\n")
                length += 2
            starts.append(length)
            position = unit.start
            text = self.text(unit)
            for match in _WRAP.finditer(text) if "\n" in text else ():
                newline = text.index("\n", match.start())
                length = self._add(pieces, spans, length, position, unit.start + match.start())
                at = unit.start + newline
                pieces.append(" ")
                for _, raw, count in self._view.raw_runs(at, at + 1):
                    _extend(spans, length, raw, count)
                length += 1
                position = unit.start + match.end()
            length = self._add(pieces, spans, length, position, unit.end)
        return Rendered("".join(pieces), tuple(starts), tuple(spans), self._removed())

    def _add(
        self, pieces: list[str], spans: list[BodySpan], length: int, start: int, end: int
    ) -> int:
        pieces.append(self._view.text[start:end])
        for at, raw, count in self._view.raw_runs(start, end):
            _extend(spans, length + at - start, raw, count)
        return length + end - start

    def _removed(self) -> tuple[Removed, ...]:
        cuts = [(*self._view.raw_span(start, end), reason) for start, end, reason in self._cuts]
        cuts += [(start, end, "markup") for start, end in self._view.markup]
        cuts.sort()
        merged: list[tuple[int, int, str]] = []
        for start, end, reason in cuts:
            if start >= end or (merged and end <= merged[-1][1]):
                continue  # nothing, or a tag inside a line that was cut as a whole
            last = merged[-1] if merged else (0, -1, "")
            if start == last[1] and reason == last[2] == "markup":
                merged[-1] = (last[0], end, reason)
            else:
                merged.append((start, end, reason))
        pieces = ((self._raw[start:end].strip(), reason) for start, end, reason in merged)
        return tuple(Removed(text, reason) for text, reason in pieces if text)


def _extend(spans: list[BodySpan], start: int, raw: int, length: int) -> None:
    """Appends a span, or lengthens the last one where both sides go on without a break."""
    if spans:
        last = spans[-1]
        if last.start + last.length == start and last.raw + last.length == raw:
            spans[-1] = last._replace(length=last.length + length)
            return
    spans.append(BodySpan(start, raw, length))


def span_of(rendered: Rendered, index: int) -> Span:
    """Where the unit with this index stands in the body."""
    start = rendered.starts[index]
    last = index + 1 == len(rendered.starts)
    return Span(start, len(rendered.body) if last else rendered.starts[index + 1] - 2)
