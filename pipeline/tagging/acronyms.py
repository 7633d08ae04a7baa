"""Organisations that an article explains by their acronym: `Conseil de transition du Sud (CTS)`.

The letters in the brackets say where the name before them begins.
The method is that of Schwartz and Hearst (2003), on the initials of words: from the bracket
backwards each letter is an initial; small words may lend theirs or not, one other may lend none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import Word, fold, is_acronym, is_capitalised

_BRACKET = re.compile(r"[ \u00a0]\(([A-ZÀ-Þ][A-Za-zÀ-ÿ.&-]{1,9})\)")
# What may stand between two words of an organisation's name.
_INSIDE = re.compile(r"[ \u00a0\u202f]|, |-|['’]|\. | & ")
_SMALL = frozenset(
    "a au aux d de des du en et l la le les pour sur par contre the of for and to in on s".split()
)
_LONGEST = 14


def explained(reading: Reading) -> Iterator[tuple[Named, Named]]:
    """Each organisation with its acronym, both as names, in text order."""
    never = load_words("cues", "never")
    starts = [word.start for word in reading.words]
    for bracket in _BRACKET.finditer(reading.body):
        letters = [c for c in fold(bracket.group(1)) if c.isalpha()]
        capitals = sum(c.isupper() for c in bracket.group(1))
        if len(letters) < 2 or capitals < 2 or fold(bracket.group(1)) in never:
            continue
        last = bisect_left(starts, bracket.start()) - 1
        first = _first_word(reading, last, bracket.start(), letters)
        if first is not None:
            name = _named(reading, reading.words[first].start, bracket.start())
            yield name, _named(reading, *bracket.span(1))


def _named(reading: Reading, start: int, end: int) -> Named:
    return Named(start, end, reading.body[start:end], "ORG")


def _first_word(reading: Reading, last: int, end: int, letters: Sequence[str]) -> int | None:
    """The word that a name with these initials begins with; None if there is no such name."""
    words = reading.words
    if last < 0 or words[last].end != end:
        return None
    for first in range(last - 1, max(last - _LONGEST, -1), -1):
        gap = reading.body[words[first].end : words[first + 1].start]
        if not _INSIDE.fullmatch(gap):
            return None
        written = reading.body[words[first].start : words[first].end]
        if (
            words[first].folded[0] == letters[0]
            and is_capitalised(written)
            and not is_acronym(written)
            and words[first].folded not in _SMALL | load_words("cues", "roles")
            and _spells(words[first + 1 : last + 1], letters[1:], 1)
        ):
            return first
    return None


def _spells(words: Sequence[Word], letters: Sequence[str], spare: int) -> bool:
    """Whether the words' initials give the letters; `spare` words of weight may give none."""
    if not words:
        return not letters
    first = words[0].folded
    if letters and first[0] == letters[0] and _spells(words[1:], letters[1:], spare):
        return True
    if first in _SMALL:
        return _spells(words[1:], letters, spare)
    return spare > 0 and len(words) > 1 and _spells(words[1:], letters, spare - 1)
