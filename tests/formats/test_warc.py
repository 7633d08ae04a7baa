import gzip
import io
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import ReadConfig
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import RawItem, Reject

PAGE = b"<!doctype html><html><body><p>Une page du site exemple.</p></body></html>"
ADDRESS = "https://site.example/page"


def _record(kind: str, block: bytes, length: int | None = None, **headers: str) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "WARC-Date": "2024-05-06T07:08:09Z",
        "WARC-Target-URI": ADDRESS,
        "Content-Type": "application/http; msgtype=response",
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": str(len(block) if length is None else length),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def _http(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    fields = {"Content_Type": "text/html; charset=utf-8", **headers}
    lines = "".join(f"{n.replace('_', '-')}: {value}\r\n" for n, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def _response(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    return _record("response", _http(body, status, **headers))


def _arc(body: bytes = PAGE, length: int | None = None) -> bytes:
    about = b"1 0 Maker\nURL IP-address Archive-date Content-type Archive-length\n"
    block = _http(body)
    length = len(block) if length is None else length
    head = f"filedesc://x.arc 127.0.0.1 20240506070809 text/plain {len(about)}\n".encode()
    line = f"{ADDRESS} 127.0.0.1 20240506070809 text/html {length}\n".encode()
    return head + about + b"\n" + line + block + b"\n"


def _read(payload: bytes, **config):
    return list(read_items(Source("x.warc", "x"), ReadConfig(**config), io.BytesIO(payload)))


@pytest.mark.parametrize("payload", [_response(), _arc()], ids=["warc", "arc"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_page_is_read_with_its_address_and_type(payload, pack):
    content_type = "text/html; charset=utf-8"
    expected = RawItem(f"x.warc!{ADDRESS}", PAGE, "html", ADDRESS, content_type)
    assert _read(pack(payload)) == [expected]


def test_records_packed_one_by_one_are_all_read():
    packed = b"".join(gzip.compress(_response(PAGE + b" " * n)) for n in range(3))
    assert len(_read(packed)) == 3


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("gzip", PAGE),
        ("identity", PAGE),
    ],
)
def test_content_encodings_are_taken_off(encoding, body):
    assert [item.payload for item in _read(_response(body, Content_Encoding=encoding))] == [PAGE]


def test_chunks_are_put_together():
    body = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, PAGE[:9], len(PAGE) - 9, PAGE[9:])
    assert [i.payload for i in _read(_response(body, Transfer_Encoding="chunked"))] == [PAGE]


def test_what_is_no_document_is_passed_over():
    payload = b"".join(
        [
            _record("warcinfo", b"software: x\r\n", Content_Type="application/warc-fields"),
            _record("request", b"GET / HTTP/1.1\r\nHost: site.example\r\n\r\n"),
            _response(status="404 Not Found"),
            _response(status="301 Moved", Location="/autre"),
            _response(b"\x89PNG\r\n", Content_Type="image/png"),
            _response(b"body {}", Content_Type="text/css"),
            _record("metadata", b"fetchTimeMs: 12\r\n", Content_Type="application/warc-fields"),
            _response(),
        ]
    )
    assert [item.payload for item in _read(payload)] == [PAGE]


def test_an_archive_without_documents_is_a_reject():
    (reject,) = _read(_response(status="500 Oops"))
    assert (reject.reason, "none of the 1 records" in reject.detail) == ("empty", True)


def test_plain_text_made_by_the_crawler_is_read():
    text = b"Un article en texte."
    (item,) = _read(_record("conversion", text, Content_Type="text/plain"))
    assert (item.kind, item.payload, item.url) == ("text", text, ADDRESS)


def test_a_record_that_is_cut_short_is_a_reject_and_what_came_before_is_read():
    payload = _response() + _response(PAGE * 50)[:-1_000]
    first, reject = _read(payload)
    assert first.payload == PAGE
    assert (reject.source_uri, reject.reason) == (f"x.warc!{ADDRESS}", "malformed")
    assert "missing" in reject.detail


def test_a_packed_archive_that_is_cut_short_is_read_up_to_there():
    packed = gzip.compress(_response()) + gzip.compress(_response(PAGE * 9))
    found = _read(packed[:-30])
    assert found[0].payload == PAGE
    assert {item.reason for item in found[1:]} == {"malformed"}


def test_a_wrong_length_is_told_and_later_records_are_read():
    payload = _record("response", _http(), length=len(_http()) - 5) + _response()
    found = _read(payload)
    assert any(isinstance(item, Reject) and "wrong length" in item.detail for item in found)
    assert PAGE in [item.payload for item in found if isinstance(item, RawItem)]


def test_a_damaged_encoding_is_a_reject_with_its_bytes():
    body = gzip.compress(PAGE * 9)[:-20]
    (reject,) = _read(_response(body, Content_Encoding="gzip"))
    assert (reject.reason, reject.payload) == ("malformed", body)


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
def test_a_bomb_inside_a_record_is_refused(encoding):
    pack = {"gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress}[encoding]
    (reject,) = _read(_response(pack(bytes(20_000_000)), Content_Encoding=encoding))
    assert reject.reason in ("too_large", "binary")


def test_a_header_without_an_end_is_refused():
    (reject,) = _read(b"WARC/1.0\r\nWARC-Type: " + b"a" * 20_000_000)
    assert reject.reason == "malformed"


def test_headers_without_number_are_refused():
    (reject,) = _read(b"WARC/1.0\r\n" + b"X: y\r\n" * 2_000_000)
    assert reject.reason == "malformed"


def test_a_document_over_the_cap_is_refused_and_the_rest_is_read():
    large, small = _read(_response(PAGE * 100) + _response(), max_item_bytes=1_000)
    assert (large.reason, small.payload) == ("too_large", PAGE)


def test_a_feed_in_an_archive_is_read_as_a_feed():
    feed = (
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>"
        b"<item><title>Un</title><description>Un texte.</description></item></channel></rss>"
    )
    (item,) = _read(_response(feed, Content_Type="application/rss+xml"))
    assert item.kind.startswith("feed")


def test_nothing_is_printed(capsys):
    _read(_response() + b"garbage\r\n" + _response() + _arc())
    assert capsys.readouterr() == ("", "")


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_any_damage_gives_items_or_rejects(data):
    parts = [_response(), _record("conversion", b"Texte.", Content_Type="text/plain"), _arc()]
    payload = bytearray(b"".join(data.draw(st.permutations(parts))))
    for _ in range(data.draw(st.integers(1, 5))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    del payload[data.draw(st.integers(len(payload) // 2, len(payload))) :]
    assert _read(bytes(payload))
