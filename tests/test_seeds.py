"""The main job on the five seeds: what the design promises of them."""

from collections.abc import Mapping
from typing import Any

import pytest

from pipeline.store.folder import OutputFolder


@pytest.fixture(scope="module")
def articles(seeds_output: OutputFolder) -> dict[str, Mapping[str, Any]]:
    """The articles by the number that their file's name begins with."""
    rows = seeds_output.rows("articles")
    return {row["source_uri"].rsplit("/", 1)[-1][:3]: row for row in rows}


def test_five_articles_come_out(articles: dict[str, Mapping[str, Any]]) -> None:
    assert sorted(articles) == ["000", "001", "002", "003", "004"]


def test_only_two_of_them_share_copy(
    seeds_output: OutputFolder, articles: dict[str, Mapping[str, Any]]
) -> None:
    (pair,) = seeds_output.rows("copies")
    assert pair["relation"] == "partial"
    assert {pair["article_id"], pair["of_article_id"]} == {
        articles["002"]["article_id"],
        articles["003"]["article_id"],
    }


def test_the_passages_of_a_copy_are_the_same_words_in_both_bodies(
    seeds_output: OutputFolder,
) -> None:
    (pair,) = seeds_output.rows("copies")
    bodies = {row["article_id"]: row["body"] for row in seeds_output.rows("articles")}
    assert pair["passages"]
    for passage in pair["passages"]:
        ours = bodies[pair["article_id"]][passage["start"] : passage["end"]]
        theirs = bodies[pair["of_article_id"]][passage["of_start"] : passage["of_end"]]
        assert ours.casefold().replace("’", "'") == theirs.casefold().replace("’", "'")


def test_the_later_article_names_its_original(articles: dict[str, Mapping[str, Any]]) -> None:
    copied = {number for number, row in articles.items() if row["copy_of"]}
    assert copied == {"003"}  # undated: it cannot be the earlier one


def test_four_tell_one_story_and_the_fifth_another(
    articles: dict[str, Mapping[str, Any]],
) -> None:
    stories = {number: row["story_id"] for number, row in articles.items()}
    assert len({stories[n] for n in ("000", "001", "002", "003")}) == 1
    assert stories["004"] != stories["000"]


def test_dates_keep_their_precision(articles: dict[str, Mapping[str, Any]]) -> None:
    dates = {number: row["published_edtf"] for number, row in articles.items()}
    assert dates == {
        "000": "2019-12",
        "001": None,
        "002": "2019-12",
        "003": None,
        "004": "2023-11",
    }


def test_credits_have_their_roles(articles: dict[str, Mapping[str, Any]]) -> None:
    found = {
        number: {(credit["agency"], credit["role"]) for credit in row["credits"]}
        for number, row in articles.items()
    }
    assert found["000"] == {("Belga", "byline"), ("AFP", "mention")}
    assert found["001"] == set()
    assert found["002"] == {
        ("Reuters", "header"),
        ("AFP", "footer"),
        ("Reuters", "footer"),
        ("AFP", "mention"),
    }
    assert found["003"] == {("France 24", "footer"), ("AFP", "photo"), ("Atlantico", "publisher")}
    assert found["004"] == set()


def test_a_page_that_lost_its_tags_is_only_its_article(
    articles: dict[str, Mapping[str, Any]],
) -> None:
    page = articles["003"]
    assert page["headline"].startswith("Attaque de l’ambassade américaine à Bagdad")
    assert page["body"].startswith("Vives tensions\n\nDes centaines d'Irakiens pro-Iran")
    assert page["body"].endswith("l'influence iranienne dans l'attaque de l'ambassade américaine.")
    assert {"navigation", "photo_credit", "appeal"} <= {r["reason"] for r in page["removed"]}


def test_offsets_are_exact_on_the_body(articles: dict[str, Mapping[str, Any]]) -> None:
    for row in articles.values():
        for part in (row["quotes"], row["dates"], *(e["mentions"] for e in row["entities"])):
            for span in part:
                assert row["body"][span["start"] : span["end"]] == span["text"]
        for event in row["events"]:
            assert row["body"][event["trigger_start"] : event["trigger_end"]] == event["trigger"]


def test_entities_are_one_thing_each_over_articles(
    articles: dict[str, Mapping[str, Any]],
) -> None:
    for number in ("000", "001", "002", "003", "004"):
        ids = {entity["entity_id"]: entity for entity in articles[number]["entities"]}
        assert ids["country:IR"]["type"] == "COUNTRY"
        assert ids["city:IQ/baghdad"]["country"] == "IQ"


def test_actors_and_recipients_are_entities_of_the_article(
    articles: dict[str, Mapping[str, Any]],
) -> None:
    assert any(row["events"] for row in articles.values())
    for row in articles.values():
        known = {entity["entity_id"] for entity in row["entities"]}
        for event in row["events"]:
            assert set(event["actors"]) | set(event["recipients"]) <= known


def test_the_direct_quotations_of_a_dispatch_have_their_speaker(
    articles: dict[str, Mapping[str, Any]],
) -> None:
    quotes = articles["000"]["quotes"]
    assert len(quotes) == 3
    assert {quote["speaker_id"] for quote in quotes} == {"per:donald-trump"}


def test_events_of_a_story_are_merged_over_its_articles(
    seeds_output: OutputFolder, articles: dict[str, Mapping[str, Any]]
) -> None:
    events = list(seeds_output.rows("events"))
    story = [row for row in events if row["story_id"] == articles["000"]["story_id"]]
    assert any(row["article_count"] > 1 for row in story)
    assert all(1 <= row["origin_count"] <= row["article_count"] for row in events)


def test_the_ledger_adds_up(seeds_output: OutputFolder) -> None:
    manifest = seeds_output.manifest()
    assert manifest is not None
    assert (manifest.ledger.read, manifest.ledger.articles) == (5, 5)
    assert manifest.ledger.balance == 0
