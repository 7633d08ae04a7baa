"""From a trigger in a parsed sentence to an event: its arguments, status and slots."""

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.tagging.argument_entities import Participant, phrase_tokens, unite
from pipeline.tagging.argument_roles import Roles, noun_roles, verb_roles
from pipeline.tagging.argument_syntax import is_one_of, is_reduced
from pipeline.tagging.event_admission import is_content, is_idiom
from pipeline.tagging.event_context import NOBODY, ArticleContext, ParsedSentence
from pipeline.tagging.event_draft import Draft
from pipeline.tagging.event_place import date_of, day_near, place_of
from pipeline.tagging.event_status import (
    event_status,
    governing_verb,
    is_recent,
    speaker_tokens,
)
from pipeline.tagging.trigger_lexicon import OFFICIAL, STATE, Trigger
from pipeline.tagging.trigger_match import TriggerMatch

# PLOVER: cooperation that is still to come is a promise of it; a retreat to come a concession.
_FUTURE_TYPES = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}
_ANCESTORS = 3
BEFORE = "before"
"""Role of an actor that stands before a verb whose subject the parser did not find."""


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
    if trigger is None or is_content(match, trigger, others):
        return None
    token = match.token
    if trigger.strength == "weak" and trigger.part == "verb" and is_reduced(token):
        return None  # "des milices soutenues par": a description
    if is_idiom(token, trigger):
        return None
    status = event_status(token, context.words)
    event_type = _final_type(trigger, status)
    if status == "negated" and trigger.negated:
        status = "actual"
    role, actor = _side(trigger.type, trigger.actor_roles, roles, match, sentence, context)
    to_role, recipient = _side(
        trigger.type, trigger.recipient_roles, roles, match, sentence, context, actor
    )
    if not actor and not roles.get("subj") and trigger.part == "verb" and not is_reduced(token):
        guess = context.nearest_left(token, sentence)
        # "Anne Example was arrested": what stands before a passive is no actor of it.
        if guess.entity_ids != recipient.entity_ids:
            role, actor = BEFORE, guess
    taken_from = [(role, actor), (to_role, recipient)]
    if trigger.mutual:
        actor, recipient = unite([p for p in (actor, recipient) if p]), Participant()
        taken_from.append((" + ".join(name for name, side in taken_from if side), actor))
    if recipient and set(recipient.entity_ids) and recipient.entity_ids == actor.entity_ids:
        recipient = Participant()
    said_by = _speaker(token, sentence, context)
    start = sentence.span.start + token.doc[match.first].idx
    last = token.doc[match.last]
    end = sentence.span.start + last.idx + len(last)
    named = frozenset(actor.entity_ids + recipient.entity_ids)
    place = place_of(token, trigger.part, offset, context.body, context.index, context.words, named)
    return Draft(
        trigger,
        event_type,
        _mode(trigger, match, context),
        start,
        end,
        actor,
        recipient,
        date_of(token, trigger.part, offset, context.dates, [other.token for other in others]),
        place,
        status,
        said_by.entity_ids[0] if said_by.entity_ids and said_by != actor else "",
        token.i,
        _above(token),
        tuple(subject.i for subject in roles.get("subj", ())),
        any(
            c.dep_ == "det" and c.lower_ in context.words.list("anaphoric") for c in token.children
        ),
        is_recent(token),
        day_near(token, offset, context.dates),
        tuple((name, side) for name, side in taken_from if side),
    )


def _above(token: Token) -> tuple[int, ...]:
    above: list[int] = []
    current = token
    while current.head != current and len(above) < _ANCESTORS:
        current = current.head
        if current.pos_ != "ADP":
            above.append(int(current.i))
    return tuple(above)


def _roles(match: TriggerMatch, context: ArticleContext) -> Roles:
    token = match.token
    noun = match.candidates[0].part != "verb"
    if match.candidates[0].part == "adjective" and token.dep_ == "amod":
        token = token.head
    roles = noun_roles(token, context.words) if noun else verb_roles(token, context.words)
    # Words of the phrase itself are no arguments; what stands between them may be ("a appelé la
    # France à agir").
    inside = [
        t.i
        for t in token.doc[match.first : match.last + 1]
        if match.first == match.last or any(_is_word(t, c) for c in match.candidates)
    ]
    roles = {
        name: kept
        for name, tokens in roles.items()
        if (kept := [t for t in tokens if t.i not in inside])
    }
    sites = [t for t in roles.get("of", ()) if _is_site(t, context)]
    roles["site"] = sites
    roles["of_actor"] = [t for t in roles.get("of", ()) if t not in sites]
    return roles


def _is_word(token: Token, trigger: Trigger) -> bool:
    return token.lemma_.lower() in trigger.words or token.lower_ in trigger.words


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
    if trigger.objects and trigger.part == "verb" and not subjects:
        return True  # "trois personnes ont été interpellées": the object is enough
    return not trigger.subjects or _any_in(subjects, trigger.subjects, offset, context)


def _any_in(
    heads: Sequence[Token], wanted: frozenset[str], offset: int, context: ArticleContext
) -> bool:
    for head in heads:
        if any(is_one_of(token, wanted) for token in phrase_tokens(head, context.words)):
            return True
        if STATE in wanted and context.is_named(head, offset, ("COUNTRY", "ORGANIZATION")):
            return True
        if OFFICIAL in wanted and context.is_named(head, offset, ("PERSON",)):
            return True
    return False


def _final_type(trigger: Trigger, status: str) -> str:
    if status == "negated" and trigger.negated:
        return trigger.negated
    if status != "future":
        return trigger.type
    return trigger.future or _FUTURE_TYPES.get(trigger.type, trigger.type)


def _side(
    type_: str,
    names: Sequence[str],
    roles: Roles,
    match: TriggerMatch,
    sentence: ParsedSentence,
    context: ArticleContext,
    other: Participant = NOBODY,
) -> tuple[str, Participant]:
    """The first role of a pattern that someone stands in, and who; `other` is the other side."""
    best = "", Participant()
    for name in names:
        if name == "speaker":
            found = [_speaker(match.token, sentence, context)]
        elif name == "adj":
            found = [context.demonym(token, sentence) for token in roles.get(name, ())]
        else:
            judged = type_ == "ACCUSE"
            found = [context.participant(t, sentence, judged, other) for t in roles.get(name, ())]
            if name in context.words.list("locative") and type_ != "CONSULT":
                found = [side for side in found if not context.is_mere_place(side)]
            if name == "obj" and not any(found):
                found = [context.participant(t, sentence) for t in roles.get("obj_outer", [])[:1]]
        side = unite([participant for participant in found if participant])
        if side.countries or side.entity_ids:
            return name, side
        best = best if best[1] else (name, side)
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
