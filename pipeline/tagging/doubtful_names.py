"""English spans of the model that name no person or place.

The small models take a capitalised common word for a person ("Switch", "Destiny 2") and any
capitals for an organisation. A single common word is a person only where the article shows one: by
a title or trade before it, or by the full name elsewhere.
"""

import re
from collections.abc import Sequence

from pipeline.tagging.gazetteer import Gazetteer
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import words_of

# `Versa 2`, `Anthem 2.0`: a product.
_VERSION = re.compile(r"[ -]\d")
_CODE = re.compile(r"(?=.*\d)[A-Z\d-]{2,4}\Z")
# Inhabitants.
_TOWN = 100_000
_PARTICLES = frozenset("of and for the a in on to".split())


def without_doubtful(
    reading: Reading, names: Sequence[Named], sure: Sequence[Named], gazetteer: Gazetteer
) -> list[Named]:
    """The model's names without those that are none, in their order; English only.

    Args:
        reading: The article.
        names: The model's, trimmed.
        sure: Names that rules found: they vouch for a surname elsewhere.
        gazetteer: What it knows is never in doubt.
    """
    if reading.language != "en":
        return list(names)
    vouched = {
        word.folded
        for name in [*names, *sure]
        if name.label == "PER" and (len(words_of(name.text)) > 1 or name in sure)
        for word in words_of(name.text)
    }
    return [n for n in names if _is_known(n, gazetteer) or not _is_none(reading, n, vouched)]


def _is_known(name: Named, gazetteer: Gazetteer) -> bool:
    """Whether the gazetteer vouches for a name: a small town called "Airport" is no proof."""
    entries = gazetteer.lookup(name.text, "en")
    return any(e.type != "CITY" or e.size >= _TOWN for e in entries)


def is_common(reading: Reading, word: str) -> bool:
    """Whether a folded word is a common English one, in its base form or with an ending.

    The model's own list holds base forms alone.
    """
    stems = [word, *(word.removesuffix(end) for end in ("s", "es", "ed", "d", "ing"))]
    return any(reading.is_word(stem) for stem in stems if len(stem) > 2 or stem == word)


def _is_none(reading: Reading, name: Named, vouched: set[str]) -> bool:
    words = [w.folded for w in words_of(name.text)]
    if name.label == "PER" and (
        any(c.isdigit() for c in name.text) or _VERSION.match(reading.body, name.end)
    ):
        return True
    if _CODE.match(name.text):
        return True
    if len(words) == 1:
        if words[0] in load_words("names_en", "things"):
            return True
        if name.label == "LOC" or words[0] in load_words("first_names", "names"):
            return False
        common = is_common(reading, words[0]) and not name.text.isupper()
        return common and words[0] not in vouched
    if name.label == "ORG" and words[-1] in load_words("names_en", "organisation_tails_after_name"):
        return False
    firsts = load_words("first_names", "names")
    if name.label == "PER" and words[0] in firsts:
        return False
    known = [w for w in words if w not in _PARTICLES]
    plain = all(is_common(reading, w) for w in known)
    return plain and name.label == "PER" and not vouched.issuperset(known[-1:])
