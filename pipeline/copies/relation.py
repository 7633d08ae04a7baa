"""From aligned words to a relation: exact, near_duplicate, reprint, partial, quote, or none."""

from collections.abc import Iterator
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

# An appeal to read on names at most the site; a line of news says who, where or how many.
_LINE_FACTS = 2
_TEMPLATE_FACTS = 6
_TEMPLATE_RATIO = 0.5
# Misprints and rewriting may hit several of a few names, and on one day they are all there is.
_SAME_DAY_RATIO = 0.2


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
        names: Of `facts`, names that no sentence begins with.
        shared_names: Aligned names of these.
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
    names: int = 0
    shared_names: int = 0


class Condition(NamedTuple):
    """One thing that a rule asks for.

    Attributes:
        measure: What is measured: `shorter` and `longer` (the share of that text), `facts` (the
            share of its names and numbers), `shared`, `unquoted`, `quoted`, `longest_run`, or
            `words` (of the shorter text).
        value: What the two texts have: a share from 0 to 1, or words.
        needed: What the rule asks for.
        below: True if the value must be under `needed`; else it must reach it.
    """

    measure: str
    value: float
    needed: float
    below: bool = False

    @property
    def met(self) -> bool:
        """Whether the texts have what is asked for."""
        return self.value < self.needed if self.below else self.value >= self.needed


class Rule(NamedTuple):
    """One way to be related; it holds if all of its conditions do.

    Attributes:
        name: `exact`, `template`, `near_duplicate`, `line`, `contained`, `block`, `run`,
            `reprint`, `partial` or `quote`.
        relation: What it makes of the pair: one of `RELATIONS`, or None for no copy.
        conditions: What it asks for.
    """

    name: str
    relation: str | None
    conditions: tuple[Condition, ...]

    @property
    def holds(self) -> bool:
        """Whether all conditions are met."""
        return all(condition.met for condition in self.conditions)


def rules(shared: Shared, config: CopiesConfig) -> Iterator[Rule]:
    """The rules for two texts, in the order in which they are tried; the first that holds decides.

    The thresholds come from pairs of real press that were read and typed by hand, and from planted
    copies; docs/decisions/0010 has the figures.

    Args:
        shared: What their alignment measures.
        config: The thresholds.

    Yields:
        The rules that can apply: without a shared word there is none but `exact`.
    """
    shorter, longer = sorted((shared.words, shared.of_words))
    if shared.equal:
        yield Rule("exact", EXACT, (Condition("words", shorter, config.exact_words),))
    if not shared.shared:
        return
    if _may_be_form(shared, shorter, config):
        yield _template(shared, shorter)
    coverage = shared.shared / shorter

    def of_shorter(needed: float) -> Condition:
        return Condition("shorter", coverage, needed)

    def unquoted(needed: int) -> Condition:
        return Condition("unquoted", shared.unquoted, needed)

    def run(needed: int) -> Condition:
        return Condition("longest_run", shared.longest_run, needed)

    few = config.copy_words // 2
    yield Rule(
        "near_duplicate",
        NEAR_DUPLICATE,
        (
            of_shorter(config.near_coverage),
            Condition("longer", shared.shared / longer, config.near_of_coverage),
            Condition("shared", shared.shared, config.copy_words),
        ),
    )
    # An urgent line of a few words, which a dispatch of that day begins with.
    if shared.same_time and shared.facts >= _LINE_FACTS:
        least = config.exact_words
        yield Rule("line", REPRINT, (of_shorter(1), run(max(least, shorter)), unquoted(least)))
    # A text that stands in the other as a whole: an urgent line, a brief, an extract. A few words
    # of the writer's own tell it from a bare quotation.
    yield Rule(
        "contained",
        REPRINT,
        (
            of_shorter(config.contained_coverage),
            Condition("shared", shared.shared, config.contained_words),
            unquoted(min(config.contained_words, few)),
        ),
    )
    # A dispatch that was cut and set into a longer piece, or printed with gaps.
    block = of_shorter(config.block_coverage)
    yield Rule("block", REPRINT, (block, run(config.block_run), unquoted(config.block_words)))
    yield Rule("run", REPRINT, (block, run(config.block_words), unquoted(few)))
    yield Rule(
        "reprint", REPRINT, (of_shorter(config.reprint_coverage), unquoted(config.copy_words))
    )
    yield Rule("partial", PARTIAL, (unquoted(config.partial_words),))
    quoted = Condition("quoted", shared.shared - shared.unquoted, config.quote_words)
    yield Rule("quote", QUOTE, (quoted,))


def relation(shared: Shared, config: CopiesConfig) -> str | None:
    """Names the relation of two texts: one of `RELATIONS`, or None."""
    rule = next((rule for rule in rules(shared, config) if rule.holds), None)
    return rule.relation if rule is not None else None


def _facts(shared: Shared) -> tuple[int, int]:
    """What tells a form from a copy, and how much of it is shared.

    New figures on the same day are an update of one text; new names are another form.
    """
    if shared.same_time:
        return shared.names, shared.shared_names
    return shared.facts, shared.shared_facts


def _may_be_form(shared: Shared, shorter: int, config: CopiesConfig) -> bool:
    facts, kept = _facts(shared)
    if not _TEMPLATE_FACTS <= facts < shorter:
        return False
    # Of one day are dispatches cut and pasted into others, whose names lie unevenly; a form has
    # most of its words in common, and a new name every few words.
    plain = (shared.shared - kept) / (shorter - facts)
    return not shared.same_time or (
        shared.longest_run < config.block_run and plain >= config.reprint_coverage
    )


def _template(shared: Shared, shorter: int) -> Rule:
    """A form filled in anew: the words are the same, the names and numbers are not.

    Market reports, results and forecasts look like copies. A copy keeps the facts in the same
    measure as the words.
    """
    facts, kept = _facts(shared)
    plain = (shared.shared - kept) / (shorter - facts)
    needed = plain * (_SAME_DAY_RATIO if shared.same_time else _TEMPLATE_RATIO)
    return Rule("template", None, (Condition("facts", kept / facts, needed, below=True),))
