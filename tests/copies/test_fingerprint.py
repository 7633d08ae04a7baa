"""The sample of a text."""

from itertools import pairwise

import numpy as np

from pipeline.copies.fingerprint import fingerprints
from pipeline.copies.tokens import tokenise


def _text(first: int, last: int) -> str:
    return " ".join(f"mot{n}" for n in range(first, last))


def _sample(texts, rate=4, minimum=16):
    tokens = tokenise(texts)
    found = fingerprints(tokens.hashes, tokens.bounds, rate, minimum)
    return [set(found.values[low:high].tolist()) for low, high in pairwise(found.bounds)]


def test_about_one_sequence_in_four_is_kept():
    (sample,) = _sample([_text(0, 4004)])
    assert 900 < len(sample) < 1100


def test_the_sample_of_a_long_part_lies_in_the_sample_of_the_whole():
    part, whole = _sample([_text(300, 900), _text(0, 2000)])
    assert part < whole


def test_a_short_text_keeps_its_minimum():
    (sample,) = _sample([_text(0, 34)])
    assert len(sample) >= 16


def test_a_text_of_ten_words_keeps_all_its_sequences():
    (sample,) = _sample([_text(0, 10)])
    assert len(sample) == 6


def test_texts_under_five_words_have_none_and_disturb_no_neighbour():
    alone = _sample([_text(0, 50)])
    assert _sample(["", "un deux", _text(0, 50), "trois"]) == [set(), set(), alone[0], set()]


def test_a_text_that_repeats_itself_has_each_fingerprint_once():
    tokens = tokenise(["un deux trois quatre cinq " * 50])
    found = fingerprints(tokens.hashes, tokens.bounds, 1, 1)
    assert len(found.values) == len(np.unique(found.values)) == 5
