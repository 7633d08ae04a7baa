from hypothesis import given
from hypothesis import strategies as st

from pipeline.tagging.passages import split_passages


@given(st.text(alphabet="a. \n", max_size=200))
def test_nothing_but_white_space_is_left_out(body: str) -> None:
    kept = [body[p.start : p.end] for p in split_passages(body)]
    assert "".join("".join(kept).split()) == "".join(body.split())


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    body = "Une phrase de trente lettres. " * 1_000
    passages = split_passages(body)
    assert len(passages) > 1
    assert all(body[p.start : p.end].startswith("Une") for p in passages)


def test_text_without_spaces_is_cut_all_the_same() -> None:
    body = "x" * 100_000
    assert sum(p.end - p.start for p in split_passages(body)) == 100_000
    assert max(p.end - p.start for p in split_passages(body)) <= 8_000
