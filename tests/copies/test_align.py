"""Aligned words."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.copies.align import MIN_RUN, align, index


def _align(one, other):
    runs = align(index(np.array(one, dtype=np.uint64)), index(np.array(other, dtype=np.uint64)))
    return list(
        zip(runs.starts.tolist(), runs.of_starts.tolist(), runs.lengths.tolist(), strict=True)
    )


def _words(first, last):
    return list(range(first, last))


def test_equal_texts_are_one_run():
    assert _align(_words(0, 40), _words(0, 40)) == [(0, 0, 40)]


def test_a_run_of_five_words_does_not_count():
    assert _align([900, *_words(0, 5), 901], [902, *_words(0, 5), 903]) == []
    assert _align([900, *_words(0, 6), 901], [902, *_words(0, 6), 903]) == [(1, 1, 6)]


def test_reordered_paragraphs_are_found():
    one = [*_words(0, 20), *_words(100, 120)]
    other = [*_words(100, 120), *_words(0, 20)]
    assert _align(one, other) == [(0, 20, 20), (20, 0, 20)]


def test_a_changed_word_splits_a_run_and_short_pieces_next_to_it_still_count():
    one = [*_words(0, 10), 900, *_words(11, 15), 901, *_words(16, 30)]
    assert _align(one, _words(0, 30)) == [(0, 0, 10), (11, 11, 4), (16, 16, 14)]


def test_a_short_piece_far_from_any_run_does_not_count():
    one = [*_words(0, 10), *_words(500, 540), *_words(20, 24)]
    other = [*_words(0, 10), *_words(600, 640), *_words(20, 24)]
    assert _align(one, other) == [(0, 0, 10)]


def test_a_passage_that_is_repeated_counts_once():
    one = [*_words(0, 10), *_words(0, 10)]
    assert sum(length for _, _, length in _align(one, _words(0, 10))) == 10


def test_a_text_that_repeats_one_word_is_aligned_in_linear_time():
    runs = _align([7] * 20_000, [7] * 15_000)
    assert sum(length for _, _, length in runs) <= 15_000


_texts = st.lists(st.integers(0, 5), max_size=60)


@settings(max_examples=150, deadline=None)
@given(_texts, _texts)
def test_runs_say_the_same_words_and_use_each_word_once(one, other):
    used, of_used = set(), set()
    for start, of_start, length in _align(one, other):
        assert one[start : start + length] == other[of_start : of_start + length]
        ours, theirs = range(start, start + length), range(of_start, of_start + length)
        assert used.isdisjoint(ours)
        assert of_used.isdisjoint(theirs)
        used.update(ours)
        of_used.update(theirs)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=MIN_RUN, max_size=30, unique=True), _texts, _texts)
def test_a_common_run_is_found_wherever_it_stands(run, before, after):
    shifted = [word + 10 for word in run]
    found = _align([*before, *shifted], [*shifted, *after])
    assert sum(length for _, _, length in found) >= len(run)
