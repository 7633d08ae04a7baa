"""What a story needs of its articles once they are tagged."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.months import UNKNOWN_MONTH
from pipeline.records import CopyPair, Tags

MAX_ENTITIES = 10


class Member(NamedTuple):
    """One article of a story.

    Attributes:
        article_id: The article.
        agencies: Whom it credits as the origin of its text.
        pairs: What it copied from others.
        tags: What tagging found in it.
        month: The month that it was published in.
    """

    article_id: str
    agencies: tuple[str, ...]
    pairs: tuple[CopyPair, ...]
    tags: Tags
    month: str = UNKNOWN_MONTH


def main_entities(members: Iterable[Member]) -> tuple[str, ...]:
    """The entities that most articles of a story name, at most `MAX_ENTITIES`.

    Returns:
        entity_ids: those of most articles first, then of most mentions, then by id.
    """
    articles: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for member in members:
        for entity in member.tags.entities:
            articles[entity.entity_id] += 1
            mentions[entity.entity_id] += len(entity.mentions)
    ranked = sorted(articles, key=lambda e: (-articles[e], -mentions[e], e))
    return tuple(ranked[:MAX_ENTITIES])
