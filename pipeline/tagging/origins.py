"""Where the entities of an article are from, and who bears a name that two have."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.tagging.affiliation import affiliations, voted
from pipeline.tagging.coreference import Group
from pipeline.tagging.disambiguation import country_beside
from pipeline.tagging.homonyms import tell_apart
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.scope import country_at_issue


class Origin(NamedTuple):
    """A country and how it is known.

    Attributes:
        country: ISO 3166-1 alpha-2; empty if unknown.
        basis: `lexicon`, `text` (words beside the name, a part of it), `article` (all that the
            article names is of one country); empty if unknown.
    """

    country: str = ""
    basis: str = ""


class Cast(NamedTuple):
    """The entities of an article.

    Attributes:
        keys: The entity of each name.
        groups: Each entity's names, by key.
        countries: Where each entity is from, by key.
    """

    keys: tuple[str, ...]
    groups: Mapping[str, Group]
    countries: Mapping[str, Origin]


def tell_countries(reading: Reading, names: Sequence[Named], groups: Sequence[Group]) -> Cast:
    """Gives every entity a country where lexicon, text or article tell one.

    Args:
        reading: The article.
        names: Its names, in text order.
        groups: The same names, put together.
    """
    owners = {name: group.entity_id for group in groups for name in group.names}
    keys = [owners[name] for name in names]
    known = {g.entity_id: g.entry.country for g in groups if g.entry and g.entry.country}
    inherited = {g.entity_id: n.country for g in groups for n in reversed(g.names) if n.country}
    parts = affiliations(reading, names, keys, {**inherited, **known})
    apart = tell_apart(keys, parts, known)
    keys = [apart.get(index, key) for index, key in enumerate(keys)]
    beside = {
        key: country_beside(reading.body, names, index)
        for index, key in reversed(list(enumerate(keys)))
        if names[index].label == "LOC" and key not in known
    }
    beside = {key: country for key, country in beside.items() if country}
    told = {**beside, **voted(keys, parts), **inherited}
    countries = {key: Origin(country, "text") for key, country in told.items()}
    countries.update({key: Origin(country, "lexicon") for key, country in known.items()})
    said = [countries.get(key, Origin()).country for key in keys]
    regrouped = _regrouped(names, keys, groups)
    issue = country_at_issue(names, said)
    if issue:
        for key, group in regrouped.items():
            if group.entry is None:
                countries.setdefault(key, Origin(issue, "article"))
    return Cast(tuple(keys), regrouped, countries)


def _regrouped(
    names: Sequence[Named], keys: Sequence[str], groups: Sequence[Group]
) -> dict[str, Group]:
    """The groups under their new keys; who is not the lexicon's person has no entry."""
    by_key = {group.entity_id: group for group in groups}
    members: dict[str, list[Named]] = {}
    for name, key in zip(names, keys, strict=True):
        members.setdefault(key, []).append(name)
    for key, own in members.items():
        if key not in by_key:
            longest = max(own, key=lambda n: len(n.text))
            by_key[key] = Group(key, "PER", longest.text, None, tuple(own))
    return by_key
