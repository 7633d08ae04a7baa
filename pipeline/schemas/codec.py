"""Rows to Avro and back: one row to bytes, many bytes to a container file.

Rows are encoded one by one, where they are made; the sink then only sorts byte strings and frames
them into blocks. That keeps what travels between workers small, and makes the file a function of
the rows alone: the sync marker, random in other writers, is derived from the schema.
"""

import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

import fastavro

from pipeline.schemas.avro import DATASETS, contract, parsed_contract
from pipeline.schemas.types import Row

_BLOCK_BYTES = 256_000
_DEFLATE_LEVEL = 6


def encode_row(dataset: str, values: Any) -> bytes:
    """Validates one record against the contract and encodes it.

    Args:
        dataset: A key of `DATASETS`.
        values: A mapping, or an object with the row's attributes (a stage's named tuple).

    Raises:
        pydantic.ValidationError: The record does not fit the contract.
    """
    row = values if isinstance(values, Row) else DATASETS[dataset].model_validate(values)
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, parsed_contract(dataset), row.model_dump())
    return stream.getvalue()


def decode_row(dataset: str, payload: bytes) -> Row:
    """Reads back what `encode_row` wrote."""
    schema = parsed_contract(dataset)
    values = fastavro.schemaless_reader(io.BytesIO(payload), schema, None)
    return DATASETS[dataset].model_validate(values)


def write_container(
    stream: IO[bytes], dataset: str, rows: Iterable[bytes], codec: str = "deflate"
) -> int:
    """Writes encoded rows as one Avro object container file, in the given order.

    Args:
        stream: Where to; written from its current position.
        dataset: Whose schema goes into the header.
        rows: Results of `encode_row`.
        codec: `deflate` or `null`.

    Returns:
        The number of rows.
    """
    sync = hashlib.blake2b(contract(dataset).encode(), digest_size=16).digest()
    stream.write(_header(dataset, codec, sync))
    total = 0
    for count, block in _blocks(rows):
        data = _deflate(block) if codec == "deflate" else block
        stream.write(_long(count) + _long(len(data)) + data + sync)
        total += count
    return total


def read_container(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Reads the rows of a container file, in order.

    Raises:
        ValueError, EOFError: The file is damaged.
    """
    for record in fastavro.reader(stream):
        if isinstance(record, dict):
            yield record


def _header(dataset: str, codec: str, sync: bytes) -> bytes:
    """The file header: magic, metadata (codec and schema), sync marker.

    Not fastavro's: it writes the keys of a schema in an order that differs from process to process.
    """
    schema = json.dumps(json.loads(contract(dataset)), ensure_ascii=False, separators=(",", ":"))
    pairs = (("avro.codec", codec), ("avro.schema", schema))
    texts = (text.encode("utf-8") for pair in pairs for text in pair)
    metadata = b"".join(_long(len(text)) + text for text in texts)
    return b"Obj\x01" + _long(len(pairs)) + metadata + _long(0) + sync


def _blocks(rows: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    pending: list[bytes] = []
    size = 0
    for row in rows:
        pending.append(row)
        size += len(row)
        if size >= _BLOCK_BYTES:
            yield len(pending), b"".join(pending)
            pending, size = [], 0
    if pending:
        yield len(pending), b"".join(pending)


def _deflate(block: bytes) -> bytes:
    compressor = zlib.compressobj(_DEFLATE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(block) + compressor.flush()


def _long(value: int) -> bytes:
    """Avro's variable-length zig-zag integer, for the block header (value >= 0)."""
    value <<= 1
    out = bytearray()
    while value > 0x7F:
        out.append((value & 0x7F) | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
