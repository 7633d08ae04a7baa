"""Why the rule for copies decides as it does, in words with the thresholds that were met."""

import math
from collections.abc import Callable
from typing import NamedTuple

from pipeline.config import CopiesConfig
from pipeline.copies.relation import Condition, Rule, Shared, rules

_NAMES = {
    "exact": "both texts are equal once normalised",
    "template": "the same words around other names and numbers, days apart: a form filled in anew",
    "near_duplicate": "most of both texts",
    "line": "a line of news of that day stands as a whole in the other text",
    "contained": "one text stands as a whole in the other",
    "block": "a block of one text stands in the other",
    "run": "a long unbroken run of one text stands in the other",
    "reprint": "most of the shorter text",
    "partial": "a part of the text",
    "quote": "the same quotation",
}
_SHARES = {
    "shorter": "of the shorter text",
    "longer": "of the longer text",
    "facts": "of the names and numbers",
}
_WORDS = {
    "words": "words in the shorter text",
    "shared": "shared words",
    "unquoted": "shared words outside quotations",
    "quoted": "shared words in quotations",
    "longest_run": "words in one run",
}


class Explanation(NamedTuple):
    """How the rules came out for two texts.

    Attributes:
        rules: All that can apply, in the order in which they are tried.
    """

    rules: tuple[Rule, ...]

    @property
    def decided(self) -> Rule | None:
        """The first rule that holds; None if none does."""
        return next((rule for rule in self.rules if rule.holds), None)

    @property
    def relation(self) -> str | None:
        """What `relation.relation` says of the same texts."""
        return self.decided.relation if self.decided is not None else None

    @property
    def copied(self) -> Rule | None:
        """The first rule that holds and makes a pair, whatever was decided before it."""
        return next((rule for rule in self.rules if rule.relation and rule.holds), None)

    @property
    def nearest(self) -> Rule | None:
        """Of the rules that make a pair and do not hold, the one that lacks least."""
        missed = (rule for rule in self.rules if rule.relation and not rule.holds)
        return max(missed, key=_reached, default=None)


def explain(shared: Shared, config: CopiesConfig) -> Explanation:
    """Tries the rules on two texts as `relation.relation` does, and keeps how each came out."""
    return Explanation(tuple(rules(shared, config)))


def _reached(rule: Rule) -> float:
    """How much a rule has of what it lacks most: 1 if nothing."""
    return min(min(1.0, c.value / c.needed) for c in rule.conditions)


def name_rule(rule: Rule) -> str:
    """What a rule is for, in a few words."""
    return _NAMES[rule.name]


def reasons(rule: Rule) -> tuple[str, ...]:
    """Each condition of a rule in words: `62 % of the shorter text (needs 50 %)`."""
    return tuple(say_condition(condition) for condition in rule.conditions)


def lacking(rule: Rule) -> tuple[str, ...]:
    """The same for those conditions alone that are not met."""
    return tuple(say_condition(c) for c in rule.conditions if not c.met)


def say_condition(condition: Condition) -> str:
    """One condition in words.

    Shares are rounded away from the threshold, so that what misses it never looks as if it had met
    it.
    """
    if condition.measure in _WORDS:
        phrase = _WORDS[condition.measure]
        return f"{condition.value:,.0f} {phrase} (needs {condition.needed:,.0f})"
    digits = 0 if abs(condition.needed * 100 - round(condition.needed * 100)) < 1e-6 else 1
    share = _percent(condition.value, digits, math.floor)
    phrase = _SHARES[condition.measure]
    if condition.below:
        return f"{share} {phrase} (a copy keeps {_percent(condition.needed, digits, math.ceil)})"
    return f"{share} {phrase} (needs {condition.needed * 100:.{digits}f} %)"


def _percent(value: float, digits: int, whole: Callable[[float], int]) -> str:
    scale = 10.0**digits
    return f"{whole(round(value * 100 * scale, 6)) / scale:.{digits}f} %"
