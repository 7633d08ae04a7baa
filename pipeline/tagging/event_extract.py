"""From a trigger in a parsed sentence to an event: its arguments, status and slots."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.records import Entity
from pipeline.tagging.argument_entities import PLACES, Participant, phrase_tokens, unite
from pipeline.tagging.argument_roles import Roles, noun_roles, verb_roles
from pipeline.tagging.argument_syntax import is_one_of, is_reduced, is_reflexive
from pipeline.tagging.event_context import ArticleContext, ParsedSentence
from pipeline.tagging.event_place import PHYSICAL, date_of, place_of
from pipeline.tagging.event_status import (
    event_status,
    governing_verb,
    is_infinitive,
    speaker_tokens,
)
from pipeline.tagging.trigger_lexicon import STATE, Trigger
from pipeline.tagging.trigger_match import TriggerMatch

# Verbal acts whose content is not an event of its own: "demande à X de libérer …".
_CONTENT_OF = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT", "CONCEDE", "ACCUSE"})
# PLOVER: cooperation that is still to come is a promise of it; a retreat to come a concession.
_FUTURE_TYPES = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}


_TRANSITIVE = frozenset({"ASSAULT", "COERCE", "ACCUSE", "SANCTION", "REQUEST", "AID"})
_ANCESTORS = 3


class Draft(NamedTuple):
    """An event before merging: like `records.Event`, with both sides still as participants.

    Attributes:
        token: Index of the trigger's head in its sentence.
        above: Indices of the words above it, the nearest first.
        subjects: Indices of the words that its subject role holds.
        anaphoric: It points back ("ces attaques").
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


def extract(
    match: TriggerMatch,
    sentence: ParsedSentence,
    context: ArticleContext,
    others: Sequence[TriggerMatch],
) -> Draft | None:
    """Codes one trigger; None if it tells no event.

    Args:
        match: The trigger.
        sentence: Its sentence.
        context: The article.
        others: All triggers of the sentence.
    """
    roles = _roles(match, context)
    offset = sentence.span.start
    trigger = next((t for t in match.candidates if _fits(t, roles, offset, context)), None)
    if trigger is None or _is_content(match, trigger, others):
        return None
    token = match.token
    if trigger.strength == "weak" and trigger.part == "verb" and is_reduced(token):
        return None  # "des milices soutenues par": a description
    if _is_idiom(token, trigger):
        return None
    status = event_status(token, context.words)
    event_type = _final_type(trigger, status)
    if status == "negated" and trigger.negated:
        status = "actual"
    actor = _side(trigger.actor_roles, roles, match, sentence, context)
    recipient = _side(trigger.recipient_roles, roles, match, sentence, context)
    if not actor and not roles.get("subj") and trigger.part == "verb" and not is_reduced(token):
        actor = context.nearest_left(token, sentence)
    if trigger.mutual:
        actor, recipient = unite([p for p in (actor, recipient) if p]), Participant()
    if recipient and set(recipient.entity_ids) and recipient.entity_ids == actor.entity_ids:
        recipient = Participant()
    said_by = _speaker(token, sentence, context)
    start = sentence.span.start + token.doc[match.first].idx
    last = token.doc[match.last]
    end = sentence.span.start + last.idx + len(last)
    span = (sentence.span.start, sentence.span.end)
    named = frozenset(actor.entity_ids + recipient.entity_ids)
    place = place_of(span, (start, end), context.body, context.index, context.words, named)
    return Draft(
        trigger,
        event_type,
        _mode(trigger, match, context),
        start,
        end,
        actor,
        recipient,
        date_of(span, (start, end), sentence.verbs, context.dates),
        place,
        status,
        said_by.entity_ids[0] if said_by.entity_ids and said_by != actor else "",
        token.i,
        _above(token),
        tuple(subject.i for subject in roles.get("subj", ())),
        any(child.lower_ in context.words.list("anaphoric") for child in token.children),
    )


def _above(token: Token) -> tuple[int, ...]:
    above: list[int] = []
    current = token
    while current.head != current and len(above) < _ANCESTORS:
        current = current.head
        if current.pos_ != "ADP":
            above.append(int(current.i))
    return tuple(above)


def _is_idiom(token: Token, trigger: Trigger) -> bool:
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


def _roles(match: TriggerMatch, context: ArticleContext) -> Roles:
    token = match.token
    noun = match.candidates[0].part != "verb"
    if match.candidates[0].part == "adjective" and token.dep_ == "amod":
        token = token.head
    roles = noun_roles(token, context.words) if noun else verb_roles(token, context.words)
    inside = range(match.first, match.last + 1)
    # Words of the phrase itself are no arguments.
    roles = {
        name: kept
        for name, tokens in roles.items()
        if (kept := [t for t in tokens if t.i not in inside])
    }
    sites = [t for t in roles.get("of", ()) if _is_site(t, context)]
    roles["site"] = sites
    roles["of_actor"] = [t for t in roles.get("of", ()) if t not in sites]
    return roles


def _is_site(token: Token, context: ArticleContext) -> bool:
    return is_one_of(token, context.words.classes["sites"])


def _fits(trigger: Trigger, roles: Roles, offset: int, context: ArticleContext) -> bool:
    objects = (
        [*roles.get("obj", ()), *roles.get("of", ())]
        if trigger.part == "noun"
        else [*roles.get("obj", ()), *roles.get("obj_outer", ())]
    )
    if trigger.objects and not _any_in(objects, trigger.objects, offset, context):
        return False
    subjects = roles.get("subj", ())
    return not trigger.subjects or _any_in(subjects, trigger.subjects, offset, context)


def _any_in(
    heads: Sequence[Token], wanted: frozenset[str], offset: int, context: ArticleContext
) -> bool:
    for head in heads:
        if any(is_one_of(token, wanted) for token in phrase_tokens(head, context.words)):
            return True
        if STATE in wanted and context.is_state(head, offset):
            return True
    return False


def _is_content(match: TriggerMatch, trigger: Trigger, others: Sequence[TriggerMatch]) -> bool:
    """An infinitive or noun that a request, threat or promise is about."""
    token = match.token
    if trigger.part == "verb" and not is_infinitive(token):
        return False
    heads = {other.token.i: other for other in others if other is not match}
    current = token
    for _ in range(5):
        if current.head is current:
            return False
        current = current.head
        other = heads.get(current.i)
        if other is not None and other.candidates[0].type in _CONTENT_OF:
            kind = other.candidates[0].type
            return kind != "ACCUSE" or trigger.part == "verb"
        if current.pos_ in ("VERB", "AUX") and trigger.part == "noun":
            return False
    return False


def _final_type(trigger: Trigger, status: str) -> str:
    if status == "negated" and trigger.negated:
        return trigger.negated
    if status != "future":
        return trigger.type
    return trigger.future or _FUTURE_TYPES.get(trigger.type, trigger.type)


def _side(
    names: Sequence[str],
    roles: Roles,
    match: TriggerMatch,
    sentence: ParsedSentence,
    context: ArticleContext,
) -> Participant:
    """The first role of a pattern that someone stands in."""
    best = Participant()
    for name in names:
        if name == "speaker":
            found = [_speaker(match.token, sentence, context)]
        elif name == "adj":
            found = [context.demonym(token, sentence) for token in roles.get(name, ())]
        else:
            found = [context.participant(token, sentence) for token in roles.get(name, ())]
            if name == "obj" and not any(found):
                found = [context.participant(t, sentence) for t in roles.get("obj_outer", [])[:1]]
        side = unite([participant for participant in found if participant])
        if side.countries or side.entity_ids:
            return side
        best = best or side
    return best


def _speaker(token: Token, sentence: ParsedSentence, context: ArticleContext) -> Participant:
    position = sentence.span.start + token.idx
    if context.index.quote_at(position) is not None:
        return context.speaker_at(position)
    tokens = speaker_tokens(token, context.words)
    return unite([p for p in (context.participant(t, sentence) for t in tokens) if p])


def _mode(trigger: Trigger, match: TriggerMatch, context: ArticleContext) -> str:
    """The lexicon's mode, else what the words that follow speak of."""
    kinds = context.words.content_modes.get(trigger.type, ())
    if trigger.mode or not kinds:
        return trigger.mode
    verb = governing_verb(match.token)
    following = [t for t in match.token.doc[match.first :] if t.pos_ != "PUNCT"][:16]
    if trigger.type == "ASSAULT":
        # An instrument belongs to the words next to it only.
        following = following[:6]
    for token in following:
        for mode, words in kinds:
            if token.lemma_.lower() in words or token.lower_ in words:
                return mode
    if verb is not match.token:
        for mode, words in kinds:
            if any(child.lemma_.lower() in words for child in verb.children):
                return mode
    return ""


def place_fields(draft: Draft, context: ArticleContext) -> tuple[str, str]:
    """The event's place and its country, from its sentence, its target or the whole article."""
    if draft.place is not None:
        return draft.place.entity_id, draft.place.country
    if draft.type not in PHYSICAL:
        return "", ""
    for entity_id in draft.recipient.entity_ids:
        entity = context.index.entities.get(entity_id)
        if entity is not None and entity.type in PLACES:
            return entity_id, entity.country
    if context.place is not None and draft.type in ("PROTEST", "COERCE", "ASSAULT"):
        return context.place.entity_id, context.place.country
    return "", ""
