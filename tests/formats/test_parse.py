import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RejectError
from pipeline.formats.parse import parse_item
from pipeline.records import ParsedItem, RawItem


def _parse(value):
    payload = value if isinstance(value, bytes) else json.dumps(value).encode()
    return parse_item(RawItem("x#L1", payload, "json"))


def test_text_is_text():
    assert parse_item(RawItem("x", "Un été.\r\n".encode(), "text")) == ParsedItem("x", "Un été.\n")


def test_every_documented_key_is_read():
    item = _parse(
        {
            "id": "abc",
            "title": "Un  titre\n",
            "text": "Le texte.",
            "date": "2019-12",
            "source": "Le Journal",
            "url": "https://example.org/a",
            "language": "fr",
            "version": 3,
            "status": "corrected",
            "byline": "Prénom Nom",
            "subjects": ["a", "b", "a"],
            "urgency": 4,
            "unknown": {"x": 1},
        }
    )
    assert item == ParsedItem(
        source_uri="x#L1",
        text="Le texte.",
        headline="Un titre",
        byline="Prénom Nom",
        source="Le Journal",
        url="https://example.org/a",
        guid="abc",
        version=3,
        status="corrected",
        language="fr",
        date="2019-12",
        subjects=("a", "b"),
        urgency=4,
    )


@pytest.mark.parametrize(
    ("given_id", "guid"),
    [(12, "12"), (12.0, "12"), (1.5, "1.5"), ("x", "x"), (True, ""), (None, ""), ([1], "")],
)
def test_numbers_as_ids_become_strings(given_id, guid):
    assert _parse({"id": given_id, "text": "a"}).guid == guid


@pytest.mark.parametrize(
    "fields",
    [
        {"title": 3},
        {"source": ["x"]},
        {"version": "x"},
        {"version": -1},
        {"urgency": 12},
        {"urgency": 2.5},
        {"subjects": 7},
        {"status": "whatever"},
        {"language": {}},
        {"title": "x" * 5_000},
    ],
)
def test_metadata_of_a_wrong_type_is_left_out(fields):
    assert _parse({"text": "a", **fields}) == ParsedItem("x#L1", "a")


@pytest.mark.parametrize(
    "payload",
    [
        b"{",
        b"not json",
        b'"a string"',
        b"[1]",
        b"12",
        b"null",
        b'{"text": 12}',
        b'{"text": {"a": 1}}',
        b'{"text": "a", "n": ' + b"9" * 5_000 + b"}",
        b'{"text": "a", "n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"text": "a", "n": ' + b'{"a":' * 100_000,
    ],
)
def test_what_is_no_object_with_a_text_is_malformed(payload):
    with pytest.raises(RejectError) as caught:
        _parse(payload)
    assert caught.value.reason == "malformed"
    assert "\n" not in caught.value.detail


@pytest.mark.parametrize("fields", [{}, {"text": ""}, {"text": None}, {"text": " \n"}])
def test_an_object_without_text_is_rejected(fields):
    with pytest.raises(RejectError, match="no_text"):
        _parse({"title": "x", **fields})


def test_blank_text_is_rejected():
    with pytest.raises(RejectError, match="no_text"):
        parse_item(RawItem("x", b"\0\0 ", "text"))


@pytest.mark.parametrize("status", ["canceled", "cancelled", "killed", "CANCELED"])
def test_a_kill_without_text_is_kept(status):
    assert _parse({"id": "a", "status": status}).status == "canceled"


def test_nan_and_infinity_are_no_values():
    item = _parse(b'{"text": "a", "id": NaN, "date": -Infinity}')
    assert (item.guid, item.date) == ("", "")


def test_of_a_repeated_key_the_last_value_counts():
    assert _parse(b'{"text": "un", "text": "deux"}').text == "deux"


def test_escaped_lone_surrogates_and_nuls_are_dropped():
    assert _parse(b'{"text": "a\\ud800b\\u0000c\\ud83d\\ude00"}').text == "abc😀"


def test_raw_line_breaks_inside_a_string_are_forgiven():
    assert _parse(b'{"text": "un\r\ndeux"}').text == "un\ndeux"


def test_json_in_cp1252_is_read():
    assert _parse('{"text": "Un été « chaud »."}'.encode("cp1252")).text == "Un été « chaud »."


def test_a_list_of_paragraphs_is_joined():
    assert _parse({"text": ["Un.", "Deux."]}).text == "Un.\n\nDeux."


def test_authors_are_joined():
    assert _parse({"text": "a", "author": [{"name": "A"}, "B"]}).byline == "A, B"


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
_KEYS = st.sampled_from(
    "id title text date source url language version status byline subjects urgency".split()
)


@given(st.dictionaries(_KEYS, _VALUES))
@settings(max_examples=150)
def test_any_object_gives_a_well_typed_item_or_a_reject(fields):
    try:
        item = _parse(fields)
    except RejectError:
        return
    assert item.version >= 1
    assert item.urgency is None or 1 <= item.urgency <= 9
    for value in (item.text, item.headline, item.guid, item.date, item.url, *item.subjects):
        value.encode("utf-8")
