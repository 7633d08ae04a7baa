"""The demonym that belongs to a name: `le groupe italien` Exemple, `Canadian Minister` X."""

import functools
import re
from collections.abc import Sequence

from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import words_of

_ENDS = '.!?;,\n"«»“”()'
# What may stand between a demonym and the name that it belongs to: `le groupe italien de luxe` X.
_BETWEEN = re.compile(r" (?:(?:de |d['’])?[a-zà-ÿ-]{3,} )?\Z")
_PARTING = re.compile(r" (?:et|ou|que|qui|avec|contre|par|pour|chez|selon|dont|and|or|with|by) ")
# Code points: `Foreign and Commonwealth Affairs Secretary` and its like.
_LONGEST_OFFICE = 60


def demonym_before(reading: Reading, names: Sequence[Named], index: int) -> str:
    """The country of the demonym before a name: `la chanteuse belge` NAME, `l'Américain` NAME.

    Args:
        reading: The article.
        names: Its names and demonyms, in text order.
        index: Of the name.

    Returns:
        ISO 3166-1 alpha-2; empty if no demonym belongs to the name.
    """
    if reading.language == "en":
        return _demonym_of_office(reading, names, index)
    if not index or names[index - 1].kind != "demonym":
        return ""
    gap = reading.body[names[index - 1].end : names[index].start]
    if not _BETWEEN.fullmatch(gap) or _PARTING.search(gap):
        return ""
    return names[index - 1].entries[0].country


def _demonym_of_office(reading: Reading, names: Sequence[Named], index: int) -> str:
    """`Canadian Defence Minister` NAME, `the British striker` NAME: titles between, at most."""
    start = names[index].start
    for other in reversed(names[max(0, index - 3) : index]):
        gap = reading.body[other.end : start]
        if len(gap) > _LONGEST_OFFICE or other.label == "PER" or not set(_ENDS).isdisjoint(gap):
            return ""
        if other.kind == "demonym":
            between = words_of(gap)
            fitting = all(w.folded in _titles() or gap[w.start].isupper() for w in between)
            near = _BETWEEN.fullmatch(gap) and not _PARTING.search(gap)
            titled = any(w.folded in _titles() for w in between) and fitting
            return other.entries[0].country if titled or near else ""
    return ""


@functools.cache
def _titles() -> frozenset[str]:
    """English words of an office or trade, and those that join them."""
    lists = (load_words("names_en", "titles"), load_words("names_en", "trades"))
    offices = load_words("cues", "offices") | load_words("cues", "roles")
    return offices.union(*lists) | load_words("cues", "abstractions") | {"of", "for", "former"}
