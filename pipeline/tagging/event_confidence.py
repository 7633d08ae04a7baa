"""How sure event coding is of an event: evidence added up, not a probability.

Three things are known of each event: how telling its trigger is, how much of it the words fill in,
and whether more than one mention tells it. docs/events.md says how often events of each band were
right where a reader judged them.
"""

from collections.abc import Sequence

from pipeline.records import Event
from pipeline.tagging.event_draft import Draft

# The lexicon's own grading of the trigger is where it starts.
_BASE = {"strong": 0.6, "medium": 0.5, "weak": 0.4}
_SIDE = 0.1
_SLOT = 0.05
_DOUBT = 0.1
_AGAIN = 0.03
MOST = 0.95
"""No rule over a parse is surer than this."""


def confidence(event: Event, draft: Draft, guessed: bool) -> float:
    """The confidence of one mention, 0 to 1, in hundredths.

    Its trigger's strength (0.4 to 0.6); 0.1 for each side that is known (an entity or a country);
    0.05 each for a date, a place and a number; less 0.1 if it is not told as a fact, less 0.1 if
    the actor was only guessed.

    Args:
        event: The event.
        draft: What it is made of.
        guessed: The actor is what stands before a verb whose subject the parser did not find.
    """
    score = _BASE[draft.trigger.strength]
    score += _SIDE * bool(event.actors or event.actor_countries)
    score += _SIDE * bool(event.recipients or event.recipient_countries)
    score += _SLOT * (
        bool(event.date_edtf) + bool(event.location_id or event.country) + bool(event.counts)
    )
    score -= _DOUBT * (event.status in ("hypothetical", "negated")) + _DOUBT * guessed
    return round(min(MOST, score), 2)


def merged_confidence(mentions: Sequence[Event]) -> float | None:
    """That of the surest mention, and 0.03 more for each other one; None if none is known."""
    known = [event.confidence for event in mentions if event.confidence is not None]
    if not known:
        return None
    return round(min(MOST, max(known) + _AGAIN * (len(known) - 1)), 2)
