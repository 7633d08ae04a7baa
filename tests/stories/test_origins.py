import pytest

from pipeline.records import CopyPair
from pipeline.stories.interval import UNDATED
from pipeline.stories.origins import connected, count_origins
from pipeline.stories.signature import StoryInput


def article(article_id: str, *agencies: str) -> StoryInput:
    return StoryInput(article_id, "fr", "", "", None, UNDATED, agencies, b"", b"")


def pair(later: str, earlier: str, relation: str) -> CopyPair:
    return CopyPair(later, earlier, relation, 0.5, 0.5, 50, 50, 20, ())


def count(articles: list[StoryInput], *pairs: CopyPair) -> int:
    by_id = {a.article_id: a for a in articles}
    return count_origins(sorted(by_id), by_id, pairs)


def test_independent_tellings_count_each() -> None:
    assert count([article("a"), article("b")]) == 2


@pytest.mark.parametrize("relation", ["exact", "near_duplicate", "reprint"])
def test_copies_count_once(relation: str) -> None:
    articles = [article("a"), article("b"), article("c")]
    assert count(articles, pair("b", "a", relation), pair("c", "b", relation)) == 1


def test_one_agency_is_one_origin_however_often_it_is_credited() -> None:
    assert count([article("a", "AFP"), article("b", "AFP"), article("c", "AFP")]) == 1


def test_an_article_with_two_agencies_is_one_origin() -> None:
    assert count([article("a", "AFP", "Reuters")]) == 1


def test_an_article_with_two_agencies_joins_neither_of_them() -> None:
    articles = [article("a", "AFP", "Reuters"), article("b", "AFP"), article("c", "Reuters")]
    assert count(articles) == 2


def test_quotations_and_partial_copies_between_houses_stay_independent() -> None:
    articles = [article("a"), article("b")]
    assert count(articles, pair("b", "a", "quote"), pair("b", "a", "partial")) == 2


def test_a_partial_copy_of_agency_text_without_credit_is_no_origin() -> None:
    assert count([article("a", "AFP"), article("b")], pair("b", "a", "partial")) == 1


def test_a_partial_copy_that_credits_another_agency_is_its_own_origin() -> None:
    assert count([article("a", "AFP"), article("b", "dpa")], pair("b", "a", "partial")) == 2


def test_pairs_with_articles_outside_are_left_out() -> None:
    assert (
        count([article("a"), article("b")], pair("b", "x", "exact"), pair("a", "x", "exact")) == 2
    )


def test_components_are_sorted_whatever_the_order_of_the_edges() -> None:
    edges = [("c", "b"), ("e", "d"), ("b", "z")]
    expected = (("a",), ("b", "c"), ("d", "e"))
    assert connected("edcba", edges) == connected("abcde", edges[::-1]) == expected
