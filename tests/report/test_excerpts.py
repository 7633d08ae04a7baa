"""Two texts beside one another: nothing lost, what is long folded, what is hostile survived."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Passage
from pipeline.report.excerpts import printable, rows

WORDS = " ".join(f"mot{n}" for n in range(200))


def _texts(found, side):
    return ["".join(piece.text for piece in getattr(row, side)) for row in found]


def test_shared_words_stand_in_one_row():
    body, other = "Un début. Le conseil a voté.", "Le conseil a voté. Une fin."
    found = rows(body, other, [Passage(10, 27, 0, 17)])
    assert ("Le conseil a voté.", "Le conseil a voté.") in zip(
        _texts(found, "ours"), _texts(found, "theirs"), strict=True
    )


def test_a_mark_stays_beside_the_words_that_it_closes():
    body, other = "a dit «oui». Puis rien", "Elle a dit «oui», hier"
    found = rows(body, other, [Passage(7, 10, 12, 15)])
    assert [t for t in _texts(found, "ours") if "oui" in t] == ["«oui»."]


def test_long_stretches_that_are_not_shared_are_folded_with_their_count():
    body = f"{WORDS} ici même {WORDS}"
    start = body.index("ici même")
    found = rows(body, "ici même", [Passage(start, start + 8, 0, 8)])
    text = "".join(_texts(found, "ours"))
    assert "… 190 words …" in text
    assert "mot190 mot191" in text
    assert "mot100" not in text


def test_long_shared_passages_are_folded_too():
    found = rows(WORDS, WORDS, [Passage(0, len(WORDS), 0, len(WORDS))])
    assert "… 80 words the same …" in _texts(found, "ours")[0]


def test_passages_in_another_order_are_marked_as_moved_and_lose_no_text():
    body = "premier passage ici. second passage là."
    other = "second passage là. premier passage ici."
    cut = len("premier passage ici.")
    of_cut = len("second passage là.")
    found = rows(
        body,
        other,
        [Passage(0, cut, of_cut + 1, len(other)), Passage(cut + 1, len(body), 0, of_cut)],
    )
    assert any(row.moved for row in found)
    in_order = sorted(found, key=lambda row: row.place)
    assert "".join(_texts(in_order, "theirs")).split() == other.split()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=8), st.randoms())
def test_short_texts_are_shown_whole(pieces, chance):
    body, spans = [], []
    for gap, size in pieces:
        body += [f"a{len(body)}"] * gap
        spans.append((len(" ".join(body)) + (1 if body else 0), size))
        body += [f"s{len(spans)}"] * size
    text = " ".join(body)
    lengths = [len(" ".join([f"s{n}"] * size)) for n, (_, size) in enumerate(spans, 1)]
    order = list(range(len(spans)))
    chance.shuffle(order)
    other, places = "", {}
    for number in order:
        other += " x " if other else "x "
        places[number] = len(other)
        start = spans[number][0]
        other += text[start : start + lengths[number]]
    passages = [
        Passage(start, start + lengths[n], places[n], places[n] + lengths[n])
        for n, (start, _) in enumerate(spans)
    ]
    found = rows(text, other, passages)
    assert "".join(_texts(found, "ours")).split() == text.split()
    in_order = sorted(found, key=lambda row: row.place)
    assert "".join(_texts(in_order, "theirs")).split() == other.split()


def test_a_text_without_blanks_is_cut():
    found = rows("x" * 300_000, "»" * 300_000, [Passage(10, 20, 10, 20)])
    assert sum(len(text) for text in _texts(found, "ours")) < 2_000


def test_what_a_terminal_would_obey_is_left_out():
    assert printable("a\x1b[31mb\u202ec\ud800d\n\ne") == "a [31mb c d e"
