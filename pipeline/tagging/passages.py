"""Passages of a body: what the language model reads at once."""

import re

from pipeline.records import Span

_LINE = re.compile(r"[^\n]+")
# Longer paragraphs are cut, so that no text is too long for the model.
_LONGEST = 8_000


def split_passages(body: str) -> tuple[Span, ...]:
    """Cuts a body into paragraphs, and long paragraphs at a sentence's end where there is one.

    Passages are in text order and leave out nothing but line breaks and blank lines.
    """
    passages: list[Span] = []
    for line in _LINE.finditer(body):
        start, end = line.span()
        while end - start > _LONGEST:
            cut = _cut(body, start, start + _LONGEST)
            passages.append(Span(start, cut))
            start = cut
        passages.append(Span(start, end))
    return tuple(p for p in passages if not body[p.start : p.end].isspace())


def _cut(body: str, start: int, limit: int) -> int:
    """Where to cut before a limit: after a sentence, else after a word, else at the limit."""
    middle = start + _LONGEST // 2
    for mark in (". ", " "):
        found = body.rfind(mark, middle, limit)
        if found >= 0:
            return found + len(mark)
    return limit
