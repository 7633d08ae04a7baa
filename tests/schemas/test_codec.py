import io
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.records import CopyPair, Passage, Reject
from pipeline.schemas.codec import decode_row, encode_row, read_container, write_container

PAIR = CopyPair("a2", "a1", "reprint", 0.5, 0.25, 40, 30, 20, (Passage(0, 9, 3, 12),))


def _container(rows: list[bytes], codec: str = "deflate") -> bytes:
    stream = io.BytesIO()
    write_container(stream, "copies", rows, codec)
    return stream.getvalue()


def test_a_record_comes_back_as_it_was_written() -> None:
    row = decode_row("copies", encode_row("copies", PAIR))
    assert row.model_dump() == {**PAIR._asdict(), "passages": (PAIR.passages[0]._asdict(),)}


def test_empty_text_becomes_null_in_optional_columns() -> None:
    reject = Reject("x.txt", "read", "empty", "the file is empty", b"", "")
    (row,) = read_container(io.BytesIO(_rejects([encode_row("rejects", reject)])))
    assert row["article_id"] is None


def _rejects(rows: list[bytes]) -> bytes:
    stream = io.BytesIO()
    write_container(stream, "rejects", rows)
    return stream.getvalue()


def test_a_record_that_breaks_the_contract_is_refused() -> None:
    with pytest.raises(ValidationError):
        encode_row("copies", PAIR._replace(coverage="much"))


@pytest.mark.parametrize("codec", ["deflate", "null"])
def test_the_same_rows_give_the_same_bytes(codec: str) -> None:
    rows = [encode_row("copies", PAIR)] * 3
    assert _container(rows, codec) == _container(rows, codec)


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_another_process_writes_the_same_bytes(seed: str) -> None:
    program = (
        "import io, sys\n"
        "from pipeline.schemas.codec import write_container\n"
        "stream = io.BytesIO()\n"
        "write_container(stream, 'articles', [])\n"
        "sys.stdout.buffer.write(stream.getvalue())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    )
    stream = io.BytesIO()
    write_container(stream, "articles", [])
    assert done.stdout == stream.getvalue()


def test_a_container_of_no_rows_is_a_valid_file() -> None:
    assert list(read_container(io.BytesIO(_container([])))) == []


@given(st.lists(st.binary(max_size=300_000), max_size=4), st.sampled_from(["deflate", "null"]))
def test_containers_of_any_size_read_back_in_order(payloads: list[bytes], codec: str) -> None:
    rejects = [Reject(f"{n}", "read", "empty", "", p) for n, p in enumerate(payloads)]
    stream = io.BytesIO()
    written = write_container(stream, "rejects", (encode_row("rejects", r) for r in rejects), codec)
    stream.seek(0)
    assert written == len(payloads)
    assert [row["payload"] for row in read_container(stream)] == payloads
