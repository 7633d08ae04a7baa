import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.feed import parse_feed
from pipeline.formats.feed_json import parse_json_feed, render_json_feed
from pipeline.formats.feed_publisher import publisher
from pipeline.formats.feed_record import Feed, FeedEntry
from pipeline.formats.feed_text import plain_title, to_text
from pipeline.formats.sniff import Kind, sniff

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Actualités | Le Courrier</title><link>https://www.lecourrier.example/</link>
<language>fr</language>
<item><title>Le pont &amp; la route</title><link>https://www.lecourrier.example/pont</link>
<guid isPermaLink="false">pont-1</guid><pubDate>Tue, 31 Dec 2019 18:05:00 +0100</pubDate>
<dc:creator>La rédaction</dc:creator><category>Travaux</category><category>Travaux</category>
<description>Un résumé.</description>
<content:encoded><![CDATA[<p>Le pont rouvre.</p><p>La route ferme.</p>]]></content:encoded>
</item></channel></rss>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://journal.example/a/">
<title type="html">Journal &amp;amp; Cie</title><link href="https://journal.example/"/>
<entry><id>tag:journal.example,2020:1</id><title>Titre</title>
<link rel="self" href="self.xml"/><link href="un.html"/>
<published>2020-01-02</published><updated>2020-01-03T10:00:00Z</updated>
<author><name>Service politique</name></author><category term="pol" label="Politique"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Du <b>texte</b>.</p></div></content>
</entry></feed>"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://r.example/"><title>R</title><link>https://r.example/</link></channel>
<item rdf:about="https://r.example/1"><title>Un</title><link>https://r.example/1</link>
<dc:date>2020-01-02T03:04:05+01:00</dc:date><description>Texte.</description></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "language": "fr",
        "items": [
            {
                "id": 7,
                "url": "https://j.example/7",
                "title": "Sept",
                "content_text": "1 < 2\n\nFin.",
                "date_published": "2020-01-02T03:04:05Z",
                "authors": [{"name": "A"}, {"name": "B"}],
                "tags": ["x", 3],
            },
            "no item",
        ],
    }
)


def _rss(item: str) -> bytes:
    return f"<rss version='2.0'><channel><item>{item}</item></channel></rss>".encode()


def _only(payload: bytes | str) -> FeedEntry:
    (entry,) = parse_feed(payload.encode() if isinstance(payload, str) else payload).entries
    return entry


def _feed_or_reason(payload: bytes) -> Feed | RejectReason:
    try:
        return parse_feed(payload)
    except RejectError as error:
        return error.reason


def test_rss_gives_what_it_says() -> None:
    entry = _only(RSS)
    assert entry == FeedEntry(
        id="pont-1",
        link="https://www.lecourrier.example/pont",
        title="Le pont & la route",
        published="Tue, 31 Dec 2019 18:05:00 +0100",
        authors=("La rédaction",),
        categories=("Travaux",),
        language="fr",
        content="<p>Le pont rouvre.</p><p>La route ferme.</p>",
        summary="Un résumé.",
    )


def test_atom_gives_what_it_says() -> None:
    entry = _only(ATOM)
    assert (entry.id, entry.link) == (
        "tag:journal.example,2020:1",
        "https://journal.example/a/un.html",
    )
    assert (entry.published, entry.updated) == ("2020-01-02", "2020-01-03T10:00:00Z")
    assert (entry.authors, entry.categories) == (("Service politique",), ("Politique",))
    assert (entry.language, to_text(entry.content)) == ("fr", "Du texte.")
    assert parse_feed(ATOM.encode()).title == "Journal & Cie"


def test_rdf_gives_what_it_says() -> None:
    entry = _only(RDF)
    assert (entry.id, entry.link) == ("https://r.example/1", "https://r.example/1")
    assert (entry.updated, entry.summary) == ("2020-01-02T03:04:05+01:00", "Texte.")


def test_json_feed_gives_what_it_says() -> None:
    entry = _only(JSON_FEED)
    assert (entry.id, entry.title, entry.language) == ("7", "Sept", "fr")
    assert to_text(entry.content) == "1 < 2\n\nFin."
    assert (entry.authors, entry.categories) == (("A", "B"), ("x",))


@pytest.mark.parametrize("payload", [RSS, ATOM, RDF, JSON_FEED])
def test_a_feed_is_told_from_its_content(payload: str) -> None:
    assert sniff(payload.encode(), "anything.txt") is Kind.FEED
    assert sniff(b"\xef\xbb\xbf\n" + payload.encode(), "") is Kind.FEED


@pytest.mark.parametrize(
    "payload",
    [
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><owl:Ontology/></rdf:RDF>',
        "<feed><product/></feed>",
        "<html><body>rss</body></html>",
        '{"text": "\\"version\\": \\"https://jsonfeed.org/version/1\\""}',
        "The <rss> element",
    ],
)
def test_what_only_resembles_a_feed_is_none(payload: str) -> None:
    assert sniff(payload.encode(), "") is not Kind.FEED


def test_a_declared_encoding_is_honoured() -> None:
    payload = RSS.replace("utf-8", "windows-1252").replace("Un résumé", "Déjà « l’été »")
    assert _only(payload.encode("cp1252")).summary == "Déjà « l’été »."


def test_a_wrongly_declared_encoding_is_noticed() -> None:
    assert _only(RSS.encode("cp1252")).summary == "Un résumé."


def test_entities_of_html_become_characters() -> None:
    entry = _only(_rss("<title>Caf&eacute; &hellip; &inconnu; noir</title>"))
    assert entry.title == "Café … &inconnu; noir"


def test_a_lone_ampersand_stays() -> None:
    assert _only(_rss("<title>Q & R, A&B</title>")).title == "Q & R, A&B"


def test_entities_inside_cdata_are_left_to_html() -> None:
    entry = _only(
        _rss("<title>a & b</title><description><![CDATA[<p>&eacute; & &lt;]]></description>")
    )
    assert entry.summary == "<p>&eacute; & &lt;"
    assert to_text(entry.summary) == "é & <"


def test_control_characters_are_dropped() -> None:
    assert _only(_rss("<title>a\x00b\x0b&#0;&#x1f;c</title>")).title == "abc"


def test_external_entities_are_never_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("SECRET")
    payload = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY ok "bon">]>'
        "<rss><channel><item><title>a&x;b &ok;</title></item></channel></rss>"
    )
    title = _only(payload).title
    assert "SECRET" not in title
    assert title.endswith("bon")


def test_an_entity_bomb_stays_small() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    payload = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]><rss><channel><item><title>&l9;</title>'
    assert len(_only(payload + "</item></channel></rss>").title) < 100


def test_a_feed_cut_off_in_the_middle_gives_its_whole_entries() -> None:
    items = "".join(f"<item><title>T{n}</title></item>" for n in range(3))
    feed = parse_feed(f"<rss><channel>{items}<item><tit".encode())
    assert [entry.title for entry in feed.entries][:3] == ["T0", "T1", "T2"]


def test_what_a_server_appends_does_not_matter() -> None:
    assert _only(RSS + "\n<!-- cached --><script>x</script>").id == "pont-1"


def test_deep_nesting_ends_in_an_entry_or_a_reject() -> None:
    payload = _rss("<description>" + "<b>" * 50_000 + "x" + "</b>" * 50_000 + "</description>")
    feed = _feed_or_reason(payload)
    assert feed is RejectReason.MALFORMED or isinstance(feed, Feed)


def test_what_is_no_feed_is_malformed() -> None:
    with pytest.raises(RejectError, match="malformed"):
        parse_feed(b"<rss><nothing/></rss>")
    with pytest.raises(RejectError, match="malformed"):
        parse_feed(b'{"version": "https://jsonfeed.org/version/1", "items": 3}')


def test_dates_stay_as_they_stand() -> None:
    for date in ("2019-12", "Tue, 31 Dec 2019 18:05:00 GMT+9", "mardi 31 décembre 2019"):
        assert _only(_rss(f"<pubDate>{date}</pubDate>")).published == date


def test_a_number_as_guid_is_no_date() -> None:
    entry = _only(_rss("<guid>12</guid>"))
    assert (entry.published, entry.updated) == ("", "")


def test_an_address_as_guid_is_the_link_where_there_is_none() -> None:
    assert _only(_rss("<guid>https://a.example/1</guid>")).link == "https://a.example/1"
    assert _only(_rss('<guid isPermaLink="false">https://a.example/1</guid>')).link == ""


def test_an_address_is_no_author() -> None:
    entry = _only(_rss("<author>desk@a.example (Le service)</author><author>b@a.example</author>"))
    assert entry.authors == ("Le service",)


def test_scripts_and_styles_are_no_text() -> None:
    markup = "<p>Un</p><script>alert(1)</script><style>p{}</style><p>deux</p>"
    assert to_text(markup) == "Un\n\ndeux"
    assert to_text(markup + "<b></b>" * 3_000) == "Un\n\ndeux"


def test_only_closed_scripts_are_cut_from_titles() -> None:
    titles = ["A<script>x</script> b", "A<SCRIPT>x</script ><style>y</style> b", "</script>A b"]
    assert [plain_title(title) for title in titles] == ["A b", "A b", "</script>A b"]
    assert plain_title("A<script>x</style> b") == "A<script>x</style> b"


@pytest.mark.parametrize(
    "damage",
    ["<b>&" * 5_001, "mot " * 130_000, "a" * 301],
    ids=["many tags and references", "many bytes", "a long run of letters"],
)
def test_feedparser_gets_no_feed_that_it_would_be_slow_on(
    damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.formats.feed.parse_loosely", _refuse)
    feed = parse_feed(RSS.replace("Un résumé.", damage + "</x>").encode())
    assert [entry.id for entry in feed.entries] == ["pont-1"]


def test_feedparser_gets_small_feeds_that_are_no_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.formats.feed.parse_loosely", _refuse)
    with pytest.raises(AssertionError):
        parse_feed(RSS.replace("Un résumé.", "court</x>").encode())


def _refuse(payload: bytes) -> Feed:
    raise AssertionError("feedparser was asked")


def test_titles_lose_their_tags_but_keep_what_only_looks_like_one() -> None:
    assert plain_title("Le <i>Titre</i> &amp; <3 a<b") == "Le Titre & <3 a<b"


@pytest.mark.parametrize(
    ("title", "link", "name"),
    [
        ("Actualités | Le Courrier", "https://www.lecourrier.example/", "Le Courrier"),
        ("Le Courrier - Sports", "https://lecourrier.example/sports", "Le Courrier"),
        ("À la une", "https://www.lecourrier.example/", "lecourrier.example"),
        ("À la une", "https://plateforme.example/c/123", "À la une"),
        ("", "https://plateforme.example/c/123", "plateforme.example"),
        ("", "", ""),
    ],
)
def test_the_publisher_is_told_from_title_and_host(title: str, link: str, name: str) -> None:
    assert publisher(Feed(title=title, link=link)) == name


_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=40, deadline=None)
@given(st.builds(FeedEntry, id=_TEXTS, link=_TEXTS, title=_TEXTS, published=_TEXTS,
                 language=_TEXTS, content=_TEXTS, page=st.binary(max_size=9)))  # fmt: skip
def test_an_entry_survives_being_written_as_json(entry: FeedEntry) -> None:
    feed = parse_json_feed(render_json_feed(Feed("T", "https://t.example", "", "P", (entry,))))
    (back,) = feed.entries
    assert back == parse_json_feed(render_json_feed(feed)).entries[0]
    assert (back.page, feed.publisher) == (entry.page, "P")
    assert to_text(back.content) == to_text(entry.content)


_SAMPLES = [text.encode() for text in (RSS, ATOM, RDF, JSON_FEED)]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(_SAMPLES),
    st.lists(
        st.tuples(
            st.integers(0, 1_200),
            st.integers(0, 30),
            st.binary(max_size=6)
            | st.sampled_from([b"<", b"&", b"]]>", b"<![CDATA[", b"\0", b"\xff", b"<!DOCTYPE x [",
                               b"<item>", b"</channel>", b'"', b"&eacute;", b"<!--"]),
        ),
        max_size=6,
    ),
)  # fmt: skip
def test_damage_gives_a_feed_or_a_reject(
    sample: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    for place, length, new in edits:
        sample = sample[:place] + new + sample[place + length :]
    feed = _feed_or_reason(sample)
    if isinstance(feed, RejectReason):
        assert feed in (RejectReason.MALFORMED, RejectReason.UNDECODABLE)
        return
    for entry in feed.entries:
        assert "\0" not in to_text(entry.content + entry.summary) + entry.title + entry.id
        entry.title.encode("utf-8")
