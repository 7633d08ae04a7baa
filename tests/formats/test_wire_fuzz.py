"""Whatever is done to the samples: parsers return an item or raise `RejectError`."""

import contextlib
import io
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import ReadConfig
from pipeline.errors import RejectError
from pipeline.formats.parse import parse_item
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import ParsedItem, RawItem
from tests.formats.wire_samples import (
    ANPA,
    G2,
    IPTC7901,
    NEWSML1,
    NEWSML1_CONTENT,
    NEWSML1_ITEM,
    NINJS1,
    NINJS3,
    NITF,
    NITF_TEXT,
    XHTML,
)

_ITEM = NEWSML1_ITEM.format(
    ident="a", status="Usable", management="", media="Text", content=NEWSML1_CONTENT
)
SAMPLES = {
    "g2": ("xml", G2.format(version=1, item_class="text", meta="", content=XHTML).encode()),
    "nitf": ("xml", NITF.format(status="", docdata="", content=NITF_TEXT).encode("latin-1")),
    "newsml1": ("xml", NEWSML1.format(items=_ITEM * 2).encode()),
    "ninjs1": ("json", json.dumps(NINJS1).encode()),
    "ninjs3": ("json", json.dumps(NINJS3, ensure_ascii=False).encode()),
    "iptc7901": ("iptc7901", IPTC7901),
    "anpa": ("iptc7901", ANPA),
}
_PIECES = [
    b"\0", b"\xff", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"\"", b"{", b"[", b"null",
    b"1e999", b"\xed\xa0\x80", b"\x01", b"\x02", b"\x03", b"&#x110000;", b"&eacute;", b"\r",
    b"9" * 400,
]  # fmt: skip


def mutated(payload: bytes, seed: int) -> bytes:
    """Some bytes of a sample cut, doubled, swapped or replaced."""
    rng = random.Random(seed)
    data = bytearray(payload)
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((0, 1, 2, 8, 60, 300)))
        action = rng.randrange(4)
        if action == 0:
            del data[start:end]
        elif action == 1:
            data[start:start] = data[start:end] * rng.randint(1, 3)
        elif action == 2:
            data[start:end] = rng.choice(_PIECES)
        else:
            data[start:start] = rng.randbytes(rng.randint(1, 4))
    return bytes(data)


@pytest.mark.parametrize("name", sorted(SAMPLES))
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_item_is_read_or_rejected(name: str, seed: int) -> None:
    kind, sample = SAMPLES[name]
    with contextlib.suppress(RejectError):
        item = parse_item(RawItem("x", mutated(sample, seed), kind))
        assert isinstance(item, ParsedItem)
        item.text.encode("utf-8")
        assert "\0" not in item.text + item.headline
        assert 1 <= item.version < 2**63


@pytest.mark.parametrize("name", sorted(SAMPLES))
@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_gives_at_least_one_item_or_reject(name: str, seed: int) -> None:
    stream = io.BytesIO(mutated(SAMPLES[name][1], seed))
    assert list(read_items(Source("x", "x"), ReadConfig(), stream))
