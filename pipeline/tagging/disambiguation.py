"""Which of its bearers a name means here: Tripoli in Libya or in Lebanon, whose National Assembly.

What the article says of countries decides: one right behind the name ("Tyr, au Liban") before
those that it names, these before those whose regions and great cities it names. Else the largest
is meant.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from pipeline.tagging.lexicon import Entry, load_words
from pipeline.tagging.named import Named
from pipeline.tagging.scope import state_bodies
from pipeline.tagging.spelling import is_acronym
from pipeline.tagging.state_names import as_states

_HOME = {"fr": "FR", "en": ""}
# A city of this size says which country an article is about.
_GREAT = 500_000
# An acronym of so few letters is some other body in another country.
_SHORT = 4
# States whose services are known by their letters abroad: FBI, MI6, KGB, FSB.
_EVERYWHERE = frozenset({"", "US", "GB", "RU"})
_BESIDE = re.compile(r",? ?\(|, (?:en |aux? |dans |in )?(?:le |la |les |l['’]|the )?| (?:en|aux?) ")


def choose_entries(body: str, language: str, names: Sequence[Named]) -> list[Entry | None]:
    """What each name of an article means; None where the gazetteer has nothing that fits.

    Args:
        body: The text.
        language: ISO 639-1; its own country is likelier than others.
        names: In text order.
    """
    names = as_states(body, language, names)
    context = _countries_named(names)
    near = _countries_near(names)
    return [
        _choose(name, context, near, country_beside(body, names, index), language)
        for index, name in enumerate(names)
    ]


def _countries_named(names: Sequence[Named]) -> Counter[str]:
    """How often an article names each country, by name or demonym."""
    return Counter(
        n.entries[0].country for n in names if n.entries and n.entries[0].type == "COUNTRY"
    )


def _countries_near(names: Sequence[Named]) -> frozenset[str]:
    """Countries whose regions or great cities an article names."""
    return frozenset(
        n.entries[0].country
        for n in names
        if n.entries
        and not n.weak
        and n.entries[0].country
        and (n.entries[0].type == "REGION" or n.entries[0].size >= _GREAT)
        and len({e.country for e in n.entries}) == 1
    )


def country_beside(body: str, names: Sequence[Named], index: int) -> str:
    """The country of what stands right behind a town: `Auburn (Indiana)`, `Tyr, au Liban`."""
    if index + 1 >= len(names):
        return ""
    name, place = names[index], names[index + 1]
    if not place.entries or place.entries[0].type not in ("COUNTRY", "REGION"):
        return ""
    return place.entries[0].country if _BESIDE.fullmatch(body, name.end, place.start) else ""


def _choose(
    name: Named, context: Mapping[str, int], near: frozenset[str], beside: str, language: str
) -> Entry | None:
    """The entry that a name means here: the largest, unless another's country is at issue."""
    if not name.entries:
        return None
    if name.entries[0].type != "CITY":
        if _is_foreign_acronym(name, {*context, *near}, language):
            return None
        fitting = [e for e in name.entries if e.country in context and e.type != "CITY"]
        return _of_state((fitting or name.entries)[0], context)
    home = _HOME.get(language)
    # A small town abroad, or a spelling that only geonames knows, needs its country beside it.
    entries = [
        e
        for e in name.entries
        if not name.weak or e.country == home or e.country in {*context, *near, beside}
    ]
    if not entries:
        return None

    def weight(entry: Entry) -> float:
        at_issue = 1.0 if context.get(entry.country) else 0.5 if entry.country in near else 0.0
        said = 4.0 if entry.country == beside else 0.0
        at_home = 0.7 if entry.country == home else 0.0
        return math.log10(max(entry.size, 1)) + at_issue + at_home + said

    return max(entries, key=weight)


def _is_foreign_acronym(name: Named, at_issue: AbstractSet[str], language: str) -> bool:
    """Whether a body of a state that nobody speaks of shares its few letters with this name."""
    entry = name.entries[0]
    return (
        entry.entity_id in state_bodies()
        and is_acronym(name.text)
        and len(name.text) <= _SHORT
        and entry.country not in at_issue | _EVERYWHERE
        and entry.country != _HOME.get(language)
    )


def _of_state(entry: Entry, context: Mapping[str, int]) -> Entry:
    """Another state's, where the article is about that state: a parliament in Mali is Mali's."""
    if entry.entity_id not in load_words("cues", "shared_institutions") or not context:
        return entry
    country = min(context, key=lambda code: (-context[code], code))
    if entry.country in context or context[country] < 2:
        return entry
    return entry._replace(
        entity_id=f"org:{country.lower()}-{entry.entity_id.removeprefix('org:')}",
        country=country,
        wikidata="",
    )
