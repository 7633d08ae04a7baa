"""A gold article and its tags, brought to the form that the gold and its scorer have."""

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from pipeline.config import Config
from pipeline.records import Article, Entity, ParsedItem, Tags
from pipeline.tagging.tagger import Tagger
from pipeline.text.article import assemble
from pipeline.text.cleaning import CleanText, clean_text

_LABELS = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    "COUNTRY": "LOC",
    "CITY": "LOC",
    "REGION": "LOC",
    "FACILITY": "LOC",
}
_ROLES = {"in_text_source": "mention", "in_text_mention": "mention"}


class Read(NamedTuple):
    """One gold article as wirecopy reads it."""

    raw: str
    clean: CleanText
    article: Article


def read_article(article_id: str, raw: str) -> Read:
    """Cleans an article's raw text."""
    clean = clean_text(raw)
    article = assemble(ParsedItem(source_uri=article_id, text=raw), clean, Config().clean)
    return Read(raw, clean, article)


def mentions(read: Read, tags: Tags, tagger: Tagger) -> list[dict[str, Any]]:
    """Names in the raw text, in the scorer's form: from the body, then from what was removed."""
    found = {
        (start, end): _mention(start, end, entity, metonym)
        for entity in tags.entities
        for start, end, metonym in _raw_names(read, entity)
    }
    for start, text in _removed(read):
        part = read.article._replace(body=text, article_id="")
        for entity in tagger.tag_one(part).entities:
            for m in entity.mentions:
                if m.kind == "name":
                    span = (start + m.start, start + m.end)
                    found.setdefault(span, _mention(*span, entity, m.metonym))
    return [found[span] for span in sorted(found) if found[span]["label"]]


def _mention(start: int, end: int, entity: Entity, metonym: bool) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "label": "LOC" if metonym else _LABELS.get(entity.type, ""),
        "entity": entity.entity_id,
        "country": entity.country or None,
    }


def _raw_names(read: Read, entity: Entity) -> Iterator[tuple[int, int, bool]]:
    for m in entity.mentions:
        start = to_raw(read.clean, m.start)
        if m.kind == "name" and start is not None:
            yield start, start + len(m.text), m.metonym


def _removed(read: Read) -> Iterator[tuple[int, str]]:
    """Each piece of text that cleaning took away or made the headline, with its place."""
    floor = 0
    headline = [read.article.headline] if read.article.headline else []
    for text in [*headline, *(r.text for r in read.clean.removed)]:
        start = read.raw.find(text, floor)
        if start < 0:
            start = read.raw.find(text)
        if start >= 0:
            floor = start + len(text)
            yield start, text


def to_raw(clean: CleanText, offset: int) -> int | None:
    """Where a place of the body stands in the raw text; None if it was not there."""
    for span in clean.spans:
        if span.start <= offset < span.start + span.length:
            return span.raw + offset - span.start
    return None


def prediction(read: Read, tags: Tags, tagger: Tagger) -> dict[str, Any]:
    """One article's tags in the scorer's form."""

    def raw(offset: int) -> int:
        return to_raw(read.clean, offset) or 0

    first = {e.entity_id: e.mentions[0] for e in tags.entities if e.mentions}
    return {
        "mentions": mentions(read, tags, tagger),
        "events": [
            {
                "type": e.type,
                "start": raw(e.trigger_start),
                "end": raw(e.trigger_start) + len(e.trigger),
                "actor_countries": list(e.actor_countries),
                "recipient_countries": list(e.recipient_countries),
                "date": e.date_edtf or None,
                "country": e.country or None,
            }
            for e in tags.events
        ],
        "quotes": [
            {
                "start": raw(q.start),
                "end": raw(q.start) + len(q.text),
                "speaker": (
                    {
                        "start": raw(first[q.speaker_id].start),
                        "end": raw(first[q.speaker_id].end - 1) + 1,
                    }
                    if q.speaker_id in first
                    else None
                ),
                "speaker_name": q.speaker or None,
            }
            for q in tags.quotes
        ],
    }


def credits_right(gold: Mapping[str, Any], article: Article) -> dict[str, Any]:
    """Agency credits by agency and role, against the detailed gold."""
    wanted = sorted((c["agency"], _ROLES.get(c["role"], c["role"])) for c in gold["agency_credits"])
    got = sorted((c.agency, c.role) for c in article.credits)
    return {
        "gold": len(wanted),
        "right": len(_common(wanted, got)),
        "missing": _without(wanted, got),
        "extra": _without(got, wanted),
    }


def boilerplate_right(gold: Mapping[str, Any], article: Article) -> dict[str, Any]:
    """Pieces of boilerplate that are gone from the body."""
    pieces = [
        line.strip() for piece in gold["boilerplate"] for line in piece.split("\n") if line.strip()
    ]
    lines = {line.strip() for line in article.body.split("\n")}
    left = [p for p in pieces if p in lines or (len(p) > 20 and p in article.body)]
    return {"gold": len(pieces), "removed": len(pieces) - len(left), "left": left}


def dates_right(
    gold: Mapping[str, Any], read: Read, tags: Tags, scorer: ModuleType
) -> dict[str, int]:
    """Date expressions found, and resolved to what the gold says."""
    spans = [(to_raw(read.clean, d.start) or 0, len(d.text), d.edtf) for d in tags.dates]
    found = right = 0
    for date in gold["dates"]:
        start, end = date["start"], date["start"] + len(date["text"])
        hits = [edtf for at, length, edtf in spans if at < end and start < at + length]
        found += bool(hits)
        right += any(scorer.date_ok(date["edtf"], edtf) for edtf in hits)
    return {"gold": len(gold["dates"]), "found": found, "right": right}


def _common(one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    rest = list(other)
    return [x for x in one if x in rest and not rest.remove(x)]  # type: ignore[func-returns-value]


def _without(one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    rest = list(other)
    return [x for x in one if x not in rest or rest.remove(x)]  # type: ignore[func-returns-value]
