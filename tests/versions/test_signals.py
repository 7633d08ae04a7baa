"""Withdrawn and held articles, without any pipeline."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import UNTIL_FURTHER_NOTICE, Article, Credit, RawItem, Removed, Span
from pipeline.versions.holds import (
    article_from,
    article_payload,
    held_reject,
    hold_reason,
    is_held,
    withdrawn_reject,
)
from pipeline.versions.resolve import Delivery, Versions, resolve_versions
from tests.versions.test_resolve import article

NOW = 1_000


def delivery(item: Article, earlier: bool = False, recalled: bool = False) -> Delivery:
    hold = hold_reason(item, NOW)
    raw = RawItem(item.source_uri, article_payload(item), "article") if hold else None
    return Delivery(item, earlier=earlier, recalled=recalled, hold=hold, raw=raw)


def resolved(*articles: Article) -> Versions:
    return resolve_versions(map(delivery, articles))


CANCEL = article("", 3)._replace(status="canceled", headline="Un titre")
WITHHELD = article("b", 2)._replace(status="withheld")
EMBARGOED = article("b", 2)._replace(embargoed_until=NOW + 1)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (article(), ""),
        (WITHHELD, "withheld"),
        (EMBARGOED, "embargoed"),
        (article()._replace(embargoed_until=NOW), ""),
        (article()._replace(embargoed_until=UNTIL_FURTHER_NOTICE), "embargoed"),
        (CANCEL._replace(embargoed_until=UNTIL_FURTHER_NOTICE), ""),
    ],
)
def test_what_may_not_be_published_is_held(item: Article, reason: str) -> None:
    assert hold_reason(item, NOW) == reason


def test_a_kill_withdraws_all_versions_and_keeps_no_text() -> None:
    versions = resolved(article("a", 1), CANCEL, article("d", 4))
    assert versions.deliveries == ()
    assert versions.tombstone is not None
    left = versions.tombstone.article
    assert (left.body, left.headline, left.status, left.guid) == ("", "", "canceled", "g1")
    assert [reject.reason for reject in versions.rejects] == ["withdrawn"]
    assert (versions.new_tombstones, versions.new_rejects) == (1, 2)


def test_a_kill_that_an_earlier_run_knew_is_already_seen() -> None:
    first = resolved(CANCEL)
    assert first.tombstone is not None
    stored = delivery(first.tombstone.article, earlier=True)
    again = resolve_versions([stored, delivery(CANCEL)])
    assert (again.new_tombstones, again.already_seen) == (0, 1)
    assert again.tombstone is not None
    assert again.tombstone.article == first.tombstone.article


def test_an_embargoed_version_waits_and_the_earlier_one_stays() -> None:
    versions = resolved(article("a", 1), EMBARGOED)
    assert [d.article.body for d in versions.deliveries] == ["a"]
    assert [reject.reason for reject in versions.rejects] == ["embargoed"]
    assert (versions.new_articles, versions.new_rejects) == (1, 1)


def test_a_released_version_is_read_by_the_run_that_releases_it() -> None:
    versions = resolve_versions([delivery(article("b", 2), recalled=True)])
    assert (versions.new_articles, versions.released, versions.already_seen) == (1, 1, 0)


def test_the_newest_version_decides_whether_the_article_is_withheld() -> None:
    assert resolved(article("a", 1), WITHHELD).deliveries == ()
    released = resolved(article("a", 1), WITHHELD, article("c", 3))
    assert [d.article.body for d in released.deliveries] == ["a", "c"]


def test_a_published_article_that_is_withheld_can_come_back_unchanged() -> None:
    stored = delivery(article("a", 1), earlier=True)
    held = resolve_versions([stored, delivery(WITHHELD)]).rejects
    payload = next(r.payload for r in held if r.kind == "article")
    assert article_from(payload) == stored.article


def test_an_article_goes_through_its_payload_unharmed() -> None:
    item = article("é \ud800")._replace(
        subheads=(Span(0, 1),),
        removed=(Removed("x", "header"),),
        credits=(Credit("AFP", "byline", "AFP"),),
        subjects=("a",),
        marks=("paywall",),
        withdrawn_by=("a9",),
        embargoed_until=UNTIL_FURTHER_NOTICE,
    )
    assert article_from(article_payload(item)) == item


def test_only_whole_items_are_recalled() -> None:
    raw = RawItem("x", b"payload", "text")
    assert is_held(held_reject(WITHHELD, "withheld", raw))
    assert is_held(held_reject(WITHHELD, "withheld", None))
    assert not is_held(withdrawn_reject(WITHHELD))


_ARTICLES = st.builds(
    lambda body, version, status, embargo: article(body, version)._replace(
        status=status, embargoed_until=embargo
    ),
    st.sampled_from(["a", "b"]),
    st.integers(1, 3),
    st.sampled_from(["usable", "usable", "corrected", "withheld", "canceled"]),
    st.sampled_from([None, None, NOW - 1, NOW + 1]),
)
_DELIVERIES = st.lists(_ARTICLES.map(delivery), min_size=1, max_size=5)


@given(_DELIVERIES)
def test_the_order_of_arrival_changes_nothing(deliveries: list[Delivery]) -> None:
    wanted = resolve_versions(deliveries)
    for order in itertools.islice(itertools.permutations(deliveries), 24):
        assert resolve_versions(order) == wanted


@given(_DELIVERIES)
def test_every_delivery_is_counted_once(deliveries: list[Delivery]) -> None:
    v = resolve_versions(deliveries)
    counted = v.new_articles + v.new_versions + v.new_tombstones + v.new_rejects + v.already_seen
    if not v.deliveries and not v.tombstone:
        assert v.new_articles == v.new_versions == 0
    assert counted == len(deliveries)


# Equal deliveries with and without an embargo that is over: the first one's is kept.
_WITHOUT_PAST = _DELIVERIES.filter(lambda ds: all(d.article.embargoed_until != 999 for d in ds))


@given(_WITHOUT_PAST, st.integers(0, 5))
def test_two_runs_publish_what_one_run_does(deliveries: list[Delivery], cut: int) -> None:
    """The tables after a first part and a second are those of both parts at once."""
    whole = resolve_versions(deliveries)
    first, second = deliveries[:cut], deliveries[cut:]
    if not first or not second:
        return
    stored = _stored(resolve_versions(first))
    later = resolve_versions([*stored, *second])
    assert _tables(later) == _tables(whole)
    assert _counted(later) == len(second)


def _stored(versions: Versions) -> list[Delivery]:
    kept = [*versions.deliveries, *([versions.tombstone] if versions.tombstone else [])]
    back = [d._replace(earlier=True, recalled=False) for d in kept]
    waiting = [article_from(r.payload) for r in versions.rejects if is_held(r)]
    return back + [delivery(item, recalled=True) for item in waiting]


def _tables(versions: Versions) -> object:
    tombstone = versions.tombstone.article if versions.tombstone else None
    return [d.article for d in versions.deliveries], tombstone


def _counted(v: Versions) -> int:
    added = v.new_articles + v.new_versions + v.new_tombstones + v.new_rejects + v.already_seen
    return added - v.released


def test_versions_without_numbers_that_come_run_by_run_are_ordered_by_time() -> None:
    stored: list[Delivery] = []
    for body, at in (("a", 1), ("b", 2), ("c", 3)):
        versions = resolve_versions([*stored, delivery(article(body, 1, at))])
        stored = _stored(versions)
    assert [(d.article.version, d.article.body) for d in versions.deliveries] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
    ]


def test_an_item_that_comes_after_its_kill_stays_withdrawn() -> None:
    stored = _stored(resolved(CANCEL))
    versions = resolve_versions([*stored, delivery(article("d", 9))])
    assert (versions.deliveries, versions.new_rejects, versions.new_tombstones) == ((), 1, 0)
