"""The entities of one article: who, what and where, each as one thing with all its mentions."""

from collections.abc import Callable, Mapping, Sequence

from pipeline.records import Entity, Mention
from pipeline.tagging.consistency import settle
from pipeline.tagging.coreference import Group, group_names
from pipeline.tagging.gazetteer import Gazetteer
from pipeline.tagging.lexicon import Entry, load_words
from pipeline.tagging.mentions import find_names
from pipeline.tagging.metonymy import government_of
from pipeline.tagging.model import NamedSpan
from pipeline.tagging.named import Named, Reading, read
from pipeline.tagging.origins import Origin, tell_countries
from pipeline.tagging.roles import role_mentions
from pipeline.tagging.salience import confidence, salience
from pipeline.tagging.spelling import words_of

_TYPES = {"PER": "PERSON", "ORG": "ORGANIZATION", "MISC": "OTHER"}


def find_entities(
    body: str,
    language: str,
    spans: Sequence[NamedSpan],
    gazetteer: Gazetteer,
    is_word: Callable[[str], bool],
    headline: str = "",
) -> tuple[Entity, ...]:
    """The entities of one article, in the order of their first mention.

    A pure function of its arguments.

    Args:
        body: The clean text.
        language: ISO 639-1 code, which chooses lexicon entries and rules.
        spans: The language model's names, with offsets in `body`.
        gazetteer: What the lexicons know.
        is_word: Whether a word in small letters is a common word of the language.
        headline: The article's, which makes what it names salient.

    Returns:
        Entities whose mentions never overlap one another. A demonym ("américain") is a mention of
        its country with kind `demonym`; a capital that stands for its government ("Washington
        accuse") is a mention of the country with `metonym` set; an office that stands for its
        holder is a mention of the person with kind `role`.
    """
    reading = read(body, language, is_word)
    names = settle(reading, find_names(reading, spans, gazetteer))
    groups = group_names(body, language, names)
    seats = {n: entry for n in names if (entry := _government(reading, n)) is not None}
    cast = tell_countries(reading, names, groups)
    found: dict[str, list[tuple[Mention, Named | None]]] = {}
    facts: dict[str, Entity] = {}
    for name, key in zip(names, cast.keys, strict=True):
        entry = seats.get(name)
        entity = _of_entry(entry) if entry else _of_group(cast.groups[key], cast.countries)
        facts.setdefault(entity.entity_id, entity)
        mention = Mention(name.start, name.end, name.text, name.kind, entry is not None)
        found.setdefault(entity.entity_id, []).append((mention, name))
    for role in role_mentions(reading, names, cast.keys):
        mention = Mention(role.start, role.end, body[role.start : role.end], "role")
        found.setdefault(role.key, []).append((mention, None))
    most = max((len(mentions) for mentions in found.values()), default=1)
    entities = [_weighed(facts[key], found[key], headline, most) for key in facts]
    return tuple(sorted(entities, key=lambda e: e.mentions[0].start))


def _weighed(
    entity: Entity, found: Sequence[tuple[Mention, Named | None]], headline: str, most: int
) -> Entity:
    mentions = tuple(sorted(mention for mention, _ in found))
    names = [name for _, name in found if name is not None]
    return entity._replace(
        mentions=mentions,
        salience=salience(headline, entity, mentions, most),
        confidence=confidence(entity, names),
    )


def _government(reading: Reading, name: Named) -> Entry | None:
    if name.label != "LOC" or not name.entries or name.entries[0].type != "CITY":
        return None
    return government_of(reading, name)


def _of_entry(entry: Entry) -> Entity:
    return Entity(
        entry.entity_id,
        entry.type,
        entry.name,
        entry.country,
        entry.latitude,
        entry.longitude,
        wikidata=entry.wikidata,
        country_basis="lexicon" if entry.country else "",
    )


def _of_group(group: Group, countries: Mapping[str, Origin]) -> Entity:
    if group.entry is not None:
        entity = _of_entry(group.entry)
        if entity.country or group.entity_id not in countries:
            return entity
        origin = countries[group.entity_id]
        return entity._replace(country=origin.country, country_basis=origin.basis)
    kind = _TYPES.get(group.label) or _place_type(group.name)
    prefix = {"FACILITY": "fac", "REGION": "region"}.get(kind)
    entity_id = group.entity_id.replace("loc:", f"{prefix}:", 1) if prefix else group.entity_id
    origin = countries.get(group.entity_id, Origin())
    return Entity(entity_id, kind, group.name, origin.country, country_basis=origin.basis)


def _place_type(name: str) -> str:
    """What an unknown place is, by the first word of its name, or the last in English."""
    words = words_of(name)
    # The head stands alone: `Port-la-Nouvelle` is a town.
    first = words[0].folded if words and name[words[0].end : words[0].end + 1] == " " else ""
    if first in load_words("cues", "facility_heads"):
        return "FACILITY"
    if first in load_words("cues", "region_heads") | load_words("cues", "administrative_heads"):
        return "REGION"
    last = words[-1].folded if name[words[-1].start - 1 : words[-1].start] == " " else ""
    for kind, tails in (("FACILITY", "facility_tails"), ("REGION", "region_tails")):
        if last in load_words("names_en", tails) | load_words("names_en", f"{tails}_after_name"):
            return kind
    return "CITY"
