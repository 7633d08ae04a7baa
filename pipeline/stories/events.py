"""One record a happening of a story: the events of its articles, merged.

Two articles tell the same happening when their events have the same type, nothing that both say
contradicts, and enough that both say agrees. Slots that one article leaves empty are filled from
the others; numbers that differ are kept as a range with who says what.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.records import Entity, Event, Story, StoryCount, StoryEvent
from pipeline.stories.interval import UNDATED, read_interval
from pipeline.stories.member import Member
from pipeline.stories.origins import count_origins
from pipeline.stories.signature import StoryInput

# Things that take place; all others are words or decisions, which need both sides to agree.
_MATERIAL = frozenset(
    {"ASSAULT", "PROTEST", "MOBILIZE", "AID", "RETREAT", "COOPERATE", "CONSULT", "COERCE"}
)
_STATUSES = ("actual", "historical", "future", "hypothetical", "negated")
# What is never the same happening as something of another mode.
_APART = {"riot", "strike", "hunger", "boycott", "crowd-control"}
# A crowd that storms a building is coded as either (PLOVER: riot, or an attack by a crowd).
_KIN = {"PROTEST", "ASSAULT"}
# What each further origin adds to the confidence, and where it ends.
_SURER = 0.05
_MOST_SURE = 0.99


class _Told(NamedTuple):
    """An event with the article that tells it."""

    rank: int
    article_id: str
    event: Event


def merge_events(story: Story, members: Sequence[Member]) -> tuple[StoryEvent, ...]:
    """Merges the events of a story's articles.

    Args:
        story: The story; its lead article's events come first.
        members: Its articles with their tags and copies, in any order.

    Returns:
        One record a happening: those of most articles first, then in the order they are told.
    """
    ordered = sorted(members, key=lambda m: (m.article_id != story.lead_article_id, m.article_id))
    entities = _entities(ordered)
    groups: list[list[_Told]] = []
    for rank, member in enumerate(ordered):
        for event in member.tags.events:
            told = _Told(rank, member.article_id, event)
            group = _group_of(told, groups)
            if group is None:
                groups.append([told])
            else:
                group.append(told)
    inputs = {member.article_id: _input(member) for member in ordered}
    pairs = sorted({pair for member in ordered for pair in member.pairs})
    events = []
    for group in groups:
        ids = sorted({told.article_id for told in group})
        events.append(
            _story_event(story.story_id, group, entities, ids, count_origins(ids, inputs, pairs))
        )
    place = {event.event_id: order for order, event in enumerate(events)}
    return tuple(sorted(events, key=lambda e: (-e.article_count, place[e.event_id])))


def _group_of(told: _Told, groups: list[list[_Told]]) -> list[_Told] | None:
    """The group that an event fits best; None if it fits none."""
    best: tuple[int, int] | None = None
    for place, group in enumerate(groups):
        if any(other.article_id == told.article_id for other in group):
            # An article's own events are merged already: two of them are two happenings.
            continue
        scores = [_likeness(told.event, other.event) for other in group]
        if min(scores) > 0 and (best is None or -sum(scores) < best[0]):
            best = (-sum(scores), place)
    return groups[best[1]] if best is not None else None


def _likeness(one: Event, other: Event) -> int:
    """How much speaks for two events being one; 0 or less: they are two."""
    riot = {one.type, other.type} == _KIN and "riot" in (one.mode, other.mode)
    if one.type != other.type and not riot:
        return 0
    if (one.status == "negated") != (other.status == "negated"):
        return 0
    actors = _agreement(one.actors, one.actor_countries, other.actors, other.actor_countries)
    recipients = _agreement(
        one.recipients, one.recipient_countries, other.recipients, other.recipient_countries
    )
    dates = _dates(one.date_edtf, other.date_edtf)
    places = (one.country == other.country) - (one.country != other.country)
    places = places if one.country and other.country else 0
    if min(actors, recipients, dates, places) < 0:
        return 0
    score = 2 * actors + 2 * recipients + dates + places + 2 * _counts(one, other)
    score += one.trigger.casefold()[:5] == other.trigger.casefold()[:5]
    if one.type != other.type:
        return score if recipients and (dates or places or actors) else 0
    if one.type in _MATERIAL:
        if one.mode != other.mode and {one.mode, other.mode} & _APART:
            return 0
        if one.mode and other.mode and one.mode != other.mode and one.type == "ASSAULT":
            return score if dates and score >= 5 else 0
        return score if score >= 3 else 0
    return score if actors and (recipients or dates) else 0


def _agreement(
    ids: Sequence[str],
    countries: Sequence[str],
    other_ids: Sequence[str],
    other_countries: Sequence[str],
) -> int:
    if set(ids) & set(other_ids) or set(countries) & set(other_countries):
        return 1
    known = (ids or countries) and (other_ids or other_countries)
    return -1 if known and countries and other_countries else 0


def _dates(one: str, other: str) -> int:
    """1 if two EDTF dates can be the same time, -1 if they cannot, 0 if one is unknown."""
    first, second = read_interval(one.replace("..", "")), read_interval(other.replace("..", ""))
    if UNDATED in (first, second):
        return 0
    if first.start < second.end and second.start < first.end:
        return 1
    return 0 if "~" in one + other else -1


def _counts(one: Event, other: Event) -> bool:
    said = {(count.unit, count.value) for count in one.counts}
    return any((count.unit, count.value) in said for count in other.counts)


def _story_event(
    story_id: str,
    group: Sequence[_Told],
    entities: Mapping[str, Entity],
    article_ids: Sequence[str],
    origin_count: int,
) -> StoryEvent:
    events = [told.event for told in group]
    lead = group[0]
    actors = _common(event.actors for event in events)
    recipients = _common(event.recipients for event in events)
    location_id = _first(event.location_id for event in events)
    place = entities.get(location_id)
    key = f"{story_id}\0{lead.article_id}\0{lead.event.event_id}".encode()
    return StoryEvent(
        event_id=hashlib.blake2b(key, digest_size=8).hexdigest(),
        story_id=story_id,
        type=_most(event.type for event in events),
        mode=_most(event.mode for event in events if event.mode),
        trigger=lead.event.trigger,
        actors=actors,
        actor_names=_names(actors, entities),
        actor_countries=_common(event.actor_countries for event in events),
        recipients=recipients,
        recipient_names=_names(recipients, entities),
        recipient_countries=_common(event.recipient_countries for event in events),
        date_edtf=_finest(event.date_edtf for event in events),
        location_id=location_id,
        location_name=place.name if place else "",
        country=_most(event.country for event in events if event.country),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        counts=_united_counts(group),
        status=min((event.status for event in events), key=_STATUSES.index),
        attributed_by=_first(event.attributed_by for event in events),
        article_ids=tuple(article_ids),
        article_count=len(article_ids),
        origin_count=origin_count,
        confidence=_confidence(events, origin_count),
    )


def _confidence(events: Sequence[Event], origin_count: int) -> float | None:
    """The surest article's, and 0.05 more for each further independent origin."""
    known = [event.confidence for event in events if event.confidence is not None]
    if not known:
        return None
    return round(min(_MOST_SURE, max(known) + _SURER * max(0, origin_count - 1)), 2)


def _united_counts(group: Sequence[_Told]) -> tuple[StoryCount, ...]:
    units: dict[str, list[tuple[float, bool, str]]] = {}
    for told in group:
        for count in told.event.counts:
            units.setdefault(count.unit, []).append(
                (count.value, count.approximate, told.article_id)
            )
    return tuple(
        StoryCount(
            value=min(value for value, _, _ in said),
            high=max(value for value, _, _ in said),
            unit=unit,
            approximate=all(approximate for _, approximate, _ in said),
            article_ids=tuple(sorted({article_id for _, _, article_id in said})),
        )
        for unit, said in sorted(units.items())
    )


def _common(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What most articles say, sorted: all that as many say as say the commonest."""
    seen = Counter(item for one in lists for item in dict.fromkeys(one))
    most = max(seen.values(), default=0)
    return tuple(sorted(item for item, times in seen.items() if times == most))


def _most(items: Iterable[str]) -> str:
    seen = Counter(items)
    order = {item: place for place, item in enumerate(seen)}
    return min(seen, key=lambda item: (-seen[item], order[item])) if seen else ""


def _first(items: Iterable[str]) -> str:
    return next((item for item in items if item), "")


def _finest(dates: Iterable[str]) -> str:
    """The date that most articles give; of those, the most precise."""
    seen = Counter(date for date in dates if date)
    return min(
        seen, key=lambda date: ("~" in date, "/" in date, -len(date), -seen[date], date), default=""
    )


def _names(ids: Iterable[str], entities: Mapping[str, Entity]) -> tuple[str, ...]:
    return tuple(entities[i].name if i in entities else i for i in ids)


def _entities(members: Sequence[Member]) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for member in members:
        for entity in member.tags.entities:
            found.setdefault(entity.entity_id, entity)
    return found


def _input(member: Member) -> StoryInput:
    """What the count of origins looks at: who is credited."""
    return StoryInput(member.article_id, "", "", "", None, UNDATED, member.agencies, b"", b"")
