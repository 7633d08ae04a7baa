"""Event coding: what happened, who did it to whom, when, where, and who says so (PLOVER 2.0).

Only sentences that hold a trigger's words are parsed; that is the cost of it (docs/events.md).
"""

import functools
import hashlib
import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.records import DateExpression, Entity, Event, Quote, Span
from pipeline.tagging.argument_entities import PLACES, Participant
from pipeline.tagging.count_units import UNIT_TYPES, CountedThing, find_counts
from pipeline.tagging.event_admission import is_admitted
from pipeline.tagging.event_confidence import confidence
from pipeline.tagging.event_context import ArticleContext, ParsedSentence
from pipeline.tagging.event_draft import Draft
from pipeline.tagging.event_extract import BEFORE, extract
from pipeline.tagging.event_link import link_drafts
from pipeline.tagging.event_merge import merge_events
from pipeline.tagging.event_place import PHYSICAL
from pipeline.tagging.model import LanguageModel
from pipeline.tagging.sentences import split_sentences
from pipeline.tagging.trigger_forms import TriggerForms, build_forms, may_hold_trigger
from pipeline.tagging.trigger_lexicon import LANGUAGES, load_trigger_lexicon
from pipeline.tagging.trigger_match import match_triggers

# No sentence of prose is longer; lists, tables and hostile text are, and tell no events.
MAX_SENTENCE = 1500
_CACHED_SENTENCES = 4096
_SURROGATE = re.compile("[\ud800-\udfff]")


class CodedEvent(NamedTuple):
    """One mention of an event with what it was made of.

    Attributes:
        event: The event, before mentions are merged.
        draft: Its trigger and sides.
        sentence: Where its sentence stands in the body.
    """

    event: Event
    draft: Draft
    sentence: Span


class _Parser:
    """Parses sentences, each distinct one once: copies and repeated paragraphs cost nothing."""

    def __init__(self, model: LanguageModel, language: str) -> None:
        self._model = model
        self.forms: TriggerForms = build_forms(load_trigger_lexicon(language), model.vocabulary)
        self._docs: OrderedDict[str, Doc] = OrderedDict()

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        missing = [t for t in dict.fromkeys(texts) if t not in self._docs]
        parsed = dict(zip(missing, self._model.parse(missing), strict=True))
        found = [parsed[t] if t in parsed else self._docs[t] for t in texts]
        self._docs.update(parsed)
        for text in texts:
            self._docs.move_to_end(text)
        while len(self._docs) > _CACHED_SENTENCES:
            self._docs.popitem(last=False)
        return found


@functools.lru_cache(maxsize=8)
def _parser(model: LanguageModel, language: str) -> _Parser:
    return _Parser(model, language)


def parse_ahead(bodies: Sequence[str], language: str, model: LanguageModel) -> None:
    """Parses the sentences of several articles in one batch, for `code_events` to find.

    It changes the cost only: half as much a sentence as one article at a time.

    Args:
        bodies: Clean texts of one language.
        language: `fr` or `en`; others are left alone.
        model: The language's spaCy pipeline.
    """
    if language not in LANGUAGES:
        return
    parser = _parser(model, language)
    parser.parse(
        [
            _plain(body[span.start : span.end])
            for body in bodies
            for span in _telling(body, parser.forms)
        ]
    )


def code_events(
    article_id: str,
    body: str,
    language: str,
    model: LanguageModel,
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
    dates: Sequence[DateExpression],
    published_edtf: str,
) -> tuple[Event, ...]:
    """Codes the events that an article reports.

    Args:
        article_id: Goes into the event_ids.
        body: The clean text.
        language: `fr` or `en`; other languages have no events.
        model: The language's spaCy pipeline.
        entities: The article's entities with their mentions.
        quotes: Its quotations with their speakers.
        dates: Its date expressions, resolved.
        published_edtf: Its own date, in whatever precision; empty if unknown.

    Returns:
        One event a happening, in text order.
    """
    coded = trace_events(article_id, body, language, model, entities, quotes, dates, published_edtf)
    return merge_events([trace.event for trace in coded])


def trace_events(
    article_id: str,
    body: str,
    language: str,
    model: LanguageModel,
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
    dates: Sequence[DateExpression],
    published_edtf: str,
) -> tuple[CodedEvent, ...]:
    """Codes events as `code_events` does, mention by mention, and keeps what each is made of.

    Args:
        article_id: As in `code_events`, like all others.
        body: The clean text.
        language: Its language.
        model: The language's spaCy pipeline.
        entities: The article's entities.
        quotes: Its quotations.
        dates: Its date expressions.
        published_edtf: Its own date.

    Returns:
        One a mention, in text order.
    """
    if language not in LANGUAGES or not body.strip():
        return ()
    parser = _parser(model, language)
    spans = _telling(body, parser.forms)
    docs = parser.parse([_plain(body[span.start : span.end]) for span in spans])
    context = ArticleContext(
        body, parser.forms.lexicon.words, entities, quotes, dates, published_edtf
    )
    coded: list[CodedEvent] = []
    for span, doc in zip(spans, docs, strict=True):
        coded += _sentence_events(article_id, span, doc, context, parser.forms)
    return tuple(coded)


def _telling(body: str, forms: TriggerForms) -> list[Span]:
    """The sentences that may tell an event."""
    return [
        span
        for span in split_sentences(body)
        if span.end - span.start <= MAX_SENTENCE
        and may_hold_trigger(body[span.start : span.end], forms)
    ]


def _plain(sentence: str) -> str:
    """One for one, so that offsets hold: models know the straight apostrophe, and no surrogates."""
    return _SURROGATE.sub("?", sentence.replace("’", "'"))


def _sentence_events(
    article_id: str, span: Span, doc: Doc, context: ArticleContext, forms: TriggerForms
) -> list[CodedEvent]:
    sentence = ParsedSentence(span, doc, _finite_verbs(span, doc))
    matches = match_triggers(doc, forms)
    drafts: list[Draft] = []
    for match in matches:
        draft = extract(match, sentence, context, matches)
        if draft is not None:
            drafts.append(draft)
    drafts = link_drafts(drafts)
    counts = _assign(find_counts(doc, context.words.language) if drafts else (), drafts, span)
    coded: list[CodedEvent] = []
    for place, draft in enumerate(drafts):
        if not is_admitted(draft, context, bool(counts[place])):
            continue
        draft = draft._replace(date_edtf=context.date_for(draft))
        event = _event(article_id, draft, counts[place], context)
        guessed = draft.role_of(draft.actor) == BEFORE
        event = event._replace(confidence=confidence(event, draft, guessed))
        coded.append(CodedEvent(event, draft, span))
        context.remember(draft)
    return coded


def _event(
    article_id: str, draft: Draft, things: Sequence[CountedThing], context: ArticleContext
) -> Event:
    location_id, country = _place_fields(draft, context)
    counts = {thing.quantity.unit: thing.quantity for thing in reversed(things)}
    return Event(
        event_id=_event_id(article_id, draft),
        type=draft.type,
        mode=draft.mode,
        trigger_start=draft.start,
        trigger_end=draft.end,
        trigger=context.body[draft.start : draft.end],
        actors=draft.actor.entity_ids,
        recipients=draft.recipient.entity_ids,
        actor_countries=_countries(draft.actor, draft.recipient, draft, context),
        recipient_countries=_countries(draft.recipient, draft.actor, draft, context),
        date_edtf=draft.date_edtf,
        location_id=location_id,
        country=country,
        counts=tuple(counts[unit] for unit in sorted(counts)),
        status=draft.status,
        attributed_by=draft.attributed_by,
    )


def _countries(
    side: Participant, other: Participant, draft: Draft, context: ArticleContext
) -> tuple[str, ...]:
    """A side's countries; "the police" without more are those of the place."""
    if side.countries or not side.political or side.entity_ids:
        return side.countries
    if side.head in context.words.list("rulers"):
        last = context.country_before(draft.start, other.countries)
        if last:
            return (last,)
    country = context.default_country(draft.place)
    return (country,) if country else ()


def _assign(
    things: Sequence[CountedThing], drafts: Sequence[Draft], span: Span
) -> list[list[CountedThing]]:
    """Gives each number to the nearest event of the sentence that it can belong to."""
    assigned: list[list[CountedThing]] = [[] for _ in drafts]
    for thing in things:
        kinds = UNIT_TYPES.get(thing.quantity.unit, ())
        best: tuple[int, int, int] | None = None
        for place, draft in enumerate(drafts):
            if draft.type not in kinds:
                continue
            start = span.start + thing.start
            gap = max(0, draft.start - start, start - draft.end)
            if best is None or (kinds.index(draft.type), gap, place) < best:
                best = (kinds.index(draft.type), gap, place)
        if best is not None:
            assigned[best[2]].append(thing)
    return assigned


def _finite_verbs(span: Span, doc: Doc) -> tuple[int, ...]:
    return tuple(
        span.start + token.idx
        for token in doc
        if token.pos_ in ("VERB", "AUX")
        and ("Fin" in token.morph.get("VerbForm", []) or token.tag_ in ("VBD", "VBZ", "VBP", "MD"))
        and not token.dep_.startswith("aux")
    )


def _event_id(article_id: str, draft: Draft) -> str:
    key = f"{article_id}\0{draft.start}\0{draft.type}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(key, digest_size=8).hexdigest()


def _place_fields(draft: Draft, context: ArticleContext) -> tuple[str, str]:
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
