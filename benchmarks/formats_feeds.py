"""Feeds: agreement with feedparser and speed against it; its own suites.

`python -m benchmarks.formats_feeds DATA` where DATA/feeds holds `real/` (feeds as they were
fetched) and `feedparser-tests/tests/` (feedparser's suites, BSD-2). Prints JSON.
"""

import io
import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import feedparser

from pipeline.errors import RejectError
from pipeline.formats.feed import parse_feed
from pipeline.formats.feed_items import split_feed
from pipeline.formats.feed_record import Feed
from pipeline.formats.feed_text import one_line, plain_title
from pipeline.formats.parse import parse_item
from pipeline.records import RawItem

FIELDS = ("id", "title", "date", "link")
_ROUNDS = 3


def measure(path: Path) -> dict[str, Any]:
    """Measures all there is under `path`/feeds."""
    folder = path / "feeds" if (path / "feeds").is_dir() else path
    suites = folder / "feedparser-tests/tests"
    warnings.simplefilter("ignore")
    return {
        "real": _real(folder / "real"),
        "wellformed": _suite(suites / "wellformed"),
        "illformed": _survived(suites / "illformed"),
        "encoding": _suite(suites / "encoding"),
        "entities": _suite(suites / "entities"),
        "json": _survived(suites / "json"),
    }


def _real(folder: Path) -> dict[str, Any]:
    payloads = {file.name: file.read_bytes() for file in _files(folder)}
    agreement = _Agreement()
    for name, payload in payloads.items():
        agreement.add(name, parse_feed(payload), _peer(payload))
    return {
        "feeds": len(payloads),
        **agreement.figures(),
        "seconds": round(ours := _best_time(parse_feed, payloads), 3),
        "feedparser_seconds": round(theirs := _best_time(_peer, payloads, rounds=1), 2),
        "times_as_fast": round(theirs / ours, 1),
        "megabytes_per_second": round(sum(map(len, payloads.values())) / ours / 1e6, 1),
        "articles_per_second_with_text": _with_text(payloads),
    }


def _suite(folder: Path) -> dict[str, Any]:
    """Feeds of which all that they have says the same as feedparser says."""
    total = same = 0
    differing: list[str] = []
    for file in _files(folder, "*.xml"):
        payload = file.read_bytes()
        peer = _peer(payload)
        agreement = _Agreement()
        try:
            agreement.add(file.name, parse_feed(payload), peer)
        except RejectError:
            if peer.get("entries"):
                agreement.missing += 1
        total += 1
        if agreement.missing or agreement.extra or agreement.differing:
            differing.append(str(file.relative_to(folder)))
        else:
            same += 1
    return {"files": total, "agree": round(same / max(1, total), 4), "differing": differing[:40]}


def _survived(folder: Path) -> dict[str, Any]:
    outcomes: Counter[str] = Counter()
    for file in _files(folder):
        try:
            outcomes["entries" if parse_feed(file.read_bytes()).entries else "none"] += 1
        except RejectError as error:
            outcomes[error.reason.value] += 1
    return dict(sorted(outcomes.items()))


class _Agreement:
    """Counts fields that say the same in both readings, entry by entry."""

    def __init__(self) -> None:
        self.entries = self.missing = self.extra = 0
        self.fields: Counter[str] = Counter()
        self.differing: list[str] = []

    def add(self, name: str, feed: Feed, peer: Mapping[str, Any]) -> None:
        theirs = [dict(entry) for entry in peer["entries"]]
        self.entries += len(theirs)
        if not theirs:  # feedparser makes nothing of the file
            self.extra += len(feed.entries)
            return
        self.missing += max(0, len(theirs) - len(feed.entries))
        self.extra += max(0, len(feed.entries) - len(theirs))
        for ours, other in zip(feed.entries, theirs, strict=False):
            said = {
                "id": (ours.id, one_line(other.get("id"))),
                "title": (ours.title, plain_title(other.get("title") or "")),
                "date": (
                    ours.published or ours.updated,
                    one_line(other.get("published") or other.get("updated")),
                ),
                "link": (ours.link, one_line(other.get("link"))),
            }
            for field, (one, two) in said.items():
                self.fields[field] += one == two
                if one != two:
                    self.differing.append(f"{name}: {field}: {one[:80]!r}, not {two[:80]!r}")

    def figures(self) -> dict[str, Any]:
        compared = max(1, self.entries)
        return {
            "entries": self.entries,
            "missing_entries": self.missing,
            "entries_only_ours": self.extra,
            "agree": {field: round(self.fields[field] / compared, 4) for field in FIELDS},
            "differing": self.differing[:20],
        }


def _peer(payload: bytes) -> Mapping[str, Any]:
    found: Mapping[str, Any] = feedparser.parse(io.BytesIO(payload))
    return found


def _best_time(
    parse: Callable[[bytes], object], payloads: Mapping[str, bytes], rounds: int = _ROUNDS
) -> float:
    times: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        for payload in payloads.values():
            parse(payload)
        times.append(time.process_time() - start)
    return min(times)


def _with_text(payloads: Mapping[str, bytes]) -> int:
    """Entries a second from the bytes of a feed to the text of the article."""
    start = time.process_time()
    count = 0
    for name, payload in payloads.items():
        for item in split_feed(RawItem(name, payload, "feed")):
            count += 1
            try:
                parse_item(item)
            except RejectError:
                continue
    return round(count / (time.process_time() - start))


def _files(folder: Path, pattern: str = "*") -> Iterator[Path]:
    for file in sorted(folder.rglob(pattern)):
        if file.is_file() and file.name != "LICENSE":
            yield file


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), indent=1, ensure_ascii=False))
