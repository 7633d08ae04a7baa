"""The gazetteer: finds every name that a lexicon knows, the longest first, in one pass."""

import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.tagging.cities import city_aliases
from pipeline.tagging.countries import country_aliases
from pipeline.tagging.lexicon import ENTITY_LEXICONS, Alias, Entry, entity_aliases
from pipeline.tagging.spelling import Word, is_acronym, is_capitalised, name_key, words_of

# What may stand between two words of one name, besides nothing.
_JOINTS = frozenset("- ' ’ \u00a0 \u202f ‑ – & .".split(" ")) | {"", " ", "' ", "’ ", " & "}
# A full stop and a space only after an abbreviation (`St. Louis`).
_STOP = ". "
# Marks that end a name: `U.S.`, `Canal+`, `Yahoo!`.
_TAILS = frozenset(".+!")


class Match(NamedTuple):
    """A name of the gazetteer in a text.

    Attributes:
        start: First code point.
        end: One past the last.
        entries: What it may name, the likeliest first.
        kind: `name` or `demonym`.
        weak: True if it needs the language model's consent.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    kind: str
    weak: bool


class Gazetteer:
    """Names by their folded words. Looking up costs one dictionary access a word of the text."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._aliases: dict[str, list[Alias]] = {}
        # The most words that a name beginning with this word has.
        self._longest: dict[str, int] = {}
        for alias in aliases:
            key = name_key(alias.text)
            if key:
                self._aliases.setdefault(key, []).append(alias)
                first, length = key.split(" ", 1)[0], key.count(" ") + 1
                self._longest[first] = max(length, self._longest.get(first, 0))

    def __len__(self) -> int:
        return sum(map(len, self._aliases.values()))

    def find(self, text: str, words: Sequence[Word], language: str) -> tuple[Match, ...]:
        """The longest matches from left to right; they never overlap.

        A name's capitals must be capitals in the text (`Marianne` is not "marianne"), an acronym's
        all of them, and what is written in small letters may be either.

        Args:
            text: The body.
            words: Its words.
            language: ISO 639-1; names that only another language uses are left out.
        """
        found: list[Match] = []
        position = 0
        while position < len(words):
            longest = self._longest.get(words[position].folded, 0)
            match = None
            length = 1
            for length in range(_joined(text, words, position, longest), 0, -1):
                match = self._match_of(text, words[position : position + length], language)
                if match is not None:
                    found.append(match)
                    break
            position += length if match else 1
        return tuple(found)

    def _match_of(self, text: str, words: Sequence[Word], language: str) -> Match | None:
        aliases = self._aliases.get(" ".join([w.folded for w in words]))
        if not aliases:
            return None
        start, end = words[0].start, words[-1].end
        written = text[start:end]
        fitting = [
            a for a in aliases if a.language in ("", language) and _same_case(a.text, written)
        ]
        if not fitting:
            return None
        if text[end : end + 1] in _TAILS and all(a.text.endswith(text[end]) for a in fitting):
            end += 1
        return _match(start, end, fitting)

    def lookup(self, name: str, language: str = "") -> tuple[Entry, ...]:
        """What a name by itself names, the likeliest first; demonyms aside."""
        aliases = self._aliases.get(name_key(name), [])
        return _ranked([a for a in aliases if a.kind == "name" and a.language in ("", language)])


def _joined(text: str, words: Sequence[Word], position: int, longest: int) -> int:
    """How many words from a position on, at most `longest`, could be one name."""
    length = min(longest, 1)
    while length < longest and position + length < len(words):
        before = words[position + length - 1]
        gap = text[before.end : words[position + length].start]
        if gap not in _JOINTS and not (gap == _STOP and before.end - before.start <= 2):
            break
        length += 1
    return length


def _match(start: int, end: int, aliases: list[Alias]) -> Match:
    names = [a for a in aliases if a.kind == "name"] or aliases
    sure = [a for a in names if not a.weak]
    entries = _ranked(sure or names)
    if sure and entries[0].type == "CITY":
        # `Vienne` is also a department: what it is here, the words beside it say.
        entries += tuple(a.entry for a in names if a.weak and a.entry.type == "REGION")
    return Match(start, end, entries, names[0].kind, not sure)


def _ranked(aliases: list[Alias]) -> tuple[Entry, ...]:
    """The lexicons' own entries in their order, then cities by size; each once."""
    entries = dict.fromkeys(a.entry for a in aliases)
    return tuple(sorted(entries, key=lambda e: (e.type == "CITY", -e.size)))


def _same_case(alias: str, text: str) -> bool:
    if is_acronym(alias) and len(alias) <= 6:
        # "OTAN" is also written "Otan"; two letters ("US") are too short for that.
        return text.isupper() or (len(alias) >= 4 and is_capitalised(text))
    if text.isupper():
        # Three capitals are an acronym, not a town in a heading: "CHU" is none in Vietnam.
        return len(text) > 3
    written = words_of(text)
    return all(
        not is_capitalised(alias[w.start : w.end]) or is_capitalised(text[v.start : v.end])
        for w, v in zip(words_of(alias), written, strict=True)
    )


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of all lexicons, built once a process."""

    def aliases() -> Iterable[Alias]:
        yield from country_aliases()
        for name in ENTITY_LEXICONS:
            yield from entity_aliases(name)
        yield from city_aliases()

    return Gazetteer(aliases())
