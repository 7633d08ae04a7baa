"""What stands around an article in an output: alike texts, and the lines that come back."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from pipeline.config import CopiesConfig
from pipeline.copies.boilerplate import count_lines, learn, lines, month
from pipeline.copies.fingerprint import SHINGLE_WORDS, shingles
from pipeline.copies.order import DAY, UNDATED_START, CopyInput, Interval, is_same_item
from pipeline.copies.tokens import Hashes, tokenise
from pipeline.explain.stored import Versions, current_articles
from pipeline.records import Article
from pipeline.store.folder import OutputFolder

_LOOKED_AT = 24  # near misses are chosen among the articles that share most sequences of words
_BATCH = 500
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def most_alike(
    folder: OutputFolder,
    article: Article,
    versions: Versions,
    config: CopiesConfig,
    known: set[str],
) -> set[str]:
    """Finds the articles within the horizon that share most sequences of words with one.

    Every sequence counts here, not only the sampled ones, so that what was never compared is found.

    Args:
        folder: The output.
        article: The one.
        versions: As `load_article` gives them.
        config: The rule.
        known: Articles to leave out.

    Returns:
        The ids of a few dozen at most.
    """
    own = CopyInput.of(article)
    horizon = int(config.horizon_days * DAY)
    sequences = np.unique(_sequences([own]))
    best: list[tuple[int, str]] = []
    months = _months([own.interval], horizon)
    for batch in _batches(current_articles(folder, versions, months)):
        inputs = [
            other
            for other in map(CopyInput.of, batch)
            if other.article_id not in known
            and is_within_horizon(own, other, config)
            and not is_same_item(own, other)
        ]
        for other, count in zip(inputs, _count_shared(inputs, sequences), strict=True):
            if count:
                best.append((-count, other.article_id))
        best = sorted(best)[:_LOOKED_AT]
    return {article_id for _, article_id in best}


def _sequences(articles: Sequence[CopyInput]) -> Hashes:
    return shingles(tokenise([article.body for article in articles]).hashes, SHINGLE_WORDS)


def _count_shared(articles: Sequence[CopyInput], sequences: Hashes) -> list[int]:
    """How many sequences of words of each article are among some, those over its end left out."""
    tokens = tokenise([article.body for article in articles])
    hits = np.isin(shingles(tokens.hashes, SHINGLE_WORDS), sequences)
    sums = np.concatenate([[0], np.cumsum(hits)])
    last = np.minimum(
        np.maximum(tokens.bounds[1:] - SHINGLE_WORDS + 1, tokens.bounds[:-1]), len(hits)
    )
    first = np.minimum(tokens.bounds[:-1], len(hits))
    counts: list[int] = (sums[np.maximum(last, first)] - sums[first]).tolist()
    return counts


def is_within_horizon(one: CopyInput, other: CopyInput, config: CopiesConfig) -> bool:
    """Whether two articles may be compared, as far as their dates go."""
    horizon = int(config.horizon_days * DAY)
    return one.start <= other.end + horizon and other.start <= one.end + horizon


def _months(intervals: Iterable[Interval], reach: int) -> tuple[str, str] | None:
    """Months that hold everything so near to some moments; None if that is everything."""
    known = list(intervals)
    if any(interval.start == UNDATED_START for interval in known):
        return None
    low = min(interval.start for interval in known) - reach
    high = max(interval.end for interval in known) + reach
    try:
        return _month(low), _month(high)
    except OverflowError:
        return None


def _month(moment: int) -> str:
    return (_EPOCH + datetime.timedelta(microseconds=moment)).strftime("%Y-%m")


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    remaining = iter(articles)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def learn_around(
    folder: OutputFolder, compared: Sequence[Article], versions: Versions, config: CopiesConfig
) -> Hashes:
    """Learns which lines of some articles are boilerplate, as a run over the output does.

    Args:
        folder: The output.
        compared: The articles.
        versions: As `load_article` gives them.
        config: The rule.

    Returns:
        Keys for `verify.prepare`, from these lines wherever they stand in the output.
    """
    targets = [CopyInput.of(article) for article in compared]
    wanted = np.unique(
        count_lines(lines(tokenise([t.body for t in targets])), targets, config).keys
    )
    around = {month(target) for target in targets}
    starts = [Interval(target.start, target.start) for target in targets]
    months = _months(starts, 0) if starts else None
    counts = []
    for batch in _batches(current_articles(folder, versions, months)):
        inputs = [c for c in map(CopyInput.of, batch) if month(c) in around]
        if not inputs:
            continue
        found = count_lines(lines(tokenise([c.body for c in inputs])), inputs, config)
        counts.append(found.take(np.isin(found.keys, wanted)))
    return learn(counts)
