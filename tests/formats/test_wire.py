from typing import Any

import pytest

from pipeline.config import ReadConfig
from pipeline.errors import RejectError
from pipeline.formats.parse import parse_item
from pipeline.formats.read import read_items
from pipeline.formats.sniff import Kind, sniff
from pipeline.formats.sources import Source
from pipeline.records import ParsedItem, RawItem, Reject
from tests.formats.wire_samples import (
    ANPA,
    G2,
    IPTC7901,
    NEWSML1,
    NEWSML1_CONTENT,
    NEWSML1_ITEM,
    NITF,
    NITF_TEXT,
    XHTML,
)


def g2(
    version: str = "7", item_class: str = "text", meta: str = "", content: str = XHTML
) -> ParsedItem:
    text = G2.format(version=version, item_class=item_class, meta=meta, content=content)
    return parse_item(RawItem("x", text.encode(), "xml"))


def nitf(status: str = "usable", docdata: str = "", content: str = NITF_TEXT) -> ParsedItem:
    text = NITF.format(status=status, docdata=docdata, content=content)
    return parse_item(RawItem("x", text.encode("latin-1"), "xml"))


def newsml1_item(**fields: str) -> str:
    values = {"ident": "budget", "status": "Usable", "management": "", "media": "Text"}
    return NEWSML1_ITEM.format(**{**values, "content": NEWSML1_CONTENT, **fields})


def newsml1(**fields: str) -> ParsedItem:
    text = NEWSML1.format(items=newsml1_item(**fields))
    return parse_item(RawItem("x", text.encode(), "xml"))


def reason(parse: Any, **fields: str) -> str:
    with pytest.raises(RejectError) as caught:
        parse(**fields)
    return caught.value.reason.value


def test_a_newsml_g2_item_gives_all_its_fields() -> None:
    item = g2(meta='<signal qcode="sig:update"/><edNote>À suivre</edNote>')
    assert item == ParsedItem(
        source_uri="x",
        text="Le conseil a voté\nle budget.\n\nLe maire s'est réjoui du résultat.",
        headline="Le budget est voté",
        byline="Par un correspondant",
        source="Agence Exemple",
        guid="urn:newsml:example.org:20240301:budget",
        version=7,
        language="fr",
        date="2024-03-01T11:00:00Z",
        subjects=("medtop:11000000", "budget"),
        urgency=3,
        slug="FRANCE-BUDGET",
        signal="update",
        ed_note="À suivre",
        extracted=True,
        modified="2024-03-01T13:00:00+01:00",
    )


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ("", "usable"),
        ('<pubStatus qcode="stat:usable"/>', "usable"),
        ('<pubStatus qcode="stat:withheld"/>', "withheld"),
        ('<pubStatus qcode="stat:canceled"/>', "canceled"),
        ('<pubStatus qcode="stat:cancelled"/>', "canceled"),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', "canceled"),
        ('<signal qcode="sig:correction"/>', "corrected"),
    ],
)
def test_the_status_of_a_g2_item(meta: str, status: str) -> None:
    assert g2(meta=meta).status == status


def test_an_embargo_may_be_empty_and_then_lasts() -> None:
    assert g2().embargoed is None
    assert g2(meta="<embargoed/>").embargoed == ""
    assert g2(meta="<embargoed>2030-01-01T00:00:00Z</embargoed>").embargoed.startswith("2030")  # type: ignore[union-attr]


def test_a_canceled_item_needs_no_text() -> None:
    item = g2(meta='<pubStatus qcode="stat:canceled"/>', content="")
    assert (item.status, item.text) == ("canceled", "")


@pytest.mark.parametrize("item_class", ["picture", "video", "audio", "graphic"])
def test_items_of_other_media_are_no_articles(item_class: str) -> None:
    assert reason(g2, item_class=item_class) == "not_an_article"


@pytest.mark.parametrize(
    "root", ["packageItem", "conceptItem", "knowledgeItem", "catalogItem", "planningItem"]
)
def test_other_kinds_of_g2_are_no_articles(root: str) -> None:
    payload = f'<{root} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="x"/>'.encode()
    with pytest.raises(RejectError, match="not_an_article"):
        parse_item(RawItem("x", payload, "xml"))


def test_a_g2_item_without_text_or_metadata_says_so() -> None:
    assert reason(g2, content="") == "no_text"
    assert reason(g2, content='<remoteContent href="http://example.org/x"/>') == "no_text"
    assert reason(g2, meta='<pubStatus qcode="stat:strange"/>') == "malformed"
    sports = '<inlineXML><sports-content xmlns="urn:s"><team>A</team></sports-content></inlineXML>'
    assert reason(g2, content=sports) == "not_an_article"


def test_g2_may_hold_nitf_and_plain_text() -> None:
    inner = "<nitf><body><body.content><p>Le conseil vote.</p></body.content></body></nitf>"
    assert g2(content=f"<inlineXML>{inner}</inlineXML>").text == "Le conseil vote."
    plain = '<inlineData contenttype="text/plain">Une ligne.\n\nUne autre.</inlineData>'
    assert g2(content=plain).text == "Une ligne.\n\nUne autre."


def test_an_nitf_document_gives_all_its_fields() -> None:
    item = nitf()
    assert item.text == (
        "PARIS (EX) - Le conseil a voté le budget\xa0annuel.\n\nLe maire s'est réjoui."
    ).replace("\xa0", " ")
    assert (item.guid, item.version, item.source) == ("nitf-42", 3, "Agence Exemple")
    assert (item.date, item.modified) == ("20240301T120000Z", "20240301T130000Z")
    assert (item.headline, item.byline) == ("Le budget est voté", "Par un correspondant")
    assert (item.slug, item.urgency, item.language) == ("france-budget", 2, "fr")
    assert (item.subjects, item.ed_note) == (("budget",), "Note aux abonnés")


def test_the_signals_of_nitf() -> None:
    assert nitf(status="canceled", content="").status == "canceled"
    assert nitf(status="embargoed").embargoed == ""
    release = '<date.release norm="20300101T000000Z"/>'
    assert nitf(status="embargoed", docdata=release).embargoed == "20300101T000000Z"
    assert reason(nitf, content="") == "no_text"


def test_a_newsml_1_item_gives_all_its_fields() -> None:
    item = newsml1()
    assert (item.guid, item.version) == ("urn:newsml:example.org:20240301:budget", 2)
    assert (item.date, item.modified) == ("20240301T110000Z", "20240301T120000Z")
    assert (item.headline, item.slug) == ("Le budget est voté", "budget")
    assert (item.source, item.language, item.urgency) == ("Agence Exemple", "fr", 4)
    assert item.subjects == ("11000000",)
    assert item.text == "Le conseil a voté.\n\nLe maire sourit."


def test_the_signals_of_newsml_1() -> None:
    change = (
        '<StatusWillChange><FutureStatus FormalName="Usable"/>'
        "<DateAndTime>20300101T000000Z</DateAndTime></StatusWillChange>"
    )
    assert newsml1(status="Embargoed", management=change).embargoed == "20300101T000000Z"
    assert newsml1(status="Embargoed").embargoed == ""
    assert newsml1(status="Withheld").status == "withheld"
    assert newsml1(status="Canceled", content="").status == "canceled"
    assert reason(newsml1, media="Photo", content="") == "not_an_article"


def _read(payload: bytes, name: str = "wire") -> list[RawItem | Reject]:
    import io

    return list(read_items(Source(name, name), ReadConfig(), io.BytesIO(payload)))


def test_a_message_of_several_items_is_split_and_each_stands_alone() -> None:
    inner = "".join(
        G2.format(version=v, item_class="text", meta="", content=XHTML).partition("?>")[2]
        for v in ("1", "2")
    )
    package = '<packageItem guid="p" xmlns="http://iptc.org/std/nar/2006-10-01/"/>'
    message = (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>'
        f"{inner}{package}</itemSet></newsMessage>"
    )
    items = _read(message.encode())
    assert [item.source_uri for item in items] == ["wire#1", "wire#2", "wire#3"]
    first, second, third = items
    assert isinstance(first, RawItem)
    assert isinstance(second, RawItem)
    assert isinstance(third, RawItem)
    assert [parse_item(first).version, parse_item(second).version] == [1, 2]
    with pytest.raises(RejectError, match="not_an_article"):
        parse_item(third)


def test_newsml_1_items_are_split_too() -> None:
    text = NEWSML1.format(items=newsml1_item(ident="a") + newsml1_item(ident="b"))
    parsed = [parse_item(item) for item in _read(text.encode()) if isinstance(item, RawItem)]
    assert [item.guid[-2:] for item in parsed] == [":a", ":b"]


def test_a_single_item_keeps_its_bytes() -> None:
    payload = NEWSML1.format(items=newsml1_item()).encode()
    (item,) = _read(payload)
    assert item.payload == payload


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (G2.encode(), Kind.XML),
        (b"\xef\xbb\xbf<!-- c --><nitf/>", Kind.XML),
        (b"<x:NewsML xmlns:x='u'/>", Kind.XML),
        (b'<?xml version="1.0"?><unheard/>', Kind.XML),
        (IPTC7901, Kind.IPTC7901),
        (ANPA, Kind.IPTC7901),
        (b"<nitflike text> and prose", Kind.TEXT),
        (b"a text that names <newsItem>", Kind.TEXT),
    ],
)
def test_the_kind_is_told_from_content(payload: bytes, kind: Kind) -> None:
    assert sniff(payload, "name") is kind


def test_xml_of_another_vocabulary_is_unsupported() -> None:
    with pytest.raises(RejectError, match="unsupported"):
        parse_item(RawItem("x", b"<unheard>text</unheard>", "xml"))
