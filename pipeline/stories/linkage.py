"""Average linkage over candidate pairs: no chain of half-similar articles becomes one story."""

import functools
import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.months import months_over
from pipeline.stories.candidates import Pairs, Windows
from pipeline.stories.interval import LOOSE, is_precise
from pipeline.stories.signature import StoryInput

Vector = dict[int, float]
# Of two languages only names and numbers are compared; they agree by chance more easily than whole
# texts do, so that they must agree more, and several of them.
_ACROSS = 0.65
_FEWEST_NAMES = 4
# Pairs come in the order of time, so that a few vectors serve them all.
_REMEMBERED = 20_000
_COPIED = 2.0


# A copy may be printed some days after its story has ended.
REPRINT_DAYS = 12.0

_WITHIN, _OVER, _LOOSE = range(3)


class Link(NamedTuple):
    """Two articles that may tell one happening; links sort by stage, then by falling similarity."""

    stage: int
    distance: float
    one: int
    other: int


def vector_of(story_input: StoryInput) -> Vector:
    """The signature as a mapping from term to weight."""
    return _unpack(story_input.terms, story_input.weights)


def names_of(story_input: StoryInput) -> Vector:
    """The names and numbers as a mapping to their weights; empty if they are too few to compare."""
    names = _unpack(story_input.names, story_input.name_weights)
    return names if len(names) >= _FEWEST_NAMES else {}


def _unpack(terms: bytes, weights: bytes) -> Vector:
    hashes = np.frombuffer(terms, dtype="<u4").tolist()
    return dict(zip(hashes, np.frombuffer(weights, dtype="<f4").tolist(), strict=True))


def similarity(one: Vector, other: Vector) -> float:
    """Cosine of two signatures; the sum of the cosines for sums of signatures."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def similarity_across(one: Vector, other: Vector) -> float:
    """Likeness of the names of two texts in two languages, on the scale of `similarity`."""
    shared = [weight * other[name] for name, weight in one.items() if name in other]
    return _ACROSS * sum(shared) if len(shared) >= _FEWEST_NAMES else 0.0


def _share_words(language: str, other: str) -> bool:
    """True unless both languages are known and differ."""
    return language == other or "" in (language, other)


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

    @property
    def window_months(self) -> int:
        """Months of a window: so long that no group can lie at both of its ends."""
        return months_over(2 * max(self.span_days, REPRINT_DAYS))


class _Group:
    """Articles joined so far: the sums of their signatures, and where their intervals meet."""

    def __init__(self, place: int, story_input: StoryInput) -> None:
        self.places = [place]
        self.totals = {story_input.language: vector_of(story_input)}
        self.names = {story_input.language: names_of(story_input)}
        self.latest_start = story_input.interval.start
        self.earliest_end = story_input.interval.end
        self.days = [story_input.interval.start] if is_precise(story_input.interval) else []

    def fits(self, other: "_Group", edge: Link, rule: LinkRule) -> bool:
        copied = edge.distance < -1
        span = max(rule.span_days, REPRINT_DAYS) if copied else rule.span_days
        latest = max(self.latest_start, other.latest_start)
        if latest - min(self.earliest_end, other.earliest_end) > span:
            return False
        if edge.stage == _OVER and not self._lies_within(other, span):
            return False
        if copied:
            return True
        pairs = len(self.places) * len(other.places)
        wanted = rule.similarity + rule.day_penalty * self._days_apart(other)
        return self._similarity(other) >= wanted * pairs

    def _lies_within(self, other: "_Group", span: float) -> bool:
        """Whether both know a day, and all days that are known lie within the span."""
        if not self.days or not other.days:
            return False
        first, last = min(self.days[0], other.days[0]), max(self.days[-1], other.days[-1])
        return last - first <= span

    def _similarity(self, other: "_Group") -> float:
        """Sum over all pairs of their articles."""
        total = 0.0
        for language, vector in sorted(self.totals.items()):
            for its_language, its_vector in sorted(other.totals.items()):
                if _share_words(language, its_language):
                    total += similarity(vector, its_vector)
                else:
                    total += similarity_across(self.names[language], other.names[its_language])
        return total

    def _days_apart(self, other: "_Group") -> float:
        if not self.days or not other.days:
            return 0.0
        return abs(statistics.fmean(self.days) - statistics.fmean(other.days))

    def absorb(self, other: "_Group") -> None:
        self.places += other.places
        self.days = sorted(self.days + other.days)
        self.latest_start = max(self.latest_start, other.latest_start)
        self.earliest_end = min(self.earliest_end, other.earliest_end)
        for sums, its_sums in ((self.totals, other.totals), (self.names, other.names)):
            for language, its_vector in its_sums.items():
                vector = sums.setdefault(language, {})
                for term, weight in its_vector.items():
                    vector[term] = vector.get(term, 0.0) + weight


def _stage(window: int, other: int) -> int | None:
    """When two articles may join; None if never."""
    if LOOSE in (window, other):
        return _LOOSE
    apart = abs(window - other)
    return None if apart > 1 else _OVER if apart else _WITHIN


def link(
    inputs: Sequence[StoryInput],
    windows: Windows,
    pairs: Pairs,
    copies: Iterable[tuple[int, int]],
    rule: LinkRule,
) -> list[list[int]]:
    """Joins articles whose groups are similar on average.

    First within each window, then over the borders of windows, then those whose month is not known
    join what there is. A group that lies over one border never reaches another, so that a story
    depends on its own windows and on those beside them. In each stage copies join first, then the
    most similar pair. Two groups join if the mean similarity over all their pairs
    reaches the threshold, and if all their publication intervals can lie within the span: an
    article without date joins what it resembles most, and never holds two groups together that lie
    years apart.

    Args:
        inputs: Signatures.
        windows: Their windows.
        pairs: Places of the pairs to look at, the lower first.
        copies: The same of those that copy one another.
        rule: Thresholds.

    Returns:
        Places of each group, sorted; the groups sorted.
    """

    @functools.lru_cache(maxsize=_REMEMBERED)
    def vector(place: int) -> Vector:
        return vector_of(inputs[place])

    def value_of(one: int, other: int) -> float:
        if _share_words(inputs[one].language, inputs[other].language):
            return similarity(vector(one), vector(other))
        return similarity_across(names_of(inputs[one]), names_of(inputs[other]))

    found = [
        Link(stage, -round(value, 6), one, other)
        for one, other in pairs.tolist()
        if (stage := _stage(windows[one], windows[other])) is not None
        and (value := value_of(one, other)) >= rule.similarity
    ]
    found += [
        Link(stage, -_COPIED, one, other)
        for one, other in copies
        if (stage := _stage(windows[one], windows[other])) is not None
    ]
    links = sorted(set(found))
    groups = {
        place: _Group(place, inputs[place])
        for place in sorted({p for edge in links for p in (edge.one, edge.other)})
    }
    for edge in links:
        one, other = groups[edge.one], groups[edge.other]
        if one is other:
            continue
        if len(one.places) < len(other.places):
            one, other = other, one
        if one.fits(other, edge, rule):
            one.absorb(other)
            for place in other.places:
                groups[place] = one
    joined = {id(group): sorted(group.places) for group in groups.values()}
    alone = [[place] for place in range(len(inputs)) if place not in groups]
    return sorted([*joined.values(), *alone])
