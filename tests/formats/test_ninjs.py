import json
from typing import Any

import pytest

from pipeline.errors import RejectError
from pipeline.formats.parse import parse_item
from pipeline.records import ParsedItem, RawItem
from tests.formats.wire_samples import NINJS1, NINJS3


def parse(item: dict[str, Any]) -> ParsedItem:
    return parse_item(RawItem("x", json.dumps(item).encode(), "json"))


def reason(item: dict[str, Any]) -> str:
    with pytest.raises(RejectError) as caught:
        parse(item)
    return caught.value.reason.value


def test_a_ninjs_1_item_gives_all_its_fields() -> None:
    assert parse(NINJS1) == ParsedItem(
        source_uri="x",
        text="Le conseil a voté.\n\nLe maire sourit.",
        headline="Le budget est voté",
        byline="Par un correspondant",
        source="Agence Exemple",
        url="http://example.org/items/42",
        guid="http://example.org/items/42",
        version=7,
        language="fr",
        date="2024-03-01T11:00:00Z",
        subjects=("medtop:11000000",),
        urgency=3,
        slug="budget",
        extracted=True,
        modified="2024-03-01T12:00:00Z",
    )


def test_a_ninjs_3_item_takes_its_main_headline_and_body() -> None:
    item = parse(NINJS3)
    assert (item.headline, item.text) == ("Le budget est voté", "Le conseil a voté.")
    assert (item.source, item.modified) == ("Agence Exemple", "2024-03-01T12:00:00Z")


@pytest.mark.parametrize("kind", ["picture", "video", "event", "planning", "component"])
def test_other_types_are_no_articles(kind: str) -> None:
    assert reason({**NINJS1, "type": kind}) == "not_an_article"
    assert reason({"uri": "u", "eventDetails": {}}) == "not_an_article"


@pytest.mark.parametrize(
    "change",
    [
        {"type": "poem"},
        {"pubstatus": "commissioned"},
        {"version": {"n": 1}},
        {"headline": ["a"]},
        {"body_text": 4},
        {"urgency": 12},
        {"bodies": "text"},
    ],
)
def test_properties_of_a_wrong_type_or_value_are_malformed(change: dict[str, Any]) -> None:
    assert reason({**NINJS1, "headline": "x", **change}) == "malformed"


def test_signals_are_read() -> None:
    canceled = {"uri": "u", "type": "text", "pubstatus": "cancelled", "headline": "Un titre"}
    assert parse(canceled).status == "canceled"
    assert parse({**NINJS1, "embargoed": ""}).embargoed == ""
    assert parse({**NINJS1, "pubstatus": "withheld"}).status == "withheld"
    assert reason({"uri": "u", "type": "text", "headline": "Un titre"}) == "no_text"


def test_a_digital_wire_is_read() -> None:
    item = parse(
        {
            "format": "digitalwires@0.9.1",
            "urn": "urn:newsml:example.org:1",
            "version": 3,
            "version_created": "2024-03-01T12:00:00+01:00",
            "pubstatus": "usable",
            "signal": "sig:correction",
            "embargoed": None,
            "headline": "Der Haushalt steht",
            "dateline": "Berlin (ex) - ",
            "article_html": "<section><p>Der Rat hat beschlossen.</p></section>",
            "ednotes": [{"ednote": "intern", "is_publishable": False}],
            "categories": [{"type": "dnltype:provider", "name": "ex"}],
        }
    )
    assert (item.version, item.status, item.source) == (3, "corrected", "ex")
    assert item.text == "Berlin (ex) - Der Rat hat beschlossen."
    assert (item.embargoed, item.ed_note) == (None, "")


def test_a_plain_object_with_a_text_is_not_taken_for_ninjs() -> None:
    assert parse({"uri": "x", "text": "Le conseil a voté.", "id": "7"}).guid == "7"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("person", "Francesca Rossi", "person must be a list"),
        ("genre", ["Fact check"], "genre must be a list of objects"),
        ("altids", "x", "altids must be an object or a list"),
        ("version", 1.2, "version must be a string"),
        ("representationtype", "half", "representationtype must be one of"),
        ("mime_type", "text", "'mime_type' is no property of ninjs"),
        ("headline_é", "Un titre", "'headline_é' is no property of ninjs"),
    ],
)
def test_an_item_without_text_is_told_what_its_schema_forbids(
    name: str, value: object, said: str
) -> None:
    with pytest.raises(RejectError) as caught:
        parse({"uri": "x:1", name: value})
    assert (caught.value.reason.value, said in caught.value.detail) == ("malformed", True)


def test_a_valid_item_without_text_has_no_text() -> None:
    item = {"uri": "x:1", "representationtype": "partial", "person": [{"name": "Francesca Rossi"}]}
    assert reason(item) == "no_text"


def test_an_article_is_not_lost_for_a_property_that_nobody_reads() -> None:
    assert parse({**NINJS1, "person": "Francesca Rossi", "mime_type": "x"}).text
