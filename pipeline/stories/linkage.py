"""Average linkage over candidate pairs: no chain of half-similar articles becomes one story."""

import functools
import statistics
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.stories.candidates import Pairs
from pipeline.stories.interval import is_precise
from pipeline.stories.signature import StoryInput

Vector = dict[int, float]
# Pairs come in the order of time, so that a few vectors serve them all.
_REMEMBERED = 20_000


class Link(NamedTuple):
    """Two articles that may tell one happening; links sort by falling similarity."""

    distance: float
    one: int
    other: int


def vector_of(story_input: StoryInput) -> Vector:
    """The signature as a mapping from term to weight."""
    terms = np.frombuffer(story_input.terms, dtype="<u4").tolist()
    weights = np.frombuffer(story_input.weights, dtype="<f4").tolist()
    return dict(zip(terms, weights, strict=True))


def similarity(one: Vector, other: Vector) -> float:
    """Cosine of two signatures; the sum of the cosines for sums of signatures."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


class LinkRule(NamedTuple):
    """Thresholds of the linkage.

    Attributes:
        similarity: Lowest mean similarity of two groups, 0 to 1.
        day_penalty: What is added to it for each day that lies between them: two texts about one
            topic are the less likely to tell one happening, the further apart they are.
        span_days: Days that a group may last.
    """

    similarity: float
    day_penalty: float
    span_days: float


class _Group:
    """Articles joined so far: the sum of their signatures, and where their intervals meet."""

    def __init__(self, place: int, vector: Vector, story_input: StoryInput) -> None:
        self.places = [place]
        self.total = vector
        self.latest_start = story_input.interval.start
        self.earliest_end = story_input.interval.end
        self.days = [story_input.interval.start] if is_precise(story_input.interval) else []

    def fits(self, other: "_Group", rule: LinkRule) -> bool:
        latest = max(self.latest_start, other.latest_start)
        if latest - min(self.earliest_end, other.earliest_end) > rule.span_days:
            return False
        pairs = len(self.places) * len(other.places)
        wanted = rule.similarity + rule.day_penalty * self._days_apart(other)
        return similarity(self.total, other.total) >= wanted * pairs

    def _days_apart(self, other: "_Group") -> float:
        if not self.days or not other.days:
            return 0.0
        return abs(statistics.fmean(self.days) - statistics.fmean(other.days))

    def absorb(self, other: "_Group") -> None:
        self.places += other.places
        self.days = sorted(self.days + other.days)
        self.latest_start = max(self.latest_start, other.latest_start)
        self.earliest_end = min(self.earliest_end, other.earliest_end)
        for term, weight in other.total.items():
            self.total[term] = self.total.get(term, 0.0) + weight


def link(inputs: Sequence[StoryInput], pairs: Pairs, rule: LinkRule) -> list[list[int]]:
    """Joins articles whose groups are similar on average.

    The most similar pair joins first. Two groups join if the mean similarity over all their pairs
    reaches the threshold, and if all their publication intervals can lie within the span: an
    article without date joins what it resembles most, and never holds two groups together that lie
    years apart.

    Args:
        inputs: Signatures.
        pairs: Places of the pairs to look at.
        rule: Thresholds.

    Returns:
        Places of each group, sorted; the groups sorted.
    """

    @functools.lru_cache(maxsize=_REMEMBERED)
    def vector(place: int) -> Vector:
        return vector_of(inputs[place])

    links = sorted(
        Link(-round(value, 6), one, other)
        for one, other in pairs.tolist()
        if (value := similarity(vector(one), vector(other))) >= rule.similarity
    )
    groups = {
        place: _Group(place, vector_of(inputs[place]), inputs[place])
        for place in sorted({p for edge in links for p in (edge.one, edge.other)})
    }
    for edge in links:
        one, other = groups[edge.one], groups[edge.other]
        if one is other:
            continue
        if len(one.places) < len(other.places):
            one, other = other, one
        if one.fits(other, rule):
            one.absorb(other)
            for place in other.places:
                groups[place] = one
    joined = {id(group): sorted(group.places) for group in groups.values()}
    alone = [[place] for place in range(len(inputs)) if place not in groups]
    return sorted([*joined.values(), *alone])
