"""From aligned words to a relation: exact, near_duplicate, reprint, partial, quote, or none."""

from typing import NamedTuple

from pipeline.config import CopiesConfig

EXACT = "exact"
NEAR_DUPLICATE = "near_duplicate"
REPRINT = "reprint"
PARTIAL = "partial"
QUOTE = "quote"

RELATIONS = (EXACT, NEAR_DUPLICATE, REPRINT, PARTIAL, QUOTE)
"""All relations, the closest first."""

COPY_RELATIONS = frozenset({EXACT, NEAR_DUPLICATE, REPRINT})
"""Relations that make two articles one text; only these are closed over chains of articles."""

_TEMPLATE_FACTS = 6
_TEMPLATE_RATIO = 0.5


class Shared(NamedTuple):
    """What the alignment of two texts measures. Words of learnt boilerplate are left out.

    Attributes:
        words: Words of the later text.
        of_words: Words of the earlier one.
        shared: Aligned words.
        unquoted: Of these, the words outside quotations in both texts.
        longest_run: Words of the longest run.
        facts: Names and numbers in the text that has fewer of them.
        shared_facts: Aligned names and numbers.
        equal: True if both texts are equal once normalised.
        same_time: True if both may have been published on the same day.
    """

    words: int
    of_words: int
    shared: int
    unquoted: int
    longest_run: int
    facts: int
    shared_facts: int
    equal: bool
    same_time: bool


def relation(shared: Shared, config: CopiesConfig) -> str | None:
    """Names the relation of two texts.

    The thresholds come from pairs of real press that were read and typed by hand, and from planted
    copies; docs/decisions/0010 has the figures.

    Args:
        shared: What their alignment measures.
        config: The thresholds.

    Returns:
        One of `RELATIONS`, or None.
    """
    if shared.equal and min(shared.words, shared.of_words) >= config.exact_words:
        return EXACT
    shorter, longer = sorted((shared.words, shared.of_words))
    if not shared.shared or _is_template(shared, shorter):
        return None
    coverage = shared.shared / shorter
    if (
        coverage >= config.near_coverage
        and shared.shared / longer >= config.near_of_coverage
        and shared.shared >= config.copy_words
    ):
        return NEAR_DUPLICATE
    if _is_contained(shared, coverage, config) or _is_block(shared, coverage, config):
        return REPRINT
    if coverage >= config.reprint_coverage and shared.unquoted >= config.copy_words:
        return REPRINT
    if shared.unquoted >= config.partial_words:
        return PARTIAL
    if shared.shared - shared.unquoted >= config.quote_words:
        return QUOTE
    return None


def _is_contained(shared: Shared, coverage: float, config: CopiesConfig) -> bool:
    """True for a text that stands in the other as a whole: an urgent line, a brief, an extract.

    A few words of the writer's own tell it from a bare quotation.
    """
    return (
        coverage >= config.contained_coverage
        and shared.shared >= config.contained_words
        and shared.unquoted >= min(config.contained_words, config.copy_words // 2)
    )


def _is_block(shared: Shared, coverage: float, config: CopiesConfig) -> bool:
    """True for a dispatch that was cut and set into a longer piece, or printed with gaps."""
    if coverage < config.block_coverage:
        return False
    return (shared.longest_run >= config.block_run and shared.unquoted >= config.block_words) or (
        shared.longest_run >= config.block_words and shared.unquoted >= config.copy_words // 2
    )


def _is_template(shared: Shared, shorter: int) -> bool:
    """True for a form filled in anew: the words are the same, the names and numbers are not.

    Market reports, results and forecasts of two days look like copies. A copy keeps the facts in
    the same measure as the words, whereas new figures on the same day are an update of one text.
    """
    if shared.same_time or shared.facts < _TEMPLATE_FACTS or shorter <= shared.facts:
        return False
    plain = (shared.shared - shared.shared_facts) / (shorter - shared.facts)
    return shared.shared_facts / shared.facts < _TEMPLATE_RATIO * plain
