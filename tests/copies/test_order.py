"""Publication intervals, and which article is the earlier."""

import pytest

from pipeline.copies.order import (
    DAY,
    UNDATED,
    CopyInput,
    Interval,
    edtf_interval,
    in_order,
    is_same_item,
)


def _article(article_id, edtf="2024-05-02", *, credited=False, version=1, guid="", source=""):
    interval = edtf_interval(edtf)
    return CopyInput(article_id, version, source, guid, "", *interval, credited, "")


@pytest.mark.parametrize(
    ("edtf", "days"),
    [("2024-05-02", 1), ("2024-02", 29), ("2023", 365), ("2024-05-02/2024-05-04", 3)],
)
def test_an_interval_covers_what_its_precision_says(edtf, days):
    interval = edtf_interval(edtf)
    assert interval.end - interval.start + 1 == days * DAY


def test_times_are_read_with_their_zone():
    assert edtf_interval("1970-01-01T02:00:00+02:00") == Interval(0, 0)
    assert edtf_interval("1970-01-01T00:00Z") == Interval(0, 60_000_000 - 1)


@pytest.mark.parametrize(
    "edtf", ["", "hier", "2024-13", "2024-02-30", "0000", "9999", "2024-05-04/2024-05-02"]
)
def test_what_cannot_be_read_is_undated(edtf):
    assert edtf_interval(edtf) == UNDATED


def test_the_earlier_time_comes_first_and_undated_articles_last():
    articles = [_article("a", ""), _article("b", "2024-05"), _article("c", "2024-04-30")]
    assert [a.article_id for a in in_order(articles)] == ["c", "b", "a"]


def test_of_the_same_time_agency_copy_comes_first_then_the_id():
    articles = [_article("b"), _article("a"), _article("c", credited=True)]
    assert [a.article_id for a in in_order(articles)] == ["c", "a", "b"]


def test_of_several_versions_the_highest_is_kept():
    (kept,) = in_order([_article("a", version=2), _article("a", version=10), _article("a")])
    assert kept.version == 10


def test_items_with_one_guid_of_one_source_are_the_same_item():
    one, other = _article("a", guid="urn:1", source="X"), _article("b", guid="urn:1", source="X")
    assert is_same_item(one, other)
    assert not is_same_item(one, other._replace(source="Y"))
    assert not is_same_item(_article("a"), _article("b"))
