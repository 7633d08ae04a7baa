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
        day_near: A day that its sentence names for something else (EDTF); empty if none.
        taken_from: Which role of the pattern each side stood in: names with participants.
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
    day_near: str = ""
    taken_from: tuple[tuple[str, Participant], ...] = ()

    def role_of(self, side: Participant) -> str:
        """The role that a side was found in; empty if the words do not say."""
        return next((role for role, found in self.taken_from if found == side), "")
