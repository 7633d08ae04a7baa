"""What the rules on names work on: a body cut into words, and the names found in it."""

from collections.abc import Callable
from typing import NamedTuple

from pipeline.tagging.lexicon import Entry
from pipeline.tagging.spelling import Word, words_of

LABELS_OF_TYPES = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    "COUNTRY": "LOC",
    "CITY": "LOC",
    "REGION": "LOC",
    "FACILITY": "LOC",
    "OTHER": "MISC",
}


class Named(NamedTuple):
    """A name found in a body.

    Attributes:
        start: First code point.
        end: One past the last.
        text: `body[start:end]`.
        label: `PER`, `LOC`, `ORG` or `MISC`.
        entries: What the gazetteer says it is, the likeliest first; empty if it knows nothing.
        kind: `name` or `demonym`.
        country: ISO code of a country that is part of the name ("Banque de France").
        weak: True if the gazetteer is not sure of its entries.
    """

    start: int
    end: int
    text: str
    label: str
    entries: tuple[Entry, ...] = ()
    kind: str = "name"
    country: str = ""
    weak: bool = False


class Reading(NamedTuple):
    """One body made ready for the rules.

    Attributes:
        body: The text.
        language: ISO 639-1.
        words: Of the body.
        is_word: Whether a word in small letters is a common word of the language.
    """

    body: str
    language: str
    words: tuple[Word, ...]
    is_word: Callable[[str], bool]


def read(body: str, language: str, is_word: Callable[[str], bool]) -> Reading:
    """Cuts a body into words."""
    return Reading(body, language, words_of(body), is_word)


def starts_sentence(body: str, start: int) -> bool:
    """Whether a place is the first of its sentence, so that a capital there says nothing."""
    before = body[max(0, start - 4) : start].rstrip(" \u00a0\u202f\"«“”‘'’(-–—•*\t")
    return not before or before[-1] in ".!?:\n…"
