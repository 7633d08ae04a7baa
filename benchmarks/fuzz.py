"""Mutated inputs through all parsers: `python -m benchmarks.fuzz --count N` prints JSON.

Samples of every format are invented here; each input is one of them with bytes changed, cut,
repeated, swapped with pieces of other samples, or packed. It is read, parsed and cleaned as a run
does it. Nothing but items and rejects may come out; `internal` rejects, exceptions and inputs that
take more than a second are listed, with the number that makes them again (`--only NUMBER`).

Inputs are numbered and made from their number alone: a million can be run in parts with `--start`.
"""

import argparse
import gzip
import hashlib
import io
import json
import random
import resource
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.fuzz_samples import samples
from pipeline.config import Config, ReadConfig
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import Reject
from pipeline.transforms.clean import Noticed, deliver

_NOW = 1_700_000_000_000_000
_CONFIG = Config(read=ReadConfig(max_item_bytes=4_000_000, max_unpacked_bytes=20_000_000))
_SLOW_SECONDS = 1.0
_TOKENS = (
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [", b"<!ENTITY a '",
    b"&a;", b"&#x0;", b"&#55296;", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\x1f\x8b\x08",
    b"PK\x03\x04", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"\\ud800", b'{"',
    b"[[[[", b"1e999", b"NaN", b"-1", b"99999999999999999999", b"2024-02-30", b"\x01", b"\x02",
    b"\x03", b"\r\n\r\n", b'="', b"'", b"<div>", b"<table>", b"<script>", b"<html>",
    b"<meta charset=utf-7>", "\u202e\u2028\u0301".encode(),
)  # fmt: skip


def mutate(payload: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Changes an input in one to six ways."""
    data = bytearray(payload)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        length = min(len(data) - place, int(chance.expovariate(1 / 20)))
        kind = chance.randrange(8)
        if kind == 0 and place < len(data):
            data[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[place : place + length] = bytes(chance.randbytes(chance.randrange(9)))
        elif kind == 2:
            del data[place : place + length]
        elif kind == 3:
            data[place:place] = chance.choice(_TOKENS) * (1 << chance.randrange(8))
        elif kind == 4:
            data[place:place] = data[place : place + length] * (1 << chance.randrange(10))
        elif kind == 5:
            other = chance.choice(others)
            start = chance.randrange(len(other))
            data[place : place + length] = other[start : start + chance.randrange(200)]
        elif kind == 6:
            del data[place:]
        elif chance.random() < 0.2:
            data = bytearray(gzip.compress(bytes(data), 1, mtime=0))
        if len(data) > 200_000:
            break
    return bytes(data)


def read(name: str, payload: bytes) -> Counter[str]:
    """Reads, parses and cleans one input; counts what came out by its kind or reason."""
    out: Counter[str] = Counter()
    for item in read_items(Source(name, name), _CONFIG.read, io.BytesIO(payload)):
        result = item if isinstance(item, Reject) else deliver(item, _CONFIG, _NOW)
        if isinstance(result, Reject):
            out[f"reject {result.reason}"] += 1
            if result.reason == "internal":
                raise RuntimeError(result.detail)
        else:
            out["notice" if isinstance(result, Noticed) else "article"] += 1
    if not out:
        raise RuntimeError("an input vanished: neither an item nor a reject came out")
    return out


def _warm_up() -> None:
    """Loads what is loaded once in a process, which is no input's time."""
    # The languages of dateparser, which htmldate asks last: a second and a half.
    from htmldate.extractors import external_date_parser

    external_date_parser("vendredi prochain", "%Y-%m-%d")
    for name, sample in samples().items():
        read(name, sample)


def measure(count: int, start: int = 0, only: int | None = None) -> dict[str, Any]:
    """Runs `count` inputs from number `start` on."""
    given = samples()
    names = sorted(given)
    others = [given[name] for name in names]
    _warm_up()
    outcomes: Counter[str] = Counter()
    crashes: list[str] = []
    slow: list[tuple[float, int, str]] = []
    over = 0
    began = time.perf_counter()
    numbers = [only] if only is not None else range(start, start + count)
    for number in numbers:
        seed = hashlib.blake2b(str(number).encode(), digest_size=8).digest()
        chance = random.Random(seed)
        name = names[chance.randrange(len(names))]
        payload = mutate(given[name], others, chance)
        if only is not None:
            Path(f"fuzz-{number}-{name}").write_bytes(payload)
        at = time.process_time()
        try:
            outcomes += read(name, payload)
        except Exception as error:  # this is what is looked for
            crashes.append(f"{number} {name}: {type(error).__name__}: {str(error)[:200]}")
        seconds = time.process_time() - at
        over += seconds > _SLOW_SECONDS
        slow.append((round(seconds, 3), number, name))
        slow = sorted(slow, reverse=True)[:5]
    return {
        "inputs": len(numbers),
        "first": numbers[0] if numbers else None,
        "crashes": len(crashes),
        "first_crashes": crashes[:20],
        "over_one_second": over,
        "slowest": slow,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "inputs_per_second": round(len(numbers) / (time.perf_counter() - began), 1),
        "outcomes": dict(sorted(outcomes.items())),
    }


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--only", type=int, help="Runs one input, and writes it to a file.")
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.count, arguments.start, arguments.only), indent=2))


if __name__ == "__main__":
    main()
