"""An event between its sentence and its article."""

from typing import NamedTuple

from pipeline.records import Entity
from pipeline.tagging.argument_entities import Participant
from pipeline.tagging.trigger_lexicon import Trigger


class Draft(NamedTuple):
    """An event before merging: like `records.Event`, with both sides still as participants.

    Attributes:
        token: Index of the trigger's head in its sentence.
        above: Indices of the words above it, the nearest first.
        subjects: Indices of the words that its subject role holds.
        anaphoric: It points back ("ces attaques").
        recent: Its clause speaks of the news of the day: neither imperfect nor pluperfect.
    """

    trigger: Trigger
    type: str
    mode: str
    start: int
    end: int
    actor: Participant
    recipient: Participant
    date_edtf: str
    place: Entity | None
    status: str
    attributed_by: str
    token: int
    above: tuple[int, ...]
    subjects: tuple[int, ...]
    anaphoric: bool
    recent: bool
