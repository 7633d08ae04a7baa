"""Stories: which articles tell one happening.

A pure function of the set of articles: no order, no batching changes a story. Three steps:

1. articles of one window that copy one another are one text, told by its lead;
2. texts close in time that share heavy terms are candidates (`candidates`);
3. candidates join by average linkage, window by window, then over their borders (`linkage`).

A window is a month, or as many as a long `span_days` needs. A story depends on the windows in which
its articles lie and on those beside them, and on articles whose month is not known.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from pipeline.config import StoriesConfig
from pipeline.records import CopyPair, Story
from pipeline.stories.candidates import candidate_pairs
from pipeline.stories.interval import UNDATED, window_of
from pipeline.stories.linkage import LinkRule, link
from pipeline.stories.origins import COPIES, connected, count_origins
from pipeline.stories.signature import StoryInput

__all__ = ["StoryInput", "find_stories"]


def find_stories(
    inputs: Iterable[StoryInput], pairs: Iterable[CopyPair], config: StoriesConfig
) -> tuple[Story, ...]:
    """Groups articles into stories; every article is in exactly one.

    Args:
        inputs: What the rule looks at in each article; of an id given twice the last in sorting
            order counts.
        pairs: The copies among them.
        config: Thresholds.

    Returns:
        Stories, sorted by story_id.
    """
    by_id = {i.article_id: i for i in sorted(inputs, key=lambda i: (i.article_id, i.terms))}
    copies = sorted(
        {(p.article_id, p.of_article_id): p for p in sorted(pairs)}.values(),
        key=lambda p: (p.article_id, p.of_article_id),
    )
    later = {p.article_id for p in copies if p.relation in COPIES and p.of_article_id in by_id}
    rule = LinkRule(config.similarity, config.day_penalty, config.span_days)
    window = {i.article_id: window_of(i.interval, rule.window_months) for i in by_id.values()}
    edges = [
        (p.article_id, p.of_article_id)
        for p in copies
        if p.relation in COPIES and p.article_id in by_id and p.of_article_id in by_id
    ]
    within = [edge for edge in edges if window[edge[0]] == window[edge[1]]]
    texts = {_lead(text, by_id, later): text for text in connected(by_id, within)}
    leads = sorted((by_id[lead] for lead in texts), key=lambda i: (i.interval, i.article_id))
    windows = np.array([window[i.article_id] for i in leads], dtype=np.int64)
    places = {a: place for place, i in enumerate(leads) for a in texts[i.article_id]}
    joined = ((places[one], places[other]) for one, other in edges)
    over = {(min(two), max(two)) for two in joined if two[0] != two[1]}
    found = candidate_pairs(leads, windows, config.horizon_days)
    groups = link(leads, windows, found, over, rule)
    touching: dict[str, list[CopyPair]] = {}
    for pair in copies:
        touching.setdefault(pair.article_id, []).append(pair)
    stories = []
    for group in groups:
        members = sorted(a for place in group for a in texts[leads[place].article_id])
        own = [pair for article_id in members for pair in touching.get(article_id, ())]
        stories.append(_story(members, by_id, own, later))
    return tuple(sorted(stories))


def story_id_of(lead_article_id: str) -> str:
    """A story's id comes from its lead article, so that it is stable as articles join."""
    digest = hashlib.blake2b(
        lead_article_id.encode("utf-8", "surrogatepass"), digest_size=8, person=b"wirecopy-story"
    )
    return "s" + digest.hexdigest()


def _lead(article_ids: Sequence[str], by_id: Mapping[str, StoryInput], later: set[str]) -> str:
    """The earliest original: copies come after, undated articles last, agency copy first."""

    def rank(article_id: str) -> tuple[bool, bool, float, bool, str]:
        story_input = by_id[article_id]
        return (
            article_id in later,
            story_input.interval == UNDATED,
            story_input.interval.start,
            not story_input.agencies,
            article_id,
        )

    return min(article_ids, key=rank)


def _story(
    members: Sequence[str],
    by_id: Mapping[str, StoryInput],
    pairs: Sequence[CopyPair],
    later: set[str],
) -> Story:
    lead = _lead(members, by_id, later)
    articles = [by_id[article_id] for article_id in members]
    times = [a.published_at for a in articles if a.published_at is not None]
    own = {article.article_id: article for article in articles}
    return Story(
        story_id=story_id_of(lead),
        headline=by_id[lead].headline,
        article_ids=tuple(members),
        lead_article_id=lead,
        origin_count=count_origins(members, own, pairs),
        sources=tuple(sorted({a.source for a in articles if a.source})),
        agencies=tuple(sorted({agency for a in articles for agency in a.agencies})),
        languages=tuple(sorted({a.language for a in articles if a.language})),
        first_published_at=min(times, default=None),
        last_published_at=max(times, default=None),
    )
