"""What a word says: its weight comes from how rare it is in its language at large.

The frequency lists of `wordfreq` stand for the language, not the articles of a run: so what is
said of an article depends on nothing else.
"""

import functools
import math
import unicodedata
import zlib

from wordfreq import get_frequency_dict

_STEM = 7

# Words as common as one in 10^(9 - 5.9) weigh nothing; all that stand outside the list of about
# 30,000 words (below Zipf 3) weigh alike, so that a misprint does not outweigh a name.
_COMMON_ZIPF = 5.9
_RARE_ZIPF = 2.9

_LANGUAGES = frozenset(("fr", "en"))
# They say when and through whom, not what.
_EMPTY = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin"
    " juillet aout septembre octobre novembre decembre monday tuesday wednesday thursday friday"
    " saturday sunday january february march april may june july august september october november"
    " december afp reuters".split()
)


@functools.cache
def term_table(language: str) -> dict[str, tuple[int, float]]:
    """Hash and weight of each word of a language; any other language takes the English list."""
    if language not in _LANGUAGES:
        return term_table("en")
    frequencies: dict[str, float] = get_frequency_dict(language, "small")
    return {word: weigh(word, frequency) for word, frequency in frequencies.items()}


def weigh(word: str, frequency: float) -> tuple[int, float]:
    """Hash and weight of a word in lower case; no weight for what says nothing."""
    if word[0].isdecimal():
        return term_hash(word), weigh_number(word)
    folded = word
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word)
        folded = "".join(c for c in plain if not unicodedata.combining(c))
    if folded in _EMPTY:
        return 0, 0.0
    zipf = math.log10(frequency) + 9 if frequency else _RARE_ZIPF
    weight = min(_COMMON_ZIPF - _RARE_ZIPF, max(0.0, _COMMON_ZIPF - zipf))
    return term_hash(folded[:_STEM]), weight


def weigh_word(word: str, language: str) -> float:
    """How much a word says in its language: 0 for what says nothing."""
    lower = word.lower()
    return (term_table(language).get(lower) or weigh(lower, 0.0))[1]


def weigh_number(digits: str) -> float:
    """How much a number says: 0 for a single digit, little for a year."""
    if not digits.isdecimal() or len(digits) < 2:
        return 0.0
    year = len(digits) == 4 and digits[:2] in ("19", "20")
    return 1.0 if len(digits) == 2 or year else 2.0


def term_hash(term: str) -> int:
    """32-bit hash of a term."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))
