import io

import pytest

from pipeline.config import ReadConfig
from pipeline.errors import RejectError
from pipeline.formats.iptc7901 import parse_iptc7901
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import ParsedItem, RawItem
from tests.formats.wire_samples import ANPA, IPTC7901

HEADER = b"\x01fra0007 4 spf 30\r\n\x02"


def parse(payload: bytes) -> ParsedItem:
    return parse_iptc7901(RawItem("x", payload, "iptc7901"))


def test_a_message_gives_all_its_fields() -> None:
    assert parse(IPTC7901) == ParsedItem(
        source_uri="x",
        text="Paris (ex) - Le conseil a voté le budget\nde la commune.\n\nLe maire s'est réjoui.",
        headline="Le budget est voté",
        date="2024-03-01T12:30:00Z",
        subjects=("pol",),
        urgency=3,
        slug="France/budget",
        number="bdt0123",
    )


def test_anpa_keeps_its_slug_inside_the_text() -> None:
    item = parse(ANPA)
    assert (item.number, item.slug) == ("a0456", "BC-Budget, 1st Ld")
    assert item.text.startswith("The council has passed the budget\nof the town.\n\nThe mayor")
    assert item.date == "2024-03-01T12:30:00"


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("utf-8", "L’été déjà, à Genève"),
        ("cp1252", "L’été déjà, à Genève"),
        ("latin-1", "L'été déjà, à Genève"),
        ("cp850", "L'été déjà passé, à Genève"),
        ("mac_roman", "L'été déjà passé, à Genève"),
    ],
)
def test_code_pages_are_told_apart(codec: str, text: str) -> None:
    assert parse(HEADER + text.encode(codec) + b"\x03").text == text


def test_accents_that_stand_before_their_letter_are_joined() -> None:
    assert parse(HEADER + b"L'\xc2et\xc2e d\xc2ej\xc1a\x03").text == "L'été déjà"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"\x01fra0007 4 spf 30\r\n\x02cut short", "malformed"),
        (b"no frame at all", "malformed"),
        (HEADER + b" \r\n\x03", "no_text"),
    ],
)
def test_incomplete_messages_say_why(payload: bytes, reason: str) -> None:
    with pytest.raises(RejectError, match=reason):
        parse(payload)


def test_a_file_of_several_messages_is_split() -> None:
    stream = io.BytesIO(b"\r\n" + IPTC7901 + b"\0\0" + IPTC7901.replace(b"0123", b"0124"))
    items = list(read_items(Source("w", "w"), ReadConfig(), stream))
    assert [item.source_uri for item in items] == ["w#1", "w#2"]
    numbers = [parse_iptc7901(item).number for item in items if isinstance(item, RawItem)]
    assert numbers == ["bdt0123", "bdt0124"]
