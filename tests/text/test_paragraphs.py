import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.paragraphs import split_units, words_in

WORDS = st.sampled_from("le maire de la ville a dit que les travaux du pont iront vite".split())


def _units(text):
    return [text[unit.start : unit.end] for unit in split_units(text)]


def test_blank_lines_part_units_and_ends_are_trimmed():
    assert _units("\n a \n\n \t\n b\n") == ["a", "b"]


def test_a_unit_knows_whether_a_blank_line_stands_before_it():
    assert [unit.gap for unit in split_units("a\nb\n\nc")] == [True, False, True]


@given(st.lists(WORDS, min_size=60, max_size=200), st.integers(50, 90))
@settings(max_examples=40)
def test_a_wrapped_paragraph_is_one_unit(words, width):
    wrapped = textwrap.fill(" ".join(words), width)
    assert len(_units(wrapped)) == 1


def test_short_lines_stay_apart():
    assert len(_units("Nice\nLyon\nLille\nBrest")) == 4


def test_a_sentence_that_goes_on_in_lower_case_is_joined():
    text = "Le maire de la toute petite ville a dit mardi\nque les travaux iraient vite."
    assert len(_units(text)) == 1


@pytest.mark.parametrize(
    ("text", "count"), [("l'Irak a dit", 3), ("sous-traitant", 1), ("", 0), ("— !", 0)]
)
def test_words_are_counted_as_readers_do(text, count):
    assert words_in(text) == count
