"""Numerals in running text."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tagging.count_numerals import find_numerals


@pytest.mark.parametrize(
    ("text", "value", "approximate"),
    [
        ("quelque 2 500 soldats", 2500, True),
        ("1.200 hommes", 1200, False),
        ("3,5 millions d'euros", 3_500_000, False),
        ("une vingtaine de morts", 20, True),
        ("au moins 25 personnes", 25, True),
        ("des dizaines de milliers de gens", 10_000, True),
        ("des milliers de manifestants", 1000, True),
        ("quatre-vingt-dix-sept blessés", 97, False),
        ("deux cent cinquante", 250, False),
        ("mille deux cents", 1200, False),
        ("vingt et un", 21, False),
        ("trois millions deux cent mille", 3_200_000, False),
    ],
)
def test_french_numerals_have_their_value(text: str, value: float, approximate: bool) -> None:
    (numeral,) = find_numerals(text, "fr")
    assert (numeral.value, numeral.approximate) == (value, approximate)


@pytest.mark.parametrize(
    ("text", "value", "approximate"),
    [
        ("about 1,500 people", 1500, True),
        ("$3.5 million", 3_500_000, False),
        ("hundreds of people", 100, True),
        ("two hundred and fifty", 250, False),
        ("tens of thousands of people", 10_000, True),
        ("twenty-five soldiers", 25, False),
    ],
)
def test_english_numerals_have_their_value(text: str, value: float, approximate: bool) -> None:
    (numeral,) = find_numerals(text, "en")
    assert (numeral.value, numeral.approximate) == (value, approximate)


def test_an_article_alone_is_no_numeral() -> None:
    assert find_numerals("un homme et une femme", "fr") == ()


def test_the_place_of_a_numeral_is_its_words() -> None:
    text = "Il y a dix-sept blessés"
    (numeral,) = find_numerals(text, "fr")
    assert text[numeral.start : numeral.end] == "dix-sept"


@settings(max_examples=80)
@given(st.text(alphabet="0123456789 .,-ab\u00a0\nécentmille", max_size=80))
def test_any_text_gives_numerals_in_order_within_it(text: str) -> None:
    numerals = find_numerals(text, "fr")
    assert all(0 <= n.start < n.end <= len(text) for n in numerals)
    assert all(a.end <= b.start for a, b in itertools.pairwise(numerals))


@pytest.mark.parametrize("hostile", ["1" * 100_000, "cent " * 50_000, "1 000" * 40_000, "\x00" * 9])
def test_hostile_text_ends_soon(hostile: str) -> None:
    assert len(find_numerals(hostile, "fr")) <= 20_000
