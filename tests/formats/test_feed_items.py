import io
from pathlib import Path

import pytest

from pipeline.config import ReadConfig
from pipeline.errors import InputError, RejectError
from pipeline.formats.feed_items import needs_page, parse_feed_item, split_feed
from pipeline.formats.feed_list import is_address, parse_feed_list
from pipeline.formats.feed_record import FeedEntry
from pipeline.formats.parse import parse_item
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import RawItem
from tests.formats.test_feed import ATOM, RSS

LONG = "Le conseil a voté le budget de la commune après de longs débats sur les routes. " * 12


def _items(payload: str, uri: str = "https://a.example/feed.xml") -> list[RawItem]:
    return list(split_feed(RawItem(uri, payload.encode(), "feed")))


def _feed(*items: str) -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss><channel><title>T</title><link>/</link>{body}</channel></rss>"


def test_a_file_gives_an_item_an_entry_named_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(RSS, encoding="utf-8")
    (item,) = read_items(Source("f", str(tmp_path / "f")), ReadConfig())
    assert isinstance(item, RawItem)
    assert item.source_uri == "f#pont-1"
    parsed = parse_item(item)
    assert (parsed.guid, parsed.headline) == ("pont-1", "Le pont & la route")
    assert (parsed.source, parsed.byline) == ("Le Courrier", "La rédaction")
    assert parsed.text == "Le pont rouvre.\n\nLa route ferme."
    assert (parsed.date, parsed.language) == ("Tue, 31 Dec 2019 18:05:00 +0100", "fr")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-8-sig"])
def test_wide_characters_are_read(encoding: str) -> None:
    payload = ATOM.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    (item,) = read_items(Source("f", "f"), ReadConfig(), io.BytesIO(payload))
    assert isinstance(item, RawItem)
    assert parse_item(item).headline == "Titre"


def test_an_entry_can_be_replayed_alone() -> None:
    (item,) = _items(RSS)
    (again,) = split_feed(RawItem("replayed", item.payload, "feed"))
    assert parse_feed_item(again)._replace(source_uri="") == parse_feed_item(item)._replace(
        source_uri=""
    )


def test_links_are_made_absolute_with_the_address_of_the_feed() -> None:
    (item,) = _items(_feed("<link>/un</link><description>Texte.</description>"))
    parsed = parse_feed_item(item)
    assert (parsed.url, parsed.guid) == ("https://a.example/un", "https://a.example/un")


def test_an_entry_without_id_and_link_is_known_by_title_and_date() -> None:
    title, date = "<title>Un</title>", "<pubDate>2020-01-02</pubDate>"
    one, two = (
        parse_feed_item(_items(_feed(title + date + f"<description>{text}</description>"))[0]).guid
        for text in ("Texte.", "Texte corrigé.")
    )
    other = parse_feed_item(_items(_feed(title + "<description>Texte.</description>"))[0]).guid
    assert one == two != other


def test_an_id_that_is_no_word_does_not_name_the_item() -> None:
    first, second = _items(_feed("<guid>a b</guid>", "<guid>é</guid>"))
    assert [first.source_uri[-2:], second.source_uri[-2:]] == ["#1", "#2"]


def test_the_longer_text_counts() -> None:
    (item,) = _items(_feed("<description>Court.</description><fullitem>Un peu long.</fullitem>"))
    assert parse_feed_item(item).text == "Un peu long."


def test_an_entry_with_a_title_only_has_no_text() -> None:
    with pytest.raises(RejectError, match="no_text"):
        parse_feed_item(_items(_feed("<title>Seul</title>"))[0])


def test_a_feed_without_entries_is_empty() -> None:
    (item,) = _items("<rss><channel><title>T</title></channel></rss>")
    with pytest.raises(RejectError, match="empty"):
        parse_item(item)


def test_a_broken_feed_is_one_item_that_says_so() -> None:
    (item,) = _items("<rss><oops")
    with pytest.raises(RejectError, match="malformed"):
        parse_item(item)


@pytest.mark.parametrize(
    ("entry", "needed"),
    [
        (FeedEntry(link="https://a.example/1", summary="Quelques mots."), True),
        (FeedEntry(link="https://a.example/1", content=LONG), False),
        (FeedEntry(link="https://a.example/1", content=LONG + " Lire la suite »"), True),
        (FeedEntry(link="https://a.example/1", content=LONG + "[…]"), True),
        (FeedEntry(summary="Quelques mots."), False),
        (FeedEntry(link="file:///etc/passwd", summary="Quelques mots."), False),
    ],
)
def test_only_short_or_cut_entries_with_a_link_need_their_page(
    entry: FeedEntry, needed: bool
) -> None:
    assert needs_page(entry) is needed


def test_a_list_of_addresses_is_read() -> None:
    text = "# fils\n\nhttps://a.example/f\r\n  HTTP://b.example/f \nhttps://a.example/f\n"
    assert parse_feed_list(text.encode(), "l") == ["https://a.example/f", "HTTP://b.example/f"]


def test_opml_is_read() -> None:
    opml = (
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Presse">'
        '<outline type="rss" xmlUrl="https://a.example/f"/></outline>'
        '<outline xmlUrl="https://b.example/f?x=1&amp;y=2"/></body></opml>'
    )
    assert parse_feed_list(opml.encode(), "l") == [
        "https://a.example/f",
        "https://b.example/f?x=1&y=2",
    ]


@pytest.mark.parametrize("text", ["", "# rien", "ftp://a.example/f", "<opml/>", "https://a b/"])
def test_a_wrong_list_is_one_clear_error(text: str) -> None:
    with pytest.raises(InputError, match=r"^liste\.txt: "):
        parse_feed_list(text.encode(), "liste.txt")


@pytest.mark.parametrize(
    ("given", "is_one"),
    [("https://a.example", True), ("HTTP://a", True), ("http:/a", False), ("a.txt", False)],
)
def test_addresses_are_told_from_paths(given: str, is_one: bool) -> None:
    assert is_address(given) is is_one
