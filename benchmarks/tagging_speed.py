"""Articles a second: entity tagging, all tagging, and spaCy's full pipeline on the same text."""

import gzip
import json
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy

from pipeline.config import TaggingConfig
from pipeline.records import Article
from pipeline.tagging.entities import find_entities
from pipeline.tagging.gazetteer import load_gazetteer
from pipeline.tagging.model import load_model
from pipeline.tagging.passages import split_passages
from pipeline.tagging.tagger import Tagger


def read_texts(path: Path, count: int) -> list[str]:
    """The first texts of a JSON Lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line)["text"] for line, _ in zip(stream, range(count), strict=False)]


def measure_speed(bodies: Sequence[str], language: str) -> dict[str, Any]:
    """Processor seconds turned into articles a second; loading is timed apart.

    Each way of tagging gets the same texts in the same process, after a warm-up.
    """
    config = TaggingConfig()
    began = time.process_time()
    load_gazetteer.__wrapped__()
    gazetteer_seconds = time.process_time() - began
    articles = [article(str(number), body, language) for number, body in enumerate(bodies)]
    Tagger(config).tag(articles[:3])

    began = time.process_time()
    tag_entities_alone(bodies, language, config)
    entity_seconds = time.process_time() - began
    began = time.process_time()
    tagger = Tagger(config)
    for start in range(0, len(articles), 32):
        tagger.tag(articles[start : start + 32])
    all_seconds = time.process_time() - began
    megabytes = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

    full = spacy.load(config.models[language])
    list(full.pipe(bodies[:3]))
    began = time.process_time()
    for _ in full.pipe(bodies, batch_size=64):
        pass
    spacy_seconds = time.process_time() - began
    return {
        "articles": len(bodies),
        "words": sum(len(body.split()) for body in bodies),
        "gazetteer_load_seconds": round(gazetteer_seconds, 2),
        "spacy_full_articles_per_second": round(len(bodies) / spacy_seconds, 1),
        "entities_articles_per_second": round(len(bodies) / entity_seconds, 1),
        "entities_over_spacy": round(spacy_seconds / entity_seconds, 2),
        "all_tags_articles_per_second": round(len(bodies) / all_seconds, 1),
        "peak_megabytes": megabytes,
    }


def tag_entities_alone(bodies: Sequence[str], language: str, config: TaggingConfig) -> None:
    """What the tagger does for entities, without dates, quotes and events."""
    model = load_model(config.models[language])
    passages = [(n, span) for n, body in enumerate(bodies) for span in split_passages(body)]
    names = model.names([bodies[n][span.start : span.end] for n, span in passages])
    by_body: list[list[Any]] = [[] for _ in bodies]
    for (number, span), found in zip(passages, names, strict=True):
        by_body[number] += [
            name._replace(start=name.start + span.start, end=name.end + span.start)
            for name in found
        ]
    for body, spans in zip(bodies, by_body, strict=True):
        find_entities(body, language, spans, load_gazetteer(), model.is_word)


def article(article_id: str, body: str, language: str) -> Article:
    """A text as an article that nothing else is known about."""
    return Article(
        article_id=article_id,
        language=language,
        body=body,
        word_count=len(body.split()),
        content_hash=article_id,
    )
