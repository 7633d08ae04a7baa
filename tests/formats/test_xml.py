import re

import pytest

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.xml import line, parse_xml

BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _refused(payload: bytes) -> str:
    with pytest.raises(RejectError) as caught:
        parse_xml(payload)
    assert caught.value.reason is RejectReason.MALFORMED
    return caught.value.detail


def test_declared_entities_are_refused_before_they_are_expanded() -> None:
    text = f'<!DOCTYPE r [<!ENTITY l0 "ha">{BOMB}]><r>&l9;</r>'
    assert "entities" in _refused(text.encode())


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>',
        "<!-- a --><!DOCTYPE r [\n<!ENTITY x 'y'>]>",
    ],
)
def test_external_entities_are_refused(doctype: str) -> None:
    assert "entities" in _refused(f"{doctype}<r>&x;</r>".encode())


def test_an_external_dtd_is_not_loaded() -> None:
    root = parse_xml(b'<!DOCTYPE r SYSTEM "file:///etc/hosts"><r>&eacute;&unknown;</r>')
    assert line(root) == "é&unknown;"


def test_an_entity_that_is_only_written_about_is_text() -> None:
    assert "ENTITY" in line(parse_xml(b"<r><![CDATA[<!DOCTYPE r [<!ENTITY x 'y'>]>]]></r>"))


def test_depth_is_capped() -> None:
    assert "depth" in _refused(b"<r>" * 5_000 + b"</r>" * 5_000).lower()


def test_a_large_document_is_parsed_or_refused_without_expansion() -> None:
    huge = b"<r>" + b"x" * 50_000_000 + b"</r>"
    with pytest.raises(RejectError):
        parse_xml(huge)


def test_a_document_of_tags_alone_is_refused() -> None:
    with pytest.raises(RejectError, match="too_large"):
        parse_xml(b"<r>" + b"<p/>" * 300_000 + b"</r>")


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("ISO-8859-1", "utf-8"), ("UTF-8", "cp1252"), ("windows-1252", "cp1252"), ("UTF-16", "utf-8")],
)
def test_the_encoding_is_that_of_the_bytes(declared: str, codec: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><r>L’été déjà</r>'
    assert line(parse_xml(text.encode(codec))) == "L’été déjà"


def test_characters_that_xml_forbids_are_dropped() -> None:
    assert line(parse_xml(b"<r>a\x00\x01\x02b&#1;&#x1F;c</r>")) == "abc"


@pytest.mark.parametrize(
    "payload", [b"", b"   ", b"<r>", b"<r></s>", b"<r a=1/>", b"a < b", b"<r>&</r>"]
)
def test_what_is_not_well_formed_is_refused_with_its_place(payload: bytes) -> None:
    assert re.search(r"line \d+, column \d+", _refused(payload))
