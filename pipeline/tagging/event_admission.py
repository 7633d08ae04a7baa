"""What keeps false alarms out: figures of speech, idioms, and what others only ask for."""

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.tagging.argument_syntax import is_reflexive
from pipeline.tagging.event_context import ArticleContext
from pipeline.tagging.event_draft import Draft
from pipeline.tagging.event_status import is_infinitive
from pipeline.tagging.trigger_lexicon import Trigger
from pipeline.tagging.trigger_match import TriggerMatch

# Verbal acts whose content is not an event of its own: "demande à X de libérer …".
_CONTENT_OF = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT", "CONCEDE", "ACCUSE"})
# Types whose verbs mean something else with "se".
_TRANSITIVE = frozenset({"ASSAULT", "COERCE", "ACCUSE", "SANCTION", "REQUEST", "AID"})


def is_idiom(token: Token, trigger: Trigger) -> bool:
    """A reflexive use that means something else ("s'exécuter", "se demander"), or a homograph."""
    if trigger.part != "verb":
        return False
    if token.lemma_.lower() in ("être", "avoir", "be", "have") and len(trigger.words) == 1:
        return True
    reflexive = is_reflexive(token) and not trigger.reflexive and len(trigger.words) == 1
    return reflexive and trigger.type in _TRANSITIVE and not trigger.mutual


def is_admitted(draft: Draft, context: ArticleContext, counted: bool) -> bool:
    """Whether the arguments bear an event of this trigger: what keeps figures of speech out.

    Args:
        draft: The event.
        context: The article.
        counted: A number of casualties, troops or protesters belongs to it.
    """
    sides = [side for side in (draft.actor, draft.recipient) if side]
    political = [side for side in sides if side.political]
    both = len(political) == 2 or (draft.trigger.mutual and draft.actor.political)
    if draft.status in ("negated", "hypothetical") and len(sides) < 2:
        return False
    if context.domain:
        # A match report's "attaque" has teams and players around it, no states or armies.
        return (draft.trigger.strength == "strong" and bool(political)) or (
            draft.trigger.strength == "medium" and both
        )
    if draft.trigger.strength == "strong":
        return bool(sides) or counted or draft.place is not None
    if draft.trigger.strength == "medium":
        return bool(political) or (counted and bool(sides))
    return both


def is_content(match: TriggerMatch, trigger: Trigger, others: Sequence[TriggerMatch]) -> bool:
    """An infinitive or noun that a request, threat or promise is about."""
    token = match.token
    if trigger.part == "verb" and not is_infinitive(token):
        return False
    heads = {other.token.i: other for other in others if other.token != match.token}
    current = token
    for _ in range(5):
        if current.head == current:
            return False
        current = current.head
        other = heads.get(current.i)
        if other is not None and other.candidates[0].type in _CONTENT_OF:
            kind = other.candidates[0].type
            return kind != "ACCUSE" or trigger.part == "verb"
        if current.pos_ in ("VERB", "AUX") and trigger.part == "noun":
            return False
    return False
