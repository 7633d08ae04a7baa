"""The rule for copies as one plain function: the reference for every other way to run it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.config import CopiesConfig
from pipeline.copies.boilerplate import LineCounts, count_lines, kept_words, learn
from pipeline.copies.candidates import Candidates, Timeline, select, shared_counts
from pipeline.copies.fingerprint import Fingerprints, fingerprints
from pipeline.copies.lines import Lines, lines
from pipeline.copies.order import DAY, CopyInput, in_order, rank_key
from pipeline.copies.origin import mark_originals
from pipeline.copies.relation import COPY_RELATIONS
from pipeline.copies.tokens import Hashes, Offsets, tokenise
from pipeline.copies.verify import prepare, verify
from pipeline.records import CopyPair

# Articles tokenised, and pairs aligned, at a time; they bound the memory and change no result.
_ARTICLES = 2_000
_PAIRS = 20_000


Words = tuple[Hashes, Offsets]
"""Hashes of the words of some texts, and their bounds: what of `Tokens` fingerprints need."""


class CopyResult(NamedTuple):
    """Copies among some articles.

    Attributes:
        pairs: Sorted by article_id, then of_article_id.
        capped: What the caps left out, by name: postings, candidates, and comparisons with further
            articles (`copies`).
    """

    pairs: tuple[CopyPair, ...]
    capped: tuple[tuple[str, int], ...]


def find_copies(articles: Iterable[CopyInput], config: CopiesConfig) -> CopyResult:
    """Finds all pairs of articles that share copy.

    Args:
        articles: Any order, any repetition; of several versions of an article the highest counts.
        config: The rule.

    Returns:
        The pairs with their evidence; a pure function of the set of articles.
    """
    ordered = in_order(articles)
    learnt, found = _fingerprint_all(ordered, config)
    timeline = Timeline(
        np.array([article.start for article in ordered], dtype=np.int64),
        np.array([article.end for article in ordered], dtype=np.int64),
    )
    counted = shared_counts(
        found.values,
        np.repeat(np.arange(len(ordered)), np.diff(found.bounds)),
        timeline,
        int(config.horizon_days * DAY),
        config.max_postings,
    )
    chosen = select(counted, np.diff(found.bounds), config.min_shared, config.max_candidates)
    pairs, skipped = verify_all(ordered, chosen, learnt, config)
    return CopyResult(
        pairs,
        (
            ("candidates", chosen.overflow),
            ("copies", skipped),
            ("postings", counted.overflow),
        ),
    )


def _fingerprint_all(
    ordered: Sequence[CopyInput], config: CopiesConfig
) -> tuple[Hashes, Fingerprints]:
    batches: list[tuple[Sequence[CopyInput], Words, Lines]] = []
    counts: list[LineCounts] = []
    for first in range(0, len(ordered), _ARTICLES):
        batch = ordered[first : first + _ARTICLES]
        tokens = tokenise([article.body for article in batch])
        found = lines(tokens)
        counts.append(count_lines(found, batch, config))
        batches.append((batch, (tokens.hashes, tokens.bounds), found))
    learnt = learn(counts)
    parts = []
    for batch, words, found in batches:
        parts.append(fingerprint_batch(batch, words, found, learnt, config))
    shifts = np.cumsum([0] + [len(part.values) for part in parts])
    values = [np.empty(0, dtype=np.uint64), *(part.values for part in parts)]
    bounds = [part.bounds[:-1] + shift for part, shift in zip(parts, shifts, strict=False)]
    return learnt, Fingerprints(
        np.concatenate(values), np.concatenate([*bounds, shifts[-1:]]).astype(np.int64)
    )


def fingerprint_batch(
    batch: Sequence[CopyInput],
    words: Words,
    found: Lines,
    learnt: Hashes,
    config: CopiesConfig,
) -> Fingerprints:
    """Fingerprints of some articles, boilerplate left out."""
    hashes, bounds = words
    kept = kept_words(len(hashes), found, batch, learnt, config)
    if not kept.all():
        counts = np.concatenate([[0], np.cumsum(kept)])
        hashes, bounds = hashes[kept], counts[bounds]
    return fingerprints(hashes, bounds, config.sample_rate, config.min_fingerprints)


def verify_all(
    ordered: Sequence[CopyInput], chosen: Candidates, learnt: Hashes, config: CopiesConfig
) -> tuple[tuple[CopyPair, ...], int]:
    """Aligns all candidates, the earliest of each article first.

    An article that is a copy of `max_copies` others is not compared with further ones.

    Args:
        ordered: The articles that the candidates number.
        chosen: The candidates, sorted; all of those of an article must be there.
        learnt: Boilerplate, as `boilerplate.learn` gives it.
        config: The rule.

    Returns:
        The copies among them, sorted, the originals marked; and how many candidates were skipped.
    """
    pairs: list[CopyPair] = []
    copies: Counter[int] = Counter()
    skipped = 0
    for first in range(0, len(chosen.later), _PAIRS):
        later = chosen.later[first : first + _PAIRS]
        earlier = chosen.earlier[first : first + _PAIRS]
        ranks = np.unique(np.concatenate([later, earlier])).tolist()
        ready = dict(zip(ranks, prepare([ordered[r] for r in ranks], learnt, config), strict=True))
        for one, other in zip(later.tolist(), earlier.tolist(), strict=True):
            if copies[one] >= config.max_copies:
                skipped += 1
                continue
            pair = verify(ready[one], ready[other], config)
            if pair is not None:
                pairs.append(pair)
                copies[one] += pair.relation in COPY_RELATIONS
    return mark_originals(pairs, {a.article_id: rank_key(a) for a in ordered}), skipped
