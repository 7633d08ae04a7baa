"""Names and numbers of an article as keys that French and English share.

Two languages share few words but many names. They spell them differently: `Bagdad` and `Baghdad`,
`Poutine` and `Putin`, `Londres` and `London`. Countries and large cities are known by both names
from the Unicode locale data (babel); of the rest only what sounds alike in both is compared.
"""

import functools
import math
import re
import struct
import unicodedata
from collections import Counter

from babel import Locale

from pipeline.stories.weights import term_hash, weigh_number, weigh_word

MAX_NAMES = 30
_MAX_CHARACTERS = 6_000
_LEAD_CHARACTERS = 500
_LEAD_FACTOR = 1.4
_MAX_WEIGHT = 0.4
# Locale data of the two languages; any other language is compared by sound alone.
_LANGUAGES = ("fr", "en")
# A word with a capital that no sentence, line or quotation begins with; or a number.
_NAME_OR_NUMBER = re.compile(
    r"\b(?:(?<![.!?:…\n\"«»“”•–—*-])(?<![.!?:…\n\"«»“”•–—*-][\s\u00a0\u202f])"
    r"[^\W\d_a-zß-ÿ][^\W\d_]{2,30}|\d{1,3}(?:[.,\x20\u00a0\u202f]\d{3})+(?!\d)|\d{2,9})\b"
)
_SEPARATORS = re.compile(r"[.,\x20\u00a0\u202f]")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"),
        ("ou|oo|w", "u"),
        ("t?ch|sh|sch", "s"),
        ("ck|q|c|kh", "k"),
        ("[yj]", "i"),
        ("z", "s"),
        ("h", ""),
        (r"(.)\1+", r"\1"),
        ("[aeiou]+$", ""),
    )
)


def sign_names(headline: str, body: str, language: str) -> tuple[bytes, bytes]:
    """Weighs the names and numbers that a text begins with.

    Args:
        headline: Its title.
        body: Its text.
        language: ISO 639-1.

    Returns:
        Hashes (little-endian uint32) by falling weight and their weights (float32) of length one.
    """
    text = f"{headline}.\n{body[:_MAX_CHARACTERS]}"
    found = Counter(_names(text))
    lead = frozenset(_names(text[: len(headline) + _LEAD_CHARACTERS]))
    weights: dict[int, float] = {}
    for word, count in found.items():
        weight = weigh_number(word) if word.isdecimal() else weigh_word(word, language)
        if weight:
            weight *= 1 + math.log(min(count, 5))
            key = word if word.isdecimal() else name_key(word)
            term = term_hash(key)
            weights[term] = weights.get(term, 0.0) + weight * (
                _LEAD_FACTOR if word in lead else 1.0
            )
    weighed = sorted((-weight, term) for term, weight in weights.items())[:MAX_NAMES]
    length = math.hypot(*(weight for weight, _ in weighed)) or 1.0
    weighed = [(max(weight, -_MAX_WEIGHT * length), term) for weight, term in weighed]
    length = math.hypot(*(weight for weight, _ in weighed)) or 1.0
    return (
        struct.pack(f"<{len(weighed)}I", *(term for _, term in weighed)),
        struct.pack(f"<{len(weighed)}f", *(-weight / length for weight, _ in weighed)),
    )


def _names(text: str) -> list[str]:
    """Names as they stand, and numbers without what separates their thousands."""
    return [
        _SEPARATORS.sub("", name) if name[0].isdecimal() else name
        for name in _NAME_OR_NUMBER.findall(text)
    ]


@functools.lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """What a name is compared by: its place if it is one that both languages know, else its sound.

    Equal for the French and the English spelling of a name; the keys are no words.
    """
    plain = _plain(name)
    return _places().get(plain) or _sound(plain)


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _sound(plain: str) -> str:
    sound = plain
    for pattern, other in _SOUNDS:
        sound = pattern.sub(other, sound)
    # A name of which little is left keeps its letters: Mao and Mei are two.
    return sound if len(sound) >= 3 else plain


@functools.cache
def _places() -> dict[str, str]:
    """Countries, and the cities that give time zones their names, by their plain names."""
    places: dict[str, str] = {}
    zones = sorted({str(zone) for language in _LANGUAGES for zone in Locale(language).time_zones})
    for language in _LANGUAGES:
        locale = Locale(language)
        named = [(code, name) for code, name in locale.territories.items() if len(code) == 2]
        named += [
            (zone, str(locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2]))
            for zone in zones
        ]
        for code, name in sorted(named):
            if name.isalpha() and len(name) > 2:
                places.setdefault(_plain(name), f"@{code}")
    return places
