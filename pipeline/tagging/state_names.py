"""States of a federation that are called like a country: Georgia, on the Black Sea or in America.

In English "Georgia" is the American state where it stands behind one of its country's towns
(`Atlanta, Georgia`), and where the article names America and nothing of the country or its
neighbours. The pairs are in `lexicons/names_en.yaml`.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.tagging.lexicon import Entry, entity_aliases, load_lexicon
from pipeline.tagging.named import Named


def as_states(body: str, language: str, names: Sequence[Named]) -> list[Named]:
    """The names, with the state in the place of the country where the state is meant.

    Args:
        body: The text.
        language: ISO 639-1; only English calls the two alike.
        names: In text order.
    """
    pairs = _pairs() if language == "en" else {}
    if not any(_code(name) in pairs for name in names):
        return list(names)
    return [
        name._replace(entries=(pairs[_code(name)].state, *name.entries[1:]))
        if _code(name) in pairs and _is_state(body, names, index, pairs[_code(name)])
        else name
        for index, name in enumerate(names)
    ]


class _Pair(NamedTuple):
    """A state, and the countries whose names say that the country is meant."""

    state: Entry
    around: frozenset[str]


@functools.cache
def _pairs() -> Mapping[str, _Pair]:
    """By the code of the country of the same name."""
    entries = {alias.entry.entity_id: alias.entry for alias in entity_aliases("regions")}
    data: Mapping[str, Mapping[str, str]] = load_lexicon("names_en")["states_called_like_countries"]
    return {
        code: _Pair(entries[pair["state"]], frozenset((code, *pair["around"].split())))
        for code, pair in data.items()
    }


def _code(name: Named) -> str:
    """The country that a name (no demonym) stands for; empty for anything else."""
    if name.kind != "name" or not name.entries or name.entries[0].type != "COUNTRY":
        return ""
    return name.entries[0].country


def _is_state(body: str, names: Sequence[Named], index: int, pair: _Pair) -> bool:
    name = names[index]
    before = names[index - 1] if index else None
    if before and body[before.end : name.start] == ", ":
        towns = {e.country for e in before.entries if e.type == "CITY"}
        if towns:
            # The larger town: Tbilisi has namesakes too.
            return before.entries[0].country == pair.state.country
    others = [n for n in names if n.entries and n.text != name.text]
    named = {n.entries[0].country for n in others if n.entries[0].type != "PERSON" and not n.weak}
    return pair.state.country in named and not named & pair.around
