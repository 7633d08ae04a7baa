import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Article
from pipeline.versions.resolve import Delivery, Versions, resolve_versions


def article(body: str = "un texte", version: int = 1, at: int | None = None) -> Article:
    return Article(
        article_id="a1",
        version=version,
        source_uri="x.jsonl#L1",
        source="Le Journal",
        guid="g1",
        language="fr",
        body=body,
        published_at=at,
        word_count=2,
        content_hash=body,
    )


def _bodies(versions: Versions) -> list[tuple[int, str]]:
    return [(d.article.version, d.article.body) for d in versions.deliveries]


def test_a_single_delivery_is_a_new_article() -> None:
    versions = resolve_versions([Delivery(article())])
    assert (versions.new_articles, versions.new_versions, versions.already_seen) == (1, 0, 0)


def test_the_same_delivery_twice_counts_as_already_seen() -> None:
    versions = resolve_versions([Delivery(article()), Delivery(article())])
    assert (versions.new_articles, versions.new_versions, versions.already_seen) == (1, 0, 1)


def test_where_it_was_read_does_not_make_a_version() -> None:
    elsewhere = article()._replace(source_uri="y.jsonl#L9")
    assert len(resolve_versions([Delivery(article()), Delivery(elsewhere)]).deliveries) == 1


def test_versions_that_arrive_out_of_order_are_put_in_order() -> None:
    versions = resolve_versions([Delivery(article("b", 2)), Delivery(article("a", 1))])
    assert _bodies(versions) == [(1, "a"), (2, "b")]
    assert versions.current.article.body == "b"


def test_large_version_numbers_are_compared_as_numbers() -> None:
    versions = resolve_versions([Delivery(article("b", 10)), Delivery(article("a", 9))])
    assert versions.current.article.body == "b"


def test_other_text_under_the_same_number_is_the_next_version_by_date() -> None:
    late, early = article("b", at=2), article("a", at=1)
    versions = resolve_versions([Delivery(late), Delivery(early)])
    assert _bodies(versions) == [(1, "a"), (2, "b")]
    assert (versions.new_articles, versions.new_versions) == (1, 1)


def test_an_article_that_is_in_the_output_is_already_seen() -> None:
    versions = resolve_versions([Delivery(article()), Delivery(article(), earlier=True)])
    assert (versions.new_articles, versions.new_versions, versions.already_seen) == (0, 0, 1)
    assert versions.current.earlier


def test_a_renumbered_version_is_recognised_when_it_comes_again() -> None:
    first = resolve_versions([Delivery(article("a", at=1)), Delivery(article("b", at=2))])
    stored = [d._replace(earlier=True) for d in first.deliveries]
    again = resolve_versions([*stored, Delivery(article("b", at=2)), Delivery(article("a", at=1))])
    assert again.already_seen == 2
    assert _bodies(again) == _bodies(first)


def test_a_version_that_goes_back_to_an_earlier_text_is_kept() -> None:
    stored = [Delivery(article("a", 1), earlier=True), Delivery(article("b", 2), earlier=True)]
    versions = resolve_versions([*stored, Delivery(article("a", 3))])
    assert versions.current.article.body == "a"
    assert versions.new_versions == 1


_DELIVERIES = st.lists(
    st.builds(
        article,
        st.sampled_from(["a", "b", "c"]),
        st.integers(1, 3),
        st.one_of(st.none(), st.integers(0, 2)),
    ).map(Delivery),
    min_size=1,
    max_size=5,
)


@given(_DELIVERIES)
def test_the_order_of_arrival_changes_nothing(deliveries: list[Delivery]) -> None:
    wanted = resolve_versions(deliveries)
    for order in itertools.islice(itertools.permutations(deliveries), 24):
        assert resolve_versions(order) == wanted


@given(_DELIVERIES)
def test_every_delivery_is_counted_once(deliveries: list[Delivery]) -> None:
    versions = resolve_versions(deliveries)
    counted = versions.new_articles + versions.new_versions + versions.already_seen
    assert counted == len(deliveries)


@given(_DELIVERIES)
def test_delivering_everything_again_changes_nothing(deliveries: list[Delivery]) -> None:
    first = resolve_versions(deliveries)
    stored = [delivery._replace(earlier=True) for delivery in first.deliveries]
    again = resolve_versions([*stored, *deliveries])
    assert _bodies(again) == _bodies(first)
    assert again.already_seen == len(deliveries)
