"""What is said about a decision agrees with the decision."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import CopiesConfig
from pipeline.copies.reasons import explain, lacking, reasons, say_condition
from pipeline.copies.relation import Condition, Shared, relation

CONFIG = CopiesConfig()


@st.composite
def _shared(draw: st.DrawFn) -> Shared:
    words, of_words = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    shared = draw(st.integers(0, min(words, of_words)))
    facts = draw(st.integers(0, min(words, of_words)))
    return Shared(
        words=words,
        of_words=of_words,
        shared=shared,
        unquoted=draw(st.integers(0, shared)),
        longest_run=draw(st.integers(min(shared, 1), shared)),
        facts=facts,
        shared_facts=draw(st.integers(0, min(facts, shared))),
        equal=draw(st.booleans()),
        same_time=draw(st.booleans()),
    )


@settings(max_examples=300)
@given(_shared())
def test_the_explanation_says_what_the_rule_decides(shared: Shared):
    found = explain(shared, CONFIG)
    assert found.relation == relation(shared, CONFIG)
    if found.decided is not None:
        assert not lacking(found.decided)
    if found.nearest is not None:
        assert lacking(found.nearest)


def _of(**changes: object) -> Shared:
    base = Shared(400, 340, 211, 210, 60, 20, 15, False, True)
    return base._replace(**changes)


def test_a_reprint_names_its_measures_beside_their_thresholds():
    decided = explain(_of(longest_run=10), CONFIG).decided
    assert decided is not None
    assert decided.relation == "reprint"
    assert reasons(decided) == (
        "62 % of the shorter text (needs 50 %)",
        "210 shared words outside quotations (needs 25)",
    )


def test_a_near_miss_names_what_is_lacking_in_the_rule_that_it_came_closest_to():
    found = explain(_of(shared=30, unquoted=30, longest_run=9, shared_facts=3), CONFIG)
    assert found.relation is None
    assert found.nearest is not None
    assert lacking(found.nearest) == ("30 shared words outside quotations (needs 35)",)


def test_a_form_filled_in_anew_says_what_it_would_have_been():
    found = explain(_of(same_time=False, shared_facts=0), CONFIG)
    assert found.relation is None
    assert found.decided is not None
    assert found.decided.name == "template"
    assert found.copied is not None
    assert found.copied.relation == "reprint"


def test_a_share_just_under_its_threshold_does_not_look_as_if_it_met_it():
    assert say_condition(Condition("shorter", 0.4999, 0.5)).startswith("49 %")
    assert (
        say_condition(Condition("shorter", 0.28, 0.28)) == "28 % of the shorter text (needs 28 %)"
    )
    assert "28.4 %" in say_condition(Condition("shorter", 0.2849, 0.285))
