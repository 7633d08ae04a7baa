"""Sentences of a body, by punctuation alone: fast, and the same with and without a parser."""

import re

from pipeline.records import Span

# A full stop after these ends no sentence (French and English titles, units, references).
_ABBREVIATIONS = frozenset(
    "m mm mme mmes mlle dr pr prof me mgr gén col adj lt cdt st ste av bd art p pp vol no fig cf "
    "ex env "
    "mr mrs ms jr sr gen lt col sgt capt sen rep gov vs inc ltd co corp dept approx "
    "jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc".split()
)
_END = re.compile(
    r"""(?:(?<![.!?…])[.!?…]++[)\]]*+[ \u00a0]?["»”’]*   # the stop, with what closes after it
         (?=\s+["«“‘(\[—–-]*\s?[A-ZÀ-ÖØ-Þ0-9«"“])
       # or a stop between a word and a capitalised one, where a space was lost
       |(?<=[a-zà-öø-ÿ]{3})[.!?…]["»”]?(?=["«“]?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]))""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"([\w.-]+)$")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Cuts a text into sentences.

    A line break always ends a sentence. Spans hold no white space at either end, cover all other
    characters, and come in text order.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if not _is_abbreviation(text, start, end):
                _append_trimmed(spans, text, start, end.end())
                start = end.end()
        _append_trimmed(spans, text, start, line.end())
    return tuple(spans)


def _is_abbreviation(text: str, start: int, end: re.Match[str]) -> bool:
    if not end.group().startswith(".") or end.group().startswith(".."):
        return False
    # No abbreviation is longer; a search from the sentence's start would be quadratic.
    word = _LAST_WORD.search(text[max(start, end.start() - 12) : end.start()])
    if word is None:
        return False
    last = word.group(1)
    return last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper())


def _append_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))
