"""Sentences by punctuation alone."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tagging.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def test_a_stop_before_a_capital_ends_a_sentence() -> None:
    assert sentences("Il part. Elle reste.") == ["Il part.", "Elle reste."]


def test_an_abbreviation_ends_none() -> None:
    assert sentences("M. Martin part. Le gén. Dupont reste.") == [
        "M. Martin part.",
        "Le gén. Dupont reste.",
    ]


def test_an_initial_ends_none() -> None:
    assert sentences("George W. Smith a parlé.") == ["George W. Smith a parlé."]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert sentences("« Je pars. » Il sort.") == ["« Je pars. »", "Il sort."]


def test_a_stop_glued_to_the_next_capital_ends_a_sentence() -> None:
    assert sentences("Il est parti.Elle reste ici.") == ["Il est parti.", "Elle reste ici."]


def test_initials_and_domains_are_not_glued_sentences() -> None:
    text = "Le site change.org et les U.S.A. en parlent."
    assert sentences(text) == [text]


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("Titre sans point\n\nTexte.") == ["Titre sans point", "Texte."]


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_spans_cover_all_but_white_space_in_order(text: str) -> None:
    spans = split_sentences(text)
    kept = "".join("".join(text[s.start : s.end].split()) for s in spans)
    assert kept == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "hostile", ["." * 200_000, "a" * 200_000 + " .", "a. " * 60_000, ". " * 60_000, "\x00\n" * 9]
)
def test_hostile_text_ends_soon(hostile: str) -> None:
    assert len(split_sentences(hostile)) <= len(hostile)
