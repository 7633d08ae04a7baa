r"""Where a text quotes someone: guillemets, curly and straight marks, nested, over paragraphs.

Copy that stands inside quotation marks may come from the speaker rather than from a dispatch, so
the rule for copies counts it apart. Scare quotes, names and titles in quotation marks (« gilets
jaunes ») are the writer's own words and are no quotations here.

Marks are matched like brackets on one stack, kind by kind. A mark that finds no partner is dropped,
so that an unbalanced text loses one quotation and never everything after it.
"""

import re
from typing import NamedTuple

from pipeline.records import Span

MIN_WORDS = 4
"""Fewer quoted words than this are a scare quote or a name, unless they are a whole sentence."""

MAX_LENGTH = 4000
"""Code points a quotation may run without being reopened; a longer pair of marks is a mistake."""

_LONG = 150  # code points; no title or name is as long

_MAX_DEPTH = 8
"""Quotations nested deeper than this are mistakes; it also bounds the time a hostile text takes."""

_MARKS = re.compile(r"[«»‹›“”„‟\"＂‘’]|\n[ \t]*(?:\n[ \t]*)*")
_DIRECTED = {"«": "»", "“": "”", "„": "”", "‟": "”", "‹": "›", "‘": "’"}
_CLOSERS = frozenset(_DIRECTED.values())
_STRAIGHT = '"＂'
# A quotation mark counts as the start or end of a word on its far side, as a bracket does.
_BEFORE_OPENING = frozenset(" \t\n\u00a0\u202f\u2009([{-–—/'’«“„‘\"＂»”:")
_AFTER_CLOSING = frozenset(' \t\n\u00a0\u202f\u2009)]}.,;:!?…-–—/»”’"＂«“„')
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…][\s\u00a0\u202f]*$")
_SPEECH_COMMA = re.compile(r",[\s\u00a0\u202f]*$")


class _Open(NamedTuple):
    closer: str
    start: int
    # Where it was opened last: a quotation over paragraphs is opened again at each of them.
    reopened: int


def quotation_spans(text: str) -> tuple[Span, ...]:
    """Finds what is quoted.

    Args:
        text: A body; paragraphs are separated by line breaks.

    Returns:
        The outermost quotations in order, inside their marks, never overlapping.
    """
    stack: list[_Open] = []
    found: list[Span] = []
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        if mark[0] == "\n":
            stack = _carry_over(text, match.end(), stack)
        elif mark in _STRAIGHT:
            _straight(text, place, mark, stack, found)
        elif mark == "’":
            if _is_open(mark, stack) and _closes(text, place):
                _close(place, mark, stack, found)
        elif mark in _CLOSERS:
            if stack and stack[-1].closer == mark and stack[-1].reopened == place + 1:
                continue  # the mark that reopens a paragraph, seen by _carry_over
            _close(place, mark, stack, found)
        elif stack and stack[-1].reopened == place + 1:
            continue
        elif mark != "‘" or _opens(text, place):
            _open(place, _DIRECTED[mark], stack)
    return _outermost([span for span in found if _is_quotation(text[span.start : span.end])])


def _straight(text: str, place: int, mark: str, stack: list[_Open], found: list[Span]) -> None:
    if stack and stack[-1].reopened == place + 1 and stack[-1].closer == mark:
        return
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    opens = before in _BEFORE_OPENING and not after.isspace()
    closes = after in _AFTER_CLOSING and not before.isspace()
    inside = _is_open(mark, stack)
    if opens == closes:
        # The spaces do not tell (`sociaux."Mais`, `: " Depuis`): it closes what is open.
        opens = not inside
    if opens:
        _open(place, mark, stack)
    elif inside:
        _close(place, mark, stack, found)


def _is_open(closer: str, stack: list[_Open]) -> bool:
    return any(opened.closer == closer for opened in stack) if stack else False


def _open(place: int, closer: str, stack: list[_Open]) -> None:
    if len(stack) == _MAX_DEPTH:
        del stack[0]
    stack.append(_Open(closer, place + 1, place + 1))


def _opens(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _closes(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not before.isspace() and after in _AFTER_CLOSING


def _close(place: int, mark: str, stack: list[_Open], found: list[Span]) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth]
        if opened.closer == mark:
            del stack[depth:]
            if place - opened.reopened <= MAX_LENGTH:
                found.append(Span(opened.start, place))
            return


def _carry_over(text: str, paragraph: int, stack: list[_Open]) -> list[_Open]:
    """What stays open over a paragraph break.

    Straight and single marks end with their paragraph unless the next one begins with the same
    mark again. Guillemets and curly marks say which way they point and wait for their partner.
    """
    first = text[paragraph : paragraph + 1]
    kept: list[_Open] = []
    for opened in stack:
        reopens = first != "" and (
            first == opened.closer or _DIRECTED.get(first, "") == opened.closer
        )
        if reopens and opened is stack[-1]:
            kept.append(opened._replace(reopened=paragraph + 1))
        elif opened.closer not in _STRAIGHT and opened.closer != "’":
            kept.append(opened)
    return [o for o in kept if paragraph - o.reopened <= MAX_LENGTH]


def _is_quotation(quoted: str) -> bool:
    if len(quoted) > _LONG:
        return True
    words = _WORD.findall(quoted)
    if len(words) >= MIN_WORDS:
        long_words = [w for w in words if len(w) > 3]
        titled = sum(w[0].isupper() for w in long_words) == len(long_words) > 0
        return not titled or _SENTENCE_END.search(quoted) is not None
    if len(words) >= 2 and _SENTENCE_END.search(quoted):
        return True
    return len(words) >= 2 and _SPEECH_COMMA.search(quoted) is not None


def _outermost(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
