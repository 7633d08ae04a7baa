"""Why an event was coded: the sentence, the entry of the lexicon, and where its sides stood."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.config import TaggingConfig
from pipeline.records import Article, Event, Span, Tags
from pipeline.tagging.event_merge import merge_groups
from pipeline.tagging.events import CodedEvent, trace_events
from pipeline.tagging.model import load_model
from pipeline.tagging.tagger import dated_by


class MentionTrace(NamedTuple):
    """One mention of an event.

    Attributes:
        event: What this mention alone says.
        sentence: Where its sentence stands in the body.
        entry: The lexicon's words for it, as lemmas (`prendre pour cible`).
        part: `verb`, `noun` or `adjective`.
        strength: How much the entry asks for: `strong`, `medium` or `weak`.
        pattern: Its pattern of arguments, as in the lexicon.
        actor_role: The role of the pattern in which the actor stood; empty if the words do not say.
        recipient_role: The same for the recipient.
    """

    event: Event
    sentence: Span
    entry: str
    part: str
    strength: str
    pattern: str
    actor_role: str
    recipient_role: str


class EventTrace(NamedTuple):
    """An event of an article with its mentions, in text order; none where they are not found."""

    event: Event
    mentions: tuple[MentionTrace, ...]


def trace_article(
    article: Article, tags: Tags, anchor: str, config: TaggingConfig
) -> tuple[EventTrace, ...]:
    """Codes an article again and says how each of its events came to be.

    Args:
        article: The article.
        tags: Its tags as they were found: entities, quotes, dates and events.
        anchor: The day that its story pinned down (EDTF) when it was tagged; may be empty.
        config: Which model reads which language.

    Returns:
        One an event of `tags`. An event that the coder of today does not find has no mentions.

    Raises:
        ModelError: The language's model is not installed.
    """
    if article.language not in config.models:
        return tuple(EventTrace(event, ()) for event in tags.events)
    coded = trace_events(
        article.article_id,
        article.body,
        article.language,
        load_model(config.models[article.language]),
        tags.entities,
        tags.quotes,
        tags.dates,
        dated_by(article.published_edtf, anchor),
    )
    found = dict(merge_groups([trace.event for trace in coded]))
    return tuple(EventTrace(e, _mentions(found.get(e, ()), coded)) for e in tags.events)


def _mentions(events: Sequence[Event], coded: Sequence[CodedEvent]) -> tuple[MentionTrace, ...]:
    return tuple(_mention(trace) for event in events for trace in coded if trace.event == event)


def _mention(coded: CodedEvent) -> MentionTrace:
    draft = coded.draft
    trigger = draft.trigger
    link = "+" if trigger.mutual else ">"
    pattern = f"{' '.join(trigger.actor_roles)} {link} {' '.join(trigger.recipient_roles)}"
    return MentionTrace(
        coded.event,
        coded.sentence,
        ("se " if trigger.reflexive else "") + " ".join(trigger.words),
        trigger.part,
        trigger.strength,
        pattern.strip(),
        draft.role_of(draft.actor) if draft.actor else "",
        draft.role_of(draft.recipient) if draft.recipient else "",
    )
