"""When and where: the date and the place of an event, from its sentence and what came before."""

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.records import DateExpression, Entity
from pipeline.tagging.argument_entities import PLACES, Located, MentionIndex
from pipeline.tagging.event_status import governing_verb, is_core
from pipeline.tagging.trigger_lexicon import EventWords

# Types that take place somewhere; words are said rather than done in a place.
PHYSICAL = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "COERCE", "RETREAT", "AID", "CONSULT"})
# What stands in another clause is as far as this many code points; farther than _REACH it is
# somebody else's. Both found by hand on press text: a clause is 60 to 90 code points long.
_OTHER_CLAUSE = 70
_DAY = len("2019-12-31")
_REACH = {"verb": 160, "noun": 110, "adjective": 110}


def date_of(
    trigger: Token,
    part: str,
    offset: int,
    dates: Sequence[DateExpression],
    rivals: Sequence[Token] = (),
) -> str:
    """The nearest date of the trigger's clause, or close by.

    Of several dates in a sentence, one that another trigger stands nearer to is that one's.

    Args:
        trigger: The trigger's head in its sentence.
        part: Its part of speech in the lexicon.
        offset: Where the sentence starts in the body.
        dates: The article's date expressions.
        rivals: The heads of all triggers of the sentence.

    Returns:
        EDTF; empty if no date that is understood belongs to it.
    """
    found = [
        (cost, date.start, date)
        for date in dates
        if date.edtf
        and (cost := _cost(trigger, offset, date.start, date.end)) <= _REACH[part]
        and not _of_another_noun(trigger, offset, date)
    ]
    if len(found) > 1:
        own = [
            (cost, start, date)
            for cost, start, date in found
            if all(_cost(other, offset, date.start, date.end) >= cost for other in rivals)
        ]
        found = own or found
    return min(found)[2].edtf if found else ""


def _of_another_noun(trigger: Token, offset: int, date: DateExpression) -> bool:
    """Whether a date qualifies a noun beside the trigger: "à la mort vendredi de"."""
    start = max(0, date.start - offset)
    span = trigger.doc.char_span(start, date.end - offset, alignment_mode="expand")
    if span is None or span.root.dep_ != "nmod":
        return False
    noun = span.root.head
    return noun.pos_ == "NOUN" and noun.i > trigger.i and noun.head != trigger


def day_near(trigger: Token, offset: int, dates: Sequence[DateExpression]) -> str:
    """The nearest day that the trigger's sentence names, whatever it belongs to there.

    Returns:
        EDTF of a day; empty if the sentence names none.
    """
    inside = [
        (_cost(trigger, offset, date.start, date.end), date.start, date.edtf)
        for date in dates
        if offset <= date.start < offset + len(trigger.doc.text) and len(date.edtf) == _DAY
    ]
    return min(inside)[2] if inside else ""


def place_of(
    trigger: Token,
    part: str,
    offset: int,
    body: str,
    index: MentionIndex,
    words: EventWords,
    excluded: frozenset[str],
) -> Entity | None:
    """The nearest place that the trigger's clause names after a preposition of place.

    Args:
        trigger: The trigger's head in its sentence.
        part: Its part of speech in the lexicon.
        offset: Where the sentence starts in the body.
        body: The article's text.
        index: Its mentions.
        words: The language's word classes.
        excluded: entity_ids that act in the event by name and are no place of it.
    """
    best: tuple[int, int, Entity] | None = None
    for located in index.between(offset, offset + len(trigger.doc.text)):
        if not _is_place(located, body, words):
            continue
        before = located.start < offset + trigger.idx
        if before and located.entity.entity_id in excluded:
            continue
        cost = _cost(trigger, offset, located.start, located.end)
        # Places stand after what happens there more often than before.
        cost = cost * 2 if before else cost
        # A place far off is better than none: articles stay where they are.
        if best is None or (cost, located.start) < best[:2]:
            best = (cost, located.start, located.entity)
    return best[2] if best and best[0] <= 2 * _REACH[part] else None


def _is_place(located: Located, body: str, words: EventWords) -> bool:
    if located.entity.type not in PLACES or located.mention.kind != "name":
        return False
    if located.mention.metonym:
        return False
    return _preposition(body, located.start) in words.list("locative")


def _cost(trigger: Token, offset: int, start: int, end: int) -> int:
    """How far characters of the body are from a trigger, in code points; far in other sentences."""
    low, high = start - offset, end - offset
    if high <= 0 or low >= len(trigger.doc.text):
        return 10_000
    gap = max(0, trigger.idx - high, low - trigger.idx - len(trigger))
    span = trigger.doc.char_span(max(0, low), high, alignment_mode="expand")
    return gap + (0 if span is None or _same_clause(span.root, trigger) else _OTHER_CLAUSE)


def _same_clause(token: Token, trigger: Token) -> bool:
    current = token
    while current != trigger and current.pos_ not in ("VERB", "AUX") and current.head != current:
        current = current.head
    if current == trigger:
        return True
    verb = governing_verb(trigger)
    if current != verb:
        return False
    # "condamne lundi l'attaque": the day is the verb's; only a core noun shares it.
    return trigger == verb or is_core(trigger)


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
