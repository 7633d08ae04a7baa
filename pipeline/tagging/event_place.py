"""When and where: the date and the place of an event, from its sentence and what came before."""

import bisect
from collections.abc import Sequence

from pipeline.records import DateExpression, Entity
from pipeline.tagging.argument_entities import PLACES, Located, MentionIndex
from pipeline.tagging.trigger_lexicon import EventWords

# Types that take place somewhere; words are said rather than done in a place.
PHYSICAL = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "COERCE", "RETREAT", "AID", "CONSULT"})
_CROSSING_COST = 40


def date_of(
    sentence: tuple[int, int],
    trigger: tuple[int, int],
    verbs: Sequence[int],
    dates: Sequence[DateExpression],
) -> str:
    """The nearest date of the sentence; a finite verb in between makes it farther.

    Args:
        sentence: Where the sentence stands in the body.
        trigger: Where the trigger stands in the body.
        verbs: Where the finite verbs of the sentence start in the body, sorted.
        dates: The article's date expressions.

    Returns:
        EDTF; empty if the sentence has no date that is understood.
    """
    best: tuple[int, int, str] | None = None
    for date in dates:
        if not date.edtf or date.start >= sentence[1] or date.end <= sentence[0]:
            continue
        gap = _gap(trigger, (date.start, date.end))
        low, high = sorted((trigger[0], date.start))
        crossed = bisect.bisect_left(verbs, high) - bisect.bisect_right(verbs, low)
        # The trigger's own clause counts its verb once; more verbs are other clauses.
        cost = gap + _CROSSING_COST * max(0, crossed - 1)
        if best is None or (cost, date.start) < best[:2]:
            best = (cost, date.start, date.edtf)
    return best[2] if best else ""


def place_of(
    sentence: tuple[int, int],
    trigger: tuple[int, int],
    body: str,
    index: MentionIndex,
    words: EventWords,
    excluded: frozenset[str],
) -> Entity | None:
    """The place that the sentence names after a preposition of place, the nearest to the trigger.

    Args:
        sentence: Where the sentence stands in the body.
        trigger: Where the trigger stands in the body.
        body: The article's text.
        index: Its mentions.
        words: The language's word classes.
        excluded: entity_ids that act in the event by name and are no place of it.
    """
    best: tuple[int, int, Located] | None = None
    for located in index.between(*sentence):
        if located.entity.type not in PLACES or located.mention.kind != "name":
            continue
        if located.mention.metonym or _preposition(body, located.start) not in words.list(
            "locative"
        ):
            continue
        if located.entity.entity_id in excluded and located.start < trigger[0]:
            continue
        cost = _gap(trigger, (located.start, located.end))
        # Places stand after what happens there more often than before.
        cost = cost if located.start >= trigger[1] else cost * 2
        if best is None or (cost, located.start) < best[:2]:
            best = (cost, located.start, located)
    return best[2].entity if best else None


def main_place(body: str, index: MentionIndex, words: EventWords) -> Entity | None:
    """Where the article as a whole plays: the place most named after a preposition of place.

    The first paragraph counts double. Cities come before their country.
    """
    weights: dict[str, float] = {}
    lead = body.find("\n\n")
    for located in index.mentions:
        if located.entity.type not in PLACES or located.mention.kind != "name":
            continue
        if located.mention.metonym or _preposition(body, located.start) not in words.list(
            "locative"
        ):
            continue
        weight = 2.0 if located.start < lead or lead < 0 else 1.0
        weight += 0.5 if located.entity.type == "CITY" else 0.0
        weights[located.entity.entity_id] = weights.get(located.entity.entity_id, 0.0) + weight
    if not weights:
        return None
    return index.entities[min(weights, key=lambda key: (-weights[key], key))]


def main_country(index: MentionIndex) -> str:
    """The country that the article's entities belong to most; empty if they have none."""
    weights: dict[str, int] = {}
    for located in index.mentions:
        if located.entity.country:
            weights[located.entity.country] = weights.get(located.entity.country, 0) + 1
    return min(weights, key=lambda key: (-weights[key], key)) if weights else ""


def _preposition(body: str, start: int) -> str:
    """The word before a mention, articles skipped."""
    before = body[max(0, start - 24) : start].lower().replace("’", "'").split()
    while before and before[-1] in ("l'", "la", "le", "les", "the", "«", '"'):
        before.pop()
    if not before:
        return ""
    last = before[-1]
    return last.rsplit("'", 1)[-1] if not last.endswith("'") else last


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])
