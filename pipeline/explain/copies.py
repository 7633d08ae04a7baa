"""The copies of one article with the rule that decided, and those that nearly were."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from pipeline.config import CopiesConfig
from pipeline.copies.boilerplate import lines
from pipeline.copies.candidates import Candidates, select
from pipeline.copies.find import fingerprint_batch
from pipeline.copies.order import CopyInput, is_same_item, rank_key
from pipeline.copies.reasons import Explanation, explain
from pipeline.copies.relation import Shared
from pipeline.copies.tokens import Hashes, tokenise
from pipeline.copies.verify import Prepared, measure, passages, prepare
from pipeline.explain.around import is_within_horizon, learn_around, most_alike
from pipeline.explain.stored import StoredArticle, Versions, articles_by_id
from pipeline.records import Article, CopyPair, Passage
from pipeline.schemas.record import pair_of
from pipeline.store.folder import OutputFolder

MAX_SHOWN = 10
"""Pairs, and other articles of the story, that are compared word for word."""
MAX_NEAR = 5
"""Near misses."""


class Comparison(NamedTuple):
    """The article beside another one.

    Attributes:
        other: The other article.
        is_later: True if the article is the later one of the two.
        pair: Their record in `copies`; None if there is none.
        shared: What they share; None if no run of six words is the same.
        explanation: What the rule says of it; None where there is nothing to be said.
        passages: Where the shared words stand: first in the article, then in the other one.
        obstacle: Why the rule was not asked, where it would have said yes; else empty.
    """

    other: Article
    is_later: bool
    pair: CopyPair | None
    shared: Shared | None
    explanation: Explanation | None
    passages: tuple[Passage, ...]
    obstacle: str


class CopyEvidence(NamedTuple):
    """All that is known about the copies of an article.

    Attributes:
        pairs: Those with a record in `copies`: the original first, then those that share most.
        unshown: Further ones, which were not compared.
        near: Articles within the horizon that share words and have no record, most words first.
        story: Other articles of its story that are neither, most shared words first.
    """

    pairs: tuple[Comparison, ...]
    unshown: tuple[CopyPair, ...]
    near: tuple[Comparison, ...]
    story: tuple[Comparison, ...]


def copy_evidence(
    folder: OutputFolder, stored: StoredArticle, versions: Versions, config: CopiesConfig
) -> CopyEvidence:
    """Compares an article with those that it shares words with.

    Boilerplate is learnt from the same articles as in a run, so that the words counted are the
    same. At most `MAX_SHOWN` pairs are aligned however often the article was printed.

    Args:
        folder: The output.
        stored: The article.
        versions: As `load_article` gives them.
        config: The rule of the run.
    """
    own = CopyInput.of(stored.article)
    pairs = sorted(_pairs_of(folder, own.article_id), key=_by_weight)
    shown, unshown = pairs[:MAX_SHOWN], tuple(pairs[MAX_SHOWN:])
    partners = {_other_id(pair, own.article_id): pair for pair in pairs}
    told = set(stored.story.article_ids) - {own.article_id} if stored.story else set()
    told = set(sorted(told - set(partners))[:MAX_SHOWN])
    near = most_alike(folder, stored.article, versions, config, set(partners))
    wanted = {_other_id(pair, own.article_id) for pair in shown} | told
    others = articles_by_id(folder, versions, wanted | near)
    learnt = learn_around(folder, [stored.article, *others.values()], versions, config)
    found = {
        article_id: _compare(stored.article, other, partners.get(article_id), learnt, config)
        for article_id, other in sorted(others.items())
    }
    ranked = sorted(found.values(), key=_by_words)
    alike = [c for c in ranked if c.pair is None and c.shared is not None]
    closest = [c for c in alike if c.other.article_id in near][:MAX_NEAR]
    return CopyEvidence(
        pairs=tuple(found[_other_id(p, own.article_id)] for p in shown),
        unshown=unshown,
        near=tuple(closest),
        story=tuple(c for c in ranked if c.other.article_id in told and c not in closest),
    )


def _pairs_of(folder: OutputFolder, article_id: str) -> Iterator[CopyPair]:
    for row in folder.rows("copies"):
        if article_id in (row["article_id"], row["of_article_id"]):
            yield pair_of(row)


def _other_id(pair: CopyPair, article_id: str) -> str:
    return pair.of_article_id if pair.article_id == article_id else pair.article_id


def _by_weight(pair: CopyPair) -> tuple[bool, int, CopyPair]:
    return (not pair.original, -pair.shared_words, pair)


def _by_words(comparison: Comparison) -> tuple[int, str]:
    words = comparison.shared.shared if comparison.shared else 0
    return (-words, comparison.other.article_id)


def _compare(
    article: Article,
    other: Article,
    pair: CopyPair | None,
    learnt: Hashes,
    config: CopiesConfig,
) -> Comparison:
    first, second = CopyInput.of(article), CopyInput.of(other)
    is_later = rank_key(first) > rank_key(second)
    later, earlier = prepare((first, second) if is_later else (second, first), learnt, config)
    measured = measure(later, earlier)
    if measured is None:
        return Comparison(other, is_later, pair, None, None, (), "")
    explanation = explain(measured.shared, config)
    found = pair.passages if pair else passages(later, earlier, measured)
    obstacle = ""
    if pair is None and explanation.relation is not None:
        obstacle = _obstacle(later, earlier, learnt, config)
    return Comparison(
        other,
        is_later,
        pair,
        measured.shared,
        explanation,
        found if is_later else tuple(sorted(map(_turned, found))),
        obstacle,
    )


def _turned(passage: Passage) -> Passage:
    return Passage(passage.of_start, passage.of_end, passage.start, passage.end)


def _obstacle(later: Prepared, earlier: Prepared, learnt: Hashes, config: CopiesConfig) -> str:
    """Why two articles that are copies by their words were not compared, or not recorded."""
    one, other = later.article, earlier.article
    if is_same_item(one, other):
        return "both are the same item of one provider"
    if not is_within_horizon(one, other, config):
        return f"they lie more than {config.horizon_days:g} days apart"
    shared, enough = _is_candidate(one, other, learnt, config)
    if not enough:
        return f"only {shared} of the sampled sequences of words in both: too few to be compared"
    return (
        "left out by a bound: max_postings, max_candidates or max_copies"
        " (what was left out is counted in manifest.json)"
    )


def _is_candidate(
    one: CopyInput, other: CopyInput, learnt: Hashes, config: CopiesConfig
) -> tuple[int, bool]:
    """How many fingerprints two articles share, and whether that is enough to be compared."""
    tokens = tokenise([one.body, other.body])
    words = tokens.hashes, tokens.bounds
    found = fingerprint_batch((one, other), words, lines(tokens), learnt, config)
    middle = int(found.bounds[1])
    shared = len(np.intersect1d(found.values[:middle], found.values[middle:]))
    pair = Candidates(np.array([1]), np.array([0]), np.array([shared]), 0)
    chosen = select(pair, np.diff(found.bounds), config.min_shared, config.max_candidates)
    return shared, shared > 0 and len(chosen.later) > 0
