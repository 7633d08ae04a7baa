import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import ReadConfig
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import RawItem, Reject

CONFIG = ReadConfig()
LINES = b'{"text": "un"}\n{"text": "deux"}\n'


def _read(payload, name="in/x", config=CONFIG):
    return list(read_items(Source(name, name), config, io.BytesIO(payload)))


def _reasons(items):
    return [item.reason for item in items if isinstance(item, Reject)]


def _payloads(items):
    return [item.payload for item in items if isinstance(item, RawItem)]


def test_plain_text_is_one_item_with_its_bytes():
    assert _read(b"Un article.") == [RawItem("in/x", b"Un article.", "text")]


def test_a_file_is_opened_by_its_path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"Un article.")
    (item,) = read_items(Source("a.txt", str(path)), CONFIG)
    assert item == RawItem("a.txt", b"Un article.", "text")


def test_json_lines_are_told_from_content_and_numbered():
    assert _read(LINES, "in/x.txt") == [
        RawItem("in/x.txt#L1", b'{"text": "un"}', "json"),
        RawItem("in/x.txt#L2", b'{"text": "deux"}', "json"),
    ]


def test_blank_lines_keep_the_numbering():
    items = _read(b'\n{"text": "un"}\n\n{"text": "deux"}', "x.jsonl")
    assert [item.source_uri for item in items] == ["x.jsonl#L2", "x.jsonl#L4"]


def test_a_broken_line_is_handed_on_and_the_others_with_it():
    items = _read(b'{"text": "un"}\nnot json\n{"text": "trois"}\n', "x.jsonl")
    assert [item.source_uri for item in items] == ["x.jsonl#L1", "x.jsonl#L2", "x.jsonl#L3"]


def test_one_object_over_several_lines_is_one_item():
    payload = json.dumps({"text": "un", "id": 1}, indent=2).encode()
    assert _read(payload, "x.json") == [RawItem("x.json", payload, "json")]


def test_one_object_on_one_line_is_one_item():
    assert _read(b'{"text": "un"}\n', "x.json") == [RawItem("x.json", b'{"text": "un"}\n', "json")]


def test_an_array_gives_its_elements():
    payload = b' [ {"text": "a, ]} \\" b"} ,\n {"text": ["c", {"d": []}]} ]\n'
    items = _read(payload, "x.json")
    assert [item.source_uri for item in items] == ["x.json#1", "x.json#2"]
    assert [json.loads(item.payload)["text"] for item in items] == [
        'a, ]} " b',
        ["c", {"d": []}],
    ]


# A short file with several bytes of value 127 is taken for binary content.
_WRITTEN = st.characters(exclude_categories=["Cs"], exclude_characters="\x7f")


@given(
    st.lists(
        st.dictionaries(
            st.text(_WRITTEN, max_size=5),
            st.recursive(
                st.text(_WRITTEN, max_size=8) | st.integers() | st.none(),
                lambda inner: st.lists(inner, max_size=3),
                max_leaves=5,
            ),
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_splitting_an_array_is_parsing_it(objects, ascii_only):
    payload = json.dumps(objects, ensure_ascii=ascii_only).encode("utf-8", "replace")
    items = _read(payload, "x.json")
    assert [json.loads(item.payload) for item in items] == json.loads(payload)


def test_an_array_cut_short_gives_its_whole_elements_and_one_reject():
    items = _read(b'[{"text": "un"}, {"text": "de', "x.json")
    assert _payloads(items) == [b'{"text": "un"}']
    assert _reasons(items) == ["malformed"]


def test_text_that_begins_with_a_bracket_is_text():
    assert _read(b"[Mise a jour] Le train est en retard.")[0].kind == "text"


@pytest.mark.parametrize("packed_twice", [False, True])
def test_gzip_is_told_from_its_bytes(packed_twice):
    payload = gzip.compress(LINES)
    if packed_twice:
        payload = gzip.compress(payload)
    assert _payloads(_read(payload, "without-extension")) == LINES.splitlines()


def test_gzip_members_follow_one_another():
    payload = gzip.compress(b'{"text": "un"}\n') + gzip.compress(b'{"text": "deux"}\n')
    assert len(_payloads(_read(payload))) == 2


def test_a_gzip_cut_short_gives_its_whole_lines_and_one_reject():
    lines = b"".join(b'{"text": "ligne %d"}\n' % number for number in range(20_000))
    items = _read(gzip.compress(lines)[:-5_000], "x.jsonl.gz")
    found = _payloads(items)
    assert found == lines.splitlines()[: len(found)]
    assert 100 < len(found) < 20_000
    assert _reasons(items) == ["malformed"]


def test_a_damaged_gzip_is_one_reject():
    payload = bytearray(gzip.compress(LINES))
    payload[-6] ^= 0xFF
    assert _reasons(_read(bytes(payload), "x.jsonl.gz")) == ["malformed"]


def test_a_gzip_bomb_stops_at_the_cap():
    bomb = gzip.compress(b"a" * 10_000_000)
    items = _read(bomb, config=ReadConfig(max_unpacked_bytes=100_000))
    assert _reasons(items) == ["too_large"]
    assert len(items[0].payload) <= 100_000


def test_gzip_inside_gzip_has_an_end():
    payload = b"Un article."
    for _ in range(10):
        payload = gzip.compress(payload)
    assert _reasons(_read(payload)) == ["malformed"]


@pytest.mark.parametrize("payload", [b"", b"  \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_a_file_without_content_is_rejected_as_empty(payload):
    assert _reasons(_read(payload)) == ["empty"]


@pytest.mark.parametrize(
    "payload",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"%PDF-1.7 whatever",
        b"\xff\xd8\xff\xe0 jpeg",
        bytes(range(256)) * 4,
        b"\0" * 100,
    ],
)
def test_binary_content_is_rejected_whatever_the_name(payload):
    (reject,) = _read(payload, "article.txt")
    assert reject.reason == "binary"
    assert reject.payload.startswith(payload[:20])


def test_a_stray_nul_does_not_make_text_binary():
    assert _read(b"Un article\0 avec un NUL.")[0].kind == "text"


def test_a_line_over_the_cap_is_one_reject_and_the_rest_goes_on():
    payload = b'{"text": "' + b"a" * 1_000 + b'"}\n{"text": "b"}\n'
    items = _read(payload, "x.jsonl", ReadConfig(max_item_bytes=100, max_reject_payload=10))
    assert _reasons(items) == ["too_large"]
    assert items[0].payload == payload[:10]
    assert items[1] == RawItem("x.jsonl#L2", b'{"text": "b"}', "json")


def test_a_line_of_exactly_the_cap_passes():
    line = b'{"text": "abc"}'
    config = ReadConfig(max_item_bytes=len(line))
    assert _reasons(_read(line + b"\n" + line, "x.jsonl", config)) == []


def test_an_element_over_the_cap_is_one_reject_and_the_rest_goes_on():
    payload = b'[{"text": "' + b"a" * 1_000 + b'"}, {"text": "b"}]'
    items = _read(payload, "x.json", ReadConfig(max_item_bytes=100))
    assert _reasons(items) == ["too_large"]
    assert items[1].payload == b'{"text": "b"}'


def test_a_text_over_the_cap_is_rejected():
    assert _reasons(_read(b"a" * 101, config=ReadConfig(max_item_bytes=100))) == ["too_large"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_json_lines_are_read_in_every_unicode_encoding(encoding):
    text = '{"text": "été"}\n{"text": "hiver"}\n'
    assert _payloads(_read(text.encode(encoding), "x.jsonl")) == [
        '{"text": "été"}'.encode(),
        b'{"text": "hiver"}',
    ]


def test_a_file_that_cannot_be_opened_is_a_reject(tmp_path):
    (reject,) = read_items(Source("gone", str(tmp_path / "gone")), CONFIG)
    assert reject.reason == "unreadable"


@given(st.binary(max_size=300), st.sampled_from(["x", "x.json", "x.jsonl", "x.txt"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_at_least_one_item_or_reject(payload, name):
    assert _read(payload, name)
