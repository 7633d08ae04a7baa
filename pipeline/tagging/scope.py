"""The country that an article is about, as far as it has one.

A mayor in an article on Lyon is French, a suburb in it lies in France, though no word says so. This
is a guess, and marked as one (`country_basis` is `article`).
"""

import functools
from collections import Counter
from collections.abc import Sequence

from pipeline.tagging.lexicon import entity_aliases
from pipeline.tagging.named import Named

# Of the mentions that have a country; and how many there must be.
_SHARE = 0.75
_FEWEST = 2
_PLACES = frozenset({"COUNTRY", "CITY", "REGION", "FACILITY"})


def country_at_issue(names: Sequence[Named], countries: Sequence[str]) -> str:
    """The country of nearly all places, nationalities and bodies of state that an article names.

    Args:
        names: All names of the article.
        countries: The country of each; empty where it has none.

    Returns:
        ISO 3166-1 alpha-2; empty where there is none, or several.
    """
    votes = Counter(
        country
        for name, country in zip(names, countries, strict=True)
        if country and name.entries and _counts(name)
    )
    if sum(votes.values()) < _FEWEST:
        return ""
    country = min(votes, key=lambda code: (-votes[code], code))
    return country if votes[country] >= _SHARE * sum(votes.values()) else ""


def _counts(name: Named) -> bool:
    entry = name.entries[0]
    return entry.type in _PLACES or entry.entity_id in state_bodies()


@functools.cache
def state_bodies() -> frozenset[str]:
    """Institutions, parties and armed groups of states, by entity."""
    return frozenset(
        alias.entry.entity_id
        for lexicon in ("institutions", "parties", "armed_groups")
        for alias in entity_aliases(lexicon)
    )
