import contextlib
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.config import CleanConfig
from pipeline.errors import RejectError
from pipeline.formats.html import parse_page
from pipeline.formats.html_charset import page_text
from pipeline.formats.html_head import read_head
from pipeline.formats.sniff import Kind, sniff
from pipeline.records import RawItem
from pipeline.text.article import to_article

PROSE = (
    "Le conseil municipal a voté lundi soir le budget des écoles de la commune, après un débat"
    " de trois heures dans la salle des fêtes.",
    "L'opposition avait demandé le report du vote, en vain. « Nous n'avons reçu les chiffres que"
    " vendredi », a regretté sa présidente.",
    "Les travaux de l'école du port commenceront au printemps et dureront deux ans, selon la"
    " mairie, qui compte sur l'aide de la région.",
)
NODE = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Le Journal Exemple"},
        {
            "@type": ["NewsArticle"],
            "headline": "Les écoles auront leur budget",
            "author": [{"@type": "Person", "name": "Prénom Nom"}, {"name": "AFP"}],
            "publisher": {"@type": "Organization", "name": "Le Journal Exemple"},
            "datePublished": "2024-05-06T21:30:00+02:00",
            "inLanguage": "fr-FR",
            "isAccessibleForFree": "False",
            "keywords": ["école", "budget"],
            "mainEntityOfPage": {"@id": "https://journal.example/ecoles"},
        },
    ],
}


def _page(head: str = "", body: str | None = None) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE) if body is None else body
    menu = "<nav><ul>" + "<li><a href='/x'>Rubrique</a></li>" * 12 + "</ul></nav>"
    return (
        f"<!DOCTYPE html><html lang='fr'><head>{head}</head><body>{menu}"
        f"<article><h1>Les écoles auront leur budget</h1>{paragraphs}</article>"
        "<footer><p>Mentions légales</p></footer></body></html>"
    )


def _parse(page: str | bytes, tier="trafilatura", **raw):
    payload = page if isinstance(page, bytes) else page.encode()
    return parse_page(RawItem("x.html", payload, "html", **raw), tier)


def _json_ld(node: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize("tier", ["trafilatura", "bulk"])
def test_the_main_text_is_read_without_menus(tier):
    item = _parse(_page(), tier)
    for paragraph in PROSE:
        assert paragraph in item.text
    assert "Rubrique" not in item.text
    assert item.extracted


def test_json_ld_says_what_the_article_is():
    item = _parse(_page(_json_ld(NODE) + "<meta property='og:title' content='Autre titre'>"))
    assert item.headline == "Les écoles auront leur budget"
    assert item.byline == "Prénom Nom, AFP"
    assert item.source == "Le Journal Exemple"
    assert item.date == "2024-05-06T21:30:00+02:00"
    assert item.language == "fr-FR"
    assert item.subjects == ("école", "budget")
    assert item.marks == ("paywall",)


def test_a_declared_agency_becomes_a_credit():
    article = to_article(_parse(_page(_json_ld(NODE))), CleanConfig())
    assert ("AFP", "byline") in [(credit.agency, credit.role) for credit in article.credits]


def test_a_credit_below_the_text_is_found():
    body = "".join(f"<p>{text}</p>" for text in (*PROSE, "(Avec AFP)"))
    article = to_article(_parse(_page(body=body)), CleanConfig())
    assert ("AFP", "footer") in [(credit.agency, credit.role) for credit in article.credits]
    assert "Avec AFP" not in article.body


def test_open_graph_and_meta_tags_are_read():
    head = (
        "<title>Les écoles | Le Journal</title>"
        "<meta property=og:title content='Les écoles auront leur budget - Le Journal'>"
        '<meta content="Le Journal" property="og:site_name">'
        "<meta property='article:published_time' content='2024-05-06'>"
        "<meta name='author' content='Prénom Nom'>"
        "<link rel='canonical' href='/ecoles#haut'>"
        "<meta name='article:content_tier' content='locked'>"
    )
    found = read_head(_page(head), "https://www.journal.example/a?b=c")
    assert found.headline == "Les écoles auront leur budget"
    assert (found.source, found.byline, found.date) == ("Le Journal", "Prénom Nom", "2024-05-06")
    assert found.url == "https://www.journal.example/ecoles"
    assert found.language == "fr"
    assert found.marks == ("paywall",)


def test_the_host_is_the_source_where_the_page_names_none():
    item = _parse(_page(), url="https://www.journal.example/ecoles")
    assert (item.source, item.url) == ("journal.example", "https://www.journal.example/ecoles")


def test_a_page_of_its_own_is_known_by_its_address_and_the_front_page_is_not():
    assert _parse(_page(), url="https://journal.example/ecoles").guid
    assert not _parse(_page(), url="https://journal.example/").guid


def test_a_live_blog_is_marked():
    assert _parse(_page(_json_ld({"@type": "LiveBlogPosting"}))).marks == ("live_blog",)


def test_the_article_of_the_page_is_told_from_those_that_it_lists():
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Non"}]}
    own = {"@type": "NewsArticle", "headline": "Oui"}
    assert read_head(_page(_json_ld([listed, own]))).headline == "Oui"


@pytest.mark.parametrize("script", ["{", "[" * 100_000, "null", '"texte"', "<!-- {} -->", "NaN"])
def test_json_ld_that_is_none_is_passed_over(script):
    page = _page(f"<script type='application/ld+json'>{script}</script>")
    assert read_head(page).headline == "Les écoles auront leur budget"


def test_a_date_that_no_metadata_states_is_looked_for_in_the_page():
    assert _parse(_page(body=f"<p>Publié le 6 mai 2024</p><p>{PROSE[0]}</p>")).date == "2024-05-06"


def test_what_looks_like_a_tag_in_the_text_stays():
    item = _parse(_page(body=f"<p>{PROSE[0]} Il écrit &lt;b&gt; ici.</p><p>{PROSE[1]}"))
    assert "Il écrit <b> ici." in to_article(item, CleanConfig()).body


@pytest.mark.parametrize(
    ("payload", "content_type"),
    [
        ("é".encode(), "text/html; charset=iso-8859-1"),  # valid UTF-8 wins
        ("<meta charset='windows-1252'>é".encode("cp1252"), ""),
        ("é".encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (b"<meta charset=utf-8>" + "été".encode("cp1252"), ""),
        ("é".encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + "é".encode(), "text/html; charset=windows-1251"),
    ],
)
def test_accents_survive_whatever_the_server_says(payload, content_type):
    assert "é" in page_text(payload, content_type)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("windows-1251", "Новости дня"), ("shift_jis", "今日のニュース"), ("gb2312", "今日新闻")],
)
def test_declared_encodings_of_other_scripts_are_read(encoding, text):
    payload = f'<html><head><meta charset="{encoding}"></head>{text}'.encode(encoding)
    assert text in page_text(payload)


@pytest.mark.parametrize("label", ["base64", "utf-7", "idna", "none-such", "zlib", "\0"])
def test_a_charset_that_is_none_is_passed_over(label):
    assert "texte" in page_text(b"texte", f"text/html; charset={label}")


@pytest.mark.parametrize(
    "head",
    [
        b"<!doctype html><p>x",
        b"\xef\xbb\xbf\n<HTML><p>x",
        b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>",
        b"<!-- x --><script>y</script><html>",
        b"<head><title>x</title>",
    ],
)
def test_pages_are_told_from_their_content(head):
    assert sniff(head, "x") is Kind.HTML


@pytest.mark.parametrize("head", [b"Un <b>mot</b>", b"<p>Un paragraphe.</p>", b"<note/>", b"< 3"])
def test_text_with_some_tags_is_no_page(head):
    assert sniff(head, "x") is Kind.TEXT


def test_a_page_without_text_is_rejected():
    with pytest.raises(RejectError, match="no_text"):
        _parse("<!doctype html><html><body><nav></nav></body></html>")


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        ("<div>", "too_large|malformed"),
        ("<p>mot</p>", "too_large"),
        ("<b><i>", "too_large|malformed"),
        ("<a href=x>mot", "too_large"),
        ("<table><tr><td>", "too_large|malformed"),
    ],
)
def test_pathological_pages_are_refused_at_once(piece, reason):
    with pytest.raises(RejectError, match=reason):
        _parse("<html><body>" + piece * (5_000_000 // len(piece)))


def test_a_page_that_is_nested_too_deeply_is_refused():
    with pytest.raises(RejectError, match="nested"):
        _parse("<html><body>" + "<div>" * 3_000 + PROSE[0])


@pytest.mark.parametrize(
    "page",
    [
        "<html><meta " + "a=b " * 500_000 + ">",
        "<html>" + "<meta " * 30_000,
        "<html>" + "<" * 3_000_000,
        "<html><meta content='" + "x" * 3_000_000,
        "<html><script type='application/ld+json'>" * 5_000,
        "<html>" + "<title>" * 20_000,
        "<html><meta " + "a" * 3_000_000,
    ],
    ids=range(7),
)
def test_hostile_tags_are_read_in_linear_time(page):
    read_head(page)


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='x'>", "</div>", "<script>", "</script>", "<meta ", "content='",
     "'>", '"', "<!--", "-->", "<table><tr><td>", "&amp;", "&#xd800;", "\0", "\ud800", "é", "<a>",
     "<article>", "<h1>", "<time datetime=", "<svg>", "<![CDATA[", "]]>", "Un mot. ", PROSE[0]]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60), st.sampled_from(["trafilatura", "bulk"]))
@example(["<p>", PROSE[0], "\0"], "bulk")
@settings(max_examples=60, deadline=None)
def test_any_markup_gives_an_item_or_a_reject(pieces, tier):
    try:
        item = _parse(("<html>" + "".join(pieces)).encode("utf-8", "replace"), tier)
    except RejectError:
        return
    assert item.text.strip()
    assert "\0" not in item.text


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_an_item_or_a_reject(payload):
    with contextlib.suppress(RejectError):
        assert _parse(b"<html><body>" + payload).text
