"""Verification of candidates: aligns two articles and writes down what they share."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.config import CopiesConfig
from pipeline.copies.align import Indexed, align, index
from pipeline.copies.boilerplate import kept_words
from pipeline.copies.lines import lines
from pipeline.copies.order import DAY, UNDATED_START, CopyInput, is_same_item
from pipeline.copies.quotations import quotation_spans
from pipeline.copies.relation import Shared, relation
from pipeline.copies.tokens import (
    CAPITAL,
    DIGIT,
    SENTENCE,
    Hashes,
    Mask,
    Offsets,
    Positions,
    ranges,
    tokenise,
)
from pipeline.records import CopyPair, Passage

_WHOLE = 0.85
"""Share of a quotation that must stand in the other text for it to be quoted from there."""


class Prepared(NamedTuple):
    """An article ready to be aligned: its words without boilerplate.

    Attributes:
        article: The article.
        indexed: Its words and their sequences.
        starts: First code point of each word in the body.
        ends: One past its last.
        quotations: Number of the quotation that a word stands in, from 1; 0 outside.
        quotation_words: Words of each quotation, by its number; that of 0 is not used.
        facts: True for names and numbers.
        names: True for names that no sentence and no line begins with.
        places: Index of each word among all words of the body, boilerplate included.
    """

    article: CopyInput
    indexed: Indexed
    starts: Positions
    ends: Positions
    quotations: Positions
    quotation_words: Offsets
    facts: Mask
    names: Mask
    places: Offsets


def prepare(articles: Sequence[CopyInput], learnt: Hashes, config: CopiesConfig) -> list[Prepared]:
    """Makes articles ready for `verify`.

    Args:
        articles: Some articles; the result for one does not depend on the others.
        learnt: Boilerplate, as `boilerplate.learn` gives it.
        config: The rule.
    """
    tokens = tokenise([article.body for article in articles])
    kept = kept_words(len(tokens.hashes), lines(tokens), articles, learnt, config)
    prepared = []
    for number, article in enumerate(articles):
        own = tokens.text(number)
        low, high = int(tokens.bounds[number]), int(tokens.bounds[number + 1])
        places = np.flatnonzero(kept[low:high])
        whole = len(places) == len(own.hashes)
        starts = own.starts if whole else own.starts[places]
        shapes = own.shapes if whole else own.shapes[places]
        line = own.lines if whole else own.lines[places]
        prepared.append(
            Prepared(
                article,
                index(own.hashes if whole else own.hashes[places]),
                starts,
                own.ends if whole else own.ends[places],
                *_quotations(article.body, starts),
                (shapes & (CAPITAL | DIGIT)) != 0,
                ((shapes & (CAPITAL | SENTENCE)) == CAPITAL) & (np.diff(line, prepend=-1) == 0),
                places,
            )
        )
    return prepared


def _quotations(body: str, starts: Positions) -> tuple[Positions, Offsets]:
    numbers = np.zeros(len(starts), dtype=np.int32)
    spans = quotation_spans(body)
    edges = np.searchsorted(starts, [edge for span in spans for edge in span])
    for number, (low, high) in enumerate(
        zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True), start=1
    ):
        numbers[low:high] = number
    return numbers, np.concatenate([[0], edges[1::2] - edges[0::2]]).astype(np.int64)


class Measured(NamedTuple):
    """Two aligned articles.

    Attributes:
        shared: What the rule for copies looks at.
        ours: Aligned words of the later article, by their index.
        theirs: The words of the earlier one that they are.
    """

    shared: Shared
    ours: Offsets
    theirs: Offsets


def measure(later: Prepared, earlier: Prepared) -> Measured | None:
    """Aligns two articles and measures what they share; None if no run of words is the same."""
    runs = align(later.indexed, earlier.indexed)
    if not len(runs.lengths):
        return None
    ours, theirs = ranges(runs.starts, runs.lengths), ranges(runs.of_starts, runs.lengths)
    quoted = _quoted(later, ours, earlier, theirs)
    words, of_words = len(later.starts), len(earlier.starts)
    # The same words are aligned, so that a name of one text is one of the other in any spelling.
    shorter, aligned = (later, ours) if words <= of_words else (earlier, theirs)
    shared = Shared(
        words=words,
        of_words=of_words,
        shared=len(ours),
        unquoted=len(ours) - int(np.count_nonzero(quoted)),
        longest_run=int(runs.lengths.max()),
        facts=int(np.count_nonzero(shorter.facts)),
        shared_facts=int(np.count_nonzero(shorter.facts[aligned])),
        equal=later.article.content_hash != ""
        and later.article.content_hash == earlier.article.content_hash,
        same_time=_same_time(later.article, earlier.article),
        names=int(np.count_nonzero(shorter.names)),
        shared_names=int(np.count_nonzero(shorter.names[aligned])),
    )
    return Measured(shared, ours, theirs)


def verify(later: Prepared, earlier: Prepared, config: CopiesConfig) -> CopyPair | None:
    """Aligns two articles and tells how they are related.

    Args:
        later: The one that may have copied.
        earlier: The one that it may have copied.
        config: The rule.

    Returns:
        The pair with its evidence; None if they share no copy worth a record.
    """
    if is_same_item(later.article, earlier.article):
        return None
    measured = measure(later, earlier)
    if measured is None:
        return None
    shared = measured.shared
    found = relation(shared, config)
    if found is None:
        return None
    return CopyPair(
        article_id=later.article.article_id,
        of_article_id=earlier.article.article_id,
        relation=found,
        coverage=shared.shared / shared.words,
        of_coverage=shared.shared / shared.of_words,
        shared_words=shared.shared,
        unquoted_words=shared.unquoted,
        longest_run=shared.longest_run,
        passages=passages(later, earlier, measured),
    )


def _quoted(later: Prepared, ours: Offsets, earlier: Prepared, theirs: Offsets) -> Mask:
    """Which aligned words are quoted.

    In both texts, or in one that quotes the other: then all of its quotation stands there. A block
    that was lifted out of, or pasted into, a longer quotation is not quoted.
    """
    numbers, of_numbers = later.quotations[ours], earlier.quotations[theirs]
    return (
        ((numbers > 0) & (of_numbers > 0))
        | _wholly(numbers, later.quotation_words)
        | _wholly(of_numbers, earlier.quotation_words)
    )


def _wholly(numbers: Positions, sizes: Offsets) -> Mask:
    if len(sizes) == 1:
        return np.zeros(len(numbers), dtype=np.bool_)
    aligned = np.bincount(numbers, minlength=len(sizes))
    whole = aligned >= _WHOLE * sizes
    whole[0] = False
    return whole[numbers]


def _same_time(one: CopyInput, other: CopyInput) -> bool:
    """True if both may be of one day; an article without date may be of any."""
    if UNDATED_START in (one.start, other.start):
        return True
    return one.start < other.end + DAY and other.start < one.end + DAY


def passages(later: Prepared, earlier: Prepared, measured: Measured) -> tuple[Passage, ...]:
    """Aligned words as code points; a run is cut where a line was left out in either text."""
    ours, theirs = measured.ours, measured.theirs
    places, of_places = later.places[ours], earlier.places[theirs]
    cuts = np.flatnonzero((places[1:] != places[:-1] + 1) | (of_places[1:] != of_places[:-1] + 1))
    heads, tails = np.concatenate([[0], cuts + 1]), np.append(cuts, len(ours) - 1)
    return tuple(
        map(
            Passage,
            later.starts[ours[heads]].tolist(),
            later.ends[ours[tails]].tolist(),
            earlier.starts[theirs[heads]].tolist(),
            earlier.ends[theirs[tails]].tolist(),
        )
    )
