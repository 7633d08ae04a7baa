"""Words, their offsets, and what counts as the same word."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.copies.tokens import CAPITAL, DIGIT, tokenise


def _words(text: str) -> list[str]:
    tokens = tokenise([text])
    return [text[a:b] for a, b in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


def _same(one: str, other: str) -> bool:
    return tokenise([one]).hashes.tolist() == tokenise([other]).hashes.tolist()


def test_words_keep_their_place_in_the_text():
    assert _words("L'eau monte, dit-il.") == ["L", "eau", "monte", "dit", "il"]


def test_offsets_are_those_of_the_original_text_after_characters_that_fold_to_several():
    text = "ﬁn du cœur, ß puis l'été"
    assert _words(text) == ["ﬁn", "du", "cœur", "ß", "puis", "l", "été"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÉTATS-UNIS", "états-unis"),
        ("États", "Etats"),
        ("été", "e\u0301te\u0301"),
        ("cœur", "coeur"),
        ("ﬁn", "fin"),
        ("Straße", "STRASSE"),
        ("ｎｅｗｓ", "news"),
    ],
)
def test_words_that_differ_only_in_case_accents_or_form_are_the_same(one, other):
    assert _same(one, other)


@pytest.mark.parametrize(("one", "other"), [("ab", "ba"), ("aa", "a"), ("a b", "ab"), ("12", "21")])
def test_different_words_differ(one, other):
    assert not _same(one, other)


def test_names_and_numbers_are_marked():
    shapes = tokenise(["Le 3 mars à Écully, élan"]).shapes.tolist()
    assert shapes == [CAPITAL, DIGIT, 0, 0, CAPITAL, 0]


def test_lines_are_counted_in_each_text_by_itself():
    tokens = tokenise(["un\n\ndeux", "trois\nquatre cinq"])
    assert tokens.lines.tolist() == [0, 2, 0, 1, 1]
    assert tokens.bounds.tolist() == [0, 2, 5]


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_every_word_lies_in_the_text_and_words_never_overlap(text):
    tokens = tokenise([text])
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.ends[:-1] <= tokens.starts[1:]).all()
    assert not len(tokens.ends) or int(tokens.ends[-1]) <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aÉé œ\n\u0301ﬁ1", max_size=12), max_size=6))
def test_a_text_has_the_same_words_alone_as_among_others(texts):
    together = tokenise(texts)
    for number, text in enumerate(texts):
        alone = tokenise([text])
        own = together.text(number)
        for column in ("hashes", "starts", "ends", "shapes", "lines"):
            assert np.array_equal(getattr(own, column), getattr(alone, column))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcéèÀÉôœ ", max_size=30))
def test_composed_and_decomposed_letters_are_the_same(text):
    assert _same(unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ["", "\x00\x00", "\ud800 a \udfff", "\u202eabc", "\u0301", "\n"])
def test_hostile_texts_are_read_without_error(text):
    tokens = tokenise([text, "a b"])
    assert len(tokens.text(1).hashes) == 2


def test_a_long_word_does_not_slow_down():
    tokens = tokenise(["x" * 3_000_000])
    assert len(tokens.hashes) == 1
