"""What web archives give: `python -m benchmarks.formats_warc PATH` prints JSON.

PATH holds WARC and ARC files; those with `bad`, `trunc` or `wrong` in their name are broken in some
way. Each is read as a run reads it. What a good one holds is found independently: by looking for
record headers and status lines in the unpacked bytes.

`missed` lists documents of good files that were not read; `silent` broken files that gave neither a
reject nor all of their documents.
"""

import argparse
import gzip
import json
import re
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.config import Config
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import Reject
from pipeline.transforms.clean import deliver

_BROKEN = re.compile(r"bad|trunc|wrong")
_RECORD = re.compile(
    rb"^WARC/\d\.\d\r?\n((?:[^\r\n]+\r?\n)+)\r?\n(HTTP/1\.\d 200[^\n]*\n(?:[^\r\n]+\r?\n)+)?", re.M
)
_ARC_RECORD = re.compile(
    rb"^(https?://.+?) [\d.]+ \d{14} \S+ \d+\r?\n(HTTP/1\.\d 200[^\n]*\n(?:[^\r\n]+\r?\n)+)", re.M
)
_TEXT = re.compile(
    rb"(?i)^content-type:\s*(?:text/(?:html|plain|xml)|application/(?:\w+\+)?(?:xml|json))", re.M
)
_NOW = 4_102_444_800_000_000


def measure(path: Path) -> dict[str, Any]:
    """Reads every file under a folder."""
    config = Config()
    files: dict[str, Any] = {}
    missed: list[str] = []
    silent: list[str] = []
    start = time.process_time()
    for file in sorted(path.rglob("*.*")):
        if not re.search(r"\.w?arc", file.name):
            continue
        name = file.relative_to(path).as_posix()
        found = list(read_items(Source(name, str(file)), config.read))
        items = [item for item in found if not isinstance(item, Reject)]
        rejects = [item for item in found if isinstance(item, Reject)]
        expected = _documents(file.read_bytes())
        given = Counter(item.url for item in items)
        files[name] = {
            "expected": sum(expected.values()),
            "read": len(items),
            "rejects": [f"{reject.reason}: {reject.detail}" for reject in rejects],
            "then": [_shown(deliver(item, config, _NOW)) for item in items],
        }
        lacking = list((expected - given).elements())
        if _BROKEN.search(file.name):
            silent += [name] if lacking and not rejects else []
        else:
            missed += [f"{name}: {url}" for url in lacking]
    return {
        "files": files,
        "seconds": round(time.process_time() - start, 2),
        "missed": missed,
        "silent": silent,
    }


def _shown(result: Any) -> str:
    if isinstance(result, Reject):
        return f"{result.reason}: {result.detail}"
    return f"article: {result.article.headline} ({result.article.word_count} words)"


def _documents(payload: bytes) -> Counter[str]:
    """Addresses of the text documents with status 200, as often as they stand in the file."""
    payload = _unpacked(payload)
    found: Counter[str] = Counter()
    for match in _RECORD.finditer(payload):
        fields = match[1]
        kind = _field(fields, b"WARC-Type")
        target = _field(fields, b"WARC-Target-URI").strip("<>").replace(" ", "%20")
        headers = match[2] if kind == "response" else fields
        wanted = kind in ("resource", "conversion") or (kind == "response" and match[2])
        if wanted and _TEXT.search(headers) and target.startswith("http"):
            found[target] += 1
    for match in _ARC_RECORD.finditer(payload):
        if _TEXT.search(match[2]):
            found[match[1].decode().replace(" ", "%20")] += 1
    return found


def _field(fields: bytes, name: bytes) -> str:
    match = re.search(rb"(?im)^" + re.escape(name) + rb":\s*([^\r\n]*)", fields)
    return match[1].decode("utf-8", "replace").strip() if match else ""


def _unpacked(payload: bytes) -> bytes:
    try:
        return gzip.decompress(payload) if payload.startswith(b"\x1f\x8b") else payload
    except (OSError, EOFError, zlib.error):
        return zlib.decompressobj(wbits=31).decompress(payload)


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    print(json.dumps(measure(parser.parse_args().path), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
