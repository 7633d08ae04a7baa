"""Words of a text and their folded spelling: the ground on which names are compared."""

import functools
import re
import unicodedata
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)
# Arabic names reach the press in many spellings; these pairs are written for one another.
_TRANSLITERATIONS = (("ou", "u"), ("oo", "u"), ("dh", "d"), ("kh", "k"), ("q", "k"), ("ch", "sh"))
_ARABIC_PARTICLES = frozenset({"al", "el", "abu", "abou", "ibn", "bin", "ben", "abdel", "abdul"})


class Word(NamedTuple):
    """A run of letters or digits: `text[start:end]`, and its folded spelling."""

    start: int
    end: int
    folded: str


@functools.lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without accents: `Émirats` and `EMIRATS` are both `emirats`."""
    if text.isascii():
        return text.lower()
    # Compatibility forms first: `℠` is `SM` only once it is decomposed, and then has a lower case.
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    lowered = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in lowered if not unicodedata.combining(c))


def words_of(text: str) -> tuple[Word, ...]:
    """Cuts a text into words. Apostrophes, hyphens and full stops part them."""
    return tuple(Word(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text))


def name_key(name: str) -> str:
    """The folded words of a name with single spaces: equal for spellings of one name."""
    return " ".join(map(fold, _WORD.findall(name)))


@functools.lru_cache(maxsize=16_384)
def person_key(name: str) -> str:
    """Like `name_key`, and equal for transliterations of one Arabic name.

    `Faleh al-Fayyad`, `Faleh Al-Fayad` and `Faleh el-Fayad` give the same key. Only names with an
    Arabic particle are changed, so that `Emmanuel Macron` keeps every letter.
    """
    parts = name_key(name).split()
    if not _ARABIC_PARTICLES.intersection(parts):
        return " ".join(parts)
    return " ".join(_transliterated(part) for part in parts)


def _transliterated(part: str) -> str:
    if part in {"al", "el", "as", "ash", "ad", "an", "ar", "az"}:
        return "al"
    for written, plain in _TRANSLITERATIONS:
        part = part.replace(written, plain)
    return re.sub(r"(.)\1", r"\1", part)


def slug(text: str) -> str:
    """A readable identifier of a name: `États-Unis` gives `etats-unis`."""
    return name_key(text).replace(" ", "-")


def is_capitalised(text: str) -> bool:
    """Whether the first letter is upper case (or has no case, as in Arabic script)."""
    first = text[:1]
    return (
        first.isupper() or first.istitle() or (first.isalpha() and first.lower() == first.upper())
    )


def is_acronym(text: str) -> bool:
    """Whether a word is written in capitals alone, with two letters or more: `ONU`, `G7`."""
    letters = [c for c in text if c.isalpha()]
    return len(text) >= 2 and bool(letters) and all(c.isupper() for c in letters)
