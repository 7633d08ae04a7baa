import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import CleanConfig
from pipeline.errors import RejectError
from pipeline.formats.parse import parse_item
from pipeline.records import ParsedItem, RawItem
from pipeline.text.article import to_article

CONFIG = CleanConfig()
TEXT = "Le préfet a dit mardi à l'AFP que les routes rouvriraient. L'été a été sec dans la région."


def _article(text=TEXT, config=CONFIG, **fields):
    return to_article(ParsedItem("x", text, **fields), config)


def test_an_article_is_made_of_what_is_declared_and_what_is_found():
    article = _article(headline="Un titre", date="2020-01", guid="12", source="S", version=3)
    assert article.body == TEXT
    assert (article.headline, article.language, article.version) == ("Un titre", "fr", 3)
    assert (article.published_edtf, article.published_at) == ("2020-01", 1_577_836_800_000_000)
    assert article.word_count == 20
    assert [credit.agency for credit in article.credits] == ["AFP"]


def test_the_identity_is_stable_over_versions():
    one = _article(guid="12", source="S")
    two = _article("Un autre texte.", guid="12", source="S", version=2, headline="Autre")
    assert one.article_id == two.article_id
    assert one.article_id != _article(guid="12", source="T").article_id


def test_without_guid_the_identity_is_the_content():
    assert _article().article_id != _article(TEXT + " Et après.").article_id
    assert len(_article().article_id) == 21


@pytest.mark.parametrize(
    "payload",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("latin-1"),
        TEXT.replace(". ", ".\r\n").encode(),
        ("\n" + TEXT + "\n\n").encode(),
    ],
)
def test_place_encoding_and_line_ends_do_not_change_the_identity(payload):
    item = parse_item(RawItem("elsewhere", payload, "text"))
    assert to_article(item, CONFIG).article_id == _article().article_id


def test_the_content_hash_ignores_case_and_compatibility_forms():
    assert _article("Un ﬁl de l'été").content_hash == _article("UN FIL  de l’ÉTÉ").content_hash
    assert _article("Un fil").content_hash != _article("Un fils").content_hash


@pytest.mark.parametrize("text", ["Avec AFP\n\nPartager\n\nTweeter", "...", "<p></p>"])
def test_a_text_of_which_nothing_remains_is_rejected(text):
    with pytest.raises(RejectError, match="no_text"):
        _article(text)


def test_fewer_words_than_configured_are_rejected():
    with pytest.raises(RejectError, match="min_words"):
        _article("Trois mots seulement.", CleanConfig(min_words=4))


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_control_signal_needs_no_text(status):
    assert _article("", status=status, guid="12").status == status


def test_the_header_dates_an_article_that_declares_nothing():
    assert _article(f"date 2021-05 {TEXT}").published_edtf == "2021-05"
    assert _article(f"date 2021-05 {TEXT}", date="2020").published_edtf == "2020"


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_becomes_an_article_or_a_reject(text):
    try:
        item = parse_item(RawItem("x", text.encode("utf-8", "surrogatepass"), "text"))
        article = to_article(item, CONFIG)
    except RejectError:
        return
    assert article.body
    article.body.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "<" * 200_000,
        "<!--" * 50_000,
        "<a" * 100_000,
        "&amp;" * 40_000,
        "(AFP) " * 30_000,
        "selon l'AFP " * 15_000,
        "abc\n" * 50_000,
        "Accueil | " * 20_000,
        " " * 200_000 + "x",
        "A. " * 60_000,
        "date 2019-12 " * 15_000,
        "\u202eأخبار " * 20_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_hostile_text_is_linear(text):
    # A quadratic rule would take minutes, which the suite would not survive.
    assert to_article(ParsedItem("x", text + " Fin."), CONFIG).body
