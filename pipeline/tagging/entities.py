"""The entities of one article: who, what and where, each as one thing with all its mentions."""

from collections.abc import Callable, Mapping, Sequence

from pipeline.records import Entity, Mention
from pipeline.tagging.affiliation import affiliations
from pipeline.tagging.consistency import settle
from pipeline.tagging.coreference import Group, group_names
from pipeline.tagging.gazetteer import Gazetteer
from pipeline.tagging.lexicon import Entry, load_words
from pipeline.tagging.mentions import find_names
from pipeline.tagging.metonymy import government_of
from pipeline.tagging.model import NamedSpan
from pipeline.tagging.named import Named, Reading, read
from pipeline.tagging.spelling import words_of

_TYPES = {"PER": "PERSON", "ORG": "ORGANIZATION", "MISC": "OTHER"}


def find_entities(
    body: str,
    language: str,
    spans: Sequence[NamedSpan],
    gazetteer: Gazetteer,
    is_word: Callable[[str], bool],
) -> tuple[Entity, ...]:
    """The entities of one article, in the order of their first mention.

    A pure function of its arguments.

    Args:
        body: The clean text.
        language: ISO 639-1 code, which chooses lexicon entries and rules.
        spans: The language model's names, with offsets in `body`.
        gazetteer: What the lexicons know.
        is_word: Whether a word in small letters is a common word of the language.

    Returns:
        Entities whose mentions never overlap one another. A demonym ("américain") is a mention of
        its country with kind `demonym`; a capital that stands for its government ("Washington
        accuse") is a mention of the country with `metonym` set.
    """
    reading = read(body, language, is_word)
    names = settle(reading, find_names(reading, spans, gazetteer))
    groups = group_names(body, language, names)
    seats = {n: entry for n in names if (entry := _government(reading, n)) is not None}
    countries = _countries(reading, names, groups)
    mentions: dict[str, list[Mention]] = {}
    facts: dict[str, Entity] = {}
    for group in groups:
        for name in group.names:
            entry = seats.get(name)
            entity = _of_entry(entry) if entry else _of_group(group, countries)
            facts.setdefault(entity.entity_id, entity)
            mentions.setdefault(entity.entity_id, []).append(
                Mention(name.start, name.end, name.text, name.kind, entry is not None)
            )
    entities = [
        entity._replace(mentions=tuple(sorted(mentions[key]))) for key, entity in facts.items()
    ]
    return tuple(sorted(entities, key=lambda e: e.mentions[0].start))


def _government(reading: Reading, name: Named) -> Entry | None:
    if name.label != "LOC" or not name.entries or name.entries[0].type != "CITY":
        return None
    return government_of(reading, name)


def _countries(
    reading: Reading, names: Sequence[Named], groups: Sequence[Group]
) -> Mapping[str, str]:
    """The country of every entity that has one, by entity."""
    known: dict[str, str] = {}
    keys: dict[Named, str] = {}
    for group in groups:
        inherited = [n.country for n in group.names if n.country]
        country = group.entry.country if group.entry else (inherited or [""])[0]
        if country:
            known[group.entity_id] = country
        keys.update(dict.fromkeys(group.names, group.entity_id))
    said = affiliations(reading, names, [keys[n] for n in names], known)
    return {**said, **known}


def _of_entry(entry: Entry) -> Entity:
    return Entity(
        entry.entity_id, entry.type, entry.name, entry.country, entry.latitude, entry.longitude
    )


def _of_group(group: Group, countries: Mapping[str, str]) -> Entity:
    if group.entry is not None:
        entity = _of_entry(group.entry)
        return entity._replace(country=countries.get(group.entity_id, entity.country))
    kind = _TYPES.get(group.label) or _place_type(group.name)
    prefix = {"FACILITY": "fac", "REGION": "region"}.get(kind)
    entity_id = group.entity_id.replace("loc:", f"{prefix}:", 1) if prefix else group.entity_id
    return Entity(entity_id, kind, group.name, countries.get(group.entity_id, ""))


def _place_type(name: str) -> str:
    """What an unknown place is, by the first word of its name."""
    words = words_of(name)
    # The head stands alone: `Port-la-Nouvelle` is a town.
    first = words[0].folded if words and name[words[0].end : words[0].end + 1] == " " else ""
    if first in load_words("cues", "facility_heads"):
        return "FACILITY"
    if first in load_words("cues", "region_heads") | load_words("cues", "administrative_heads"):
        return "REGION"
    return "CITY"
