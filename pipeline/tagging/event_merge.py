"""One event a happening: repeated mentions in an article become one."""

from collections.abc import Sequence

from pipeline.records import Count, Event
from pipeline.tagging.event_confidence import merged_confidence

# Types whose events are things that took place: a later bare mention is the same one again.
_ONE_SIDED = frozenset({"ASSAULT", "PROTEST", "COERCE", "SANCTION"})
# What one crowd may do in one demonstration.
_CROWD_MODES = frozenset({"demo", "vandalize", "obstruct"})
_CASUALTIES = frozenset({"killed", "injured", "arrested", "displaced", "participants"})
_MATERIAL = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "AID", "RETREAT", "COOPERATE", "CONSULT"})
# Forms of one verb share their first letters: enough to tell "accuse" from "dénonce".
_STEM = 5
_REALISED = {"actual": 0, "historical": 1, "future": 2, "hypothetical": 3, "negated": 4}


def merge_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Merges events of one article that tell the same happening; the order is the text's.

    Two mentions are one happening when they have the same type, nothing in their actors,
    recipients, dates, places or counts contradicts, and something that they share speaks for it.
    The trigger kept is the first mention's, the slots are the fullest one's.
    """
    return tuple(event for event, _ in merge_groups(events))


def merge_groups(events: Sequence[Event]) -> tuple[tuple[Event, tuple[Event, ...]], ...]:
    """Merges as `merge_events` does: each event with its mentions, in text order."""
    merged: list[Event] = []
    mentions: list[list[Event]] = []
    for event in sorted(events, key=_in_text):
        for place, earlier in enumerate(merged):
            if _same(earlier, event):
                merged[place] = _united(earlier, event)
                mentions[place].append(event)
                break
        else:
            merged.append(event)
            mentions.append([event])
    merged = [
        event._replace(confidence=merged_confidence(told))
        for event, told in zip(merged, mentions, strict=True)
    ]
    groups = zip(merged, map(tuple, mentions), strict=True)
    return tuple(sorted(groups, key=lambda group: _in_text(group[0])))


def _in_text(event: Event) -> tuple[int, int, str]:
    return event.trigger_start, event.trigger_end, event.type


def fullness(event: Event) -> int:
    """How much an event says: the number of its filled slots."""
    return (
        2 * bool(event.actor_countries or event.actors)
        + 2 * bool(event.recipient_countries or event.recipients)
        + bool(event.date_edtf)
        + bool(event.location_id or event.country)
        + len(event.counts[:2])
        + (event.status == "actual")
    )


def _same(one: Event, other: Event) -> bool:
    if not _kin(one, other) or (one.status == "negated") != (other.status == "negated"):
        return False
    actors = _agree(one.actors, one.actor_countries, other.actors, other.actor_countries)
    recipients = _agree(
        one.recipients, one.recipient_countries, other.recipients, other.recipient_countries
    )
    if actors < 0 or recipients < 0 or _turned_round(one, other):
        return False
    if _clash(one.date_edtf, other.date_edtf) or _counts_clash(one.counts, other.counts):
        return False
    if one.country and other.country and one.country != other.country:
        return False
    if one.type in _MATERIAL:
        return _modes_fit(one, other)
    # Words said twice are one event only if both sides are the same, in the same words.
    if one.recipients and other.recipients and not set(one.recipients) & set(other.recipients):
        return False
    return actors > 0 and _stem(one) == _stem(other)


def _turned_round(one: Event, other: Event) -> bool:
    """Who suffers in one mention acts in the other: an attack and its retaliation."""
    if one.type not in _ONE_SIDED:
        return False
    suffers, acts = set(one.recipient_countries), set(other.actor_countries)
    suffers_too, acts_too = set(other.recipient_countries), set(one.actor_countries)
    turned = (suffers & acts) - (suffers_too | acts_too)
    turned_back = (suffers_too & acts_too) - (suffers | acts)
    return bool(turned or turned_back)


def _kin(one: Event, other: Event) -> bool:
    """The same type; a crowd's storming of a place may be coded as a riot or as an attack."""
    if one.type == other.type:
        return True
    riot = {one.type, other.type} == {"PROTEST", "ASSAULT"} and "riot" in (one.mode, other.mode)
    return riot and bool(set(one.recipient_countries) & set(other.recipient_countries))


def _agree(
    ids: tuple[str, ...],
    countries: tuple[str, ...],
    other_ids: tuple[str, ...],
    other_countries: tuple[str, ...],
) -> int:
    """1 if two sides share an entity or country, -1 if they contradict, 0 if one is unknown."""
    if set(ids) & set(other_ids) or set(countries) & set(other_countries):
        return 1
    if countries and other_countries:
        return -1
    if ids and other_ids and not (countries or other_countries):
        return -1
    return 0


def _clash(one: str, other: str) -> bool:
    """Two EDTF dates that cannot be the same day; the coarser may hold the finer.

    What is only about a day ("~") contradicts none.
    """
    if not one or not other or any(mark in one + other for mark in "/~"):
        return False
    size = min(len(one), len(other), 10)
    return one[:size] != other[:size]


def _counts_clash(one: tuple[Count, ...], other: tuple[Count, ...]) -> bool:
    """Exact numbers of one unit that differ by more than half are two happenings."""
    for count in one:
        for second in other:
            if count.unit == second.unit:
                low, high = sorted((count.value, second.value))
                if high > (2.0 if count.unit in _CASUALTIES else 1.2) * low:
                    return True
    return False


def _modes_fit(one: Event, other: Event) -> bool:
    if one.type != other.type or one.mode == other.mode:
        return True
    if "crowd-control" in (one.mode, other.mode):
        return False  # the police's answer to what the crowd did
    if not one.mode or not other.mode:
        return True
    if {one.mode, other.mode} <= _CROWD_MODES:
        return True
    return one.type not in ("ASSAULT", "PROTEST", "COERCE")


def _stem(event: Event) -> str:
    return event.trigger.casefold()[:_STEM]


def _united(one: Event, other: Event) -> Event:
    fuller, lesser = (one, other) if fullness(one) >= fullness(other) else (other, one)
    # The first mention is where a reader meets the event.
    fuller = fuller._replace(
        event_id=one.event_id,
        trigger=one.trigger,
        trigger_start=one.trigger_start,
        trigger_end=one.trigger_end,
    )
    placed = fuller if fuller.location_id or not lesser.location_id else lesser
    counts = {count.unit: count for count in (*lesser.counts, *fuller.counts)}
    return fuller._replace(
        type=one.type if one.type == other.type else "PROTEST",
        mode=(fuller.mode or lesser.mode) if one.type == other.type else "riot",
        actors=fuller.actors or lesser.actors,
        recipients=fuller.recipients or lesser.recipients,
        actor_countries=fuller.actor_countries or lesser.actor_countries,
        recipient_countries=fuller.recipient_countries or lesser.recipient_countries,
        date_edtf=_finer(fuller.date_edtf, lesser.date_edtf),
        location_id=placed.location_id,
        country=placed.country,
        counts=tuple(sorted(counts.values(), key=lambda c: (c.unit, c.value))),
        status=min(fuller.status, lesser.status, key=lambda status: _REALISED[status]),
        attributed_by=fuller.attributed_by or lesser.attributed_by,
    )


def _finer(one: str, other: str) -> str:
    if not one or not other:
        return one or other
    if "~" in one + other:
        return other if "~" in one else one
    return other if "/" not in one + other and len(other) > len(one) else one
