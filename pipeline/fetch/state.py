"""What is remembered of feeds between runs, as one JSON file: never needed for what is right.

Without it a feed is fetched whole, and its entries are found in the tables as already seen: only
time and traffic are lost.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from typing import NamedTuple

_FORMAT = 1
_MAX_SEEN = 5_000


class FeedState(NamedTuple):
    """What is remembered of one feed.

    Attributes:
        etag: Of the last answer.
        last_modified: Of the last answer.
        body_hash: Of the last body, for servers that give neither of these.
        polled_at: Seconds since the epoch of the last try; 0 for never.
        wait_until: Seconds since the epoch before which the server does not want to be asked.
        failures: Tries since the last success.
        failure: What the last try failed with; empty after a success.
        settled: Entries whose page was fetched, or cannot be: those of the last body.
    """

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    polled_at: int = 0
    wait_until: int = 0
    failures: int = 0
    failure: str = ""
    settled: tuple[str, ...] = ()


def load_states(path: str) -> dict[str, FeedState]:
    """Reads the states by address; none where the file is missing or not as it should be."""
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        return {}
    feeds = document.get("feeds")
    if not isinstance(feeds, dict):
        return {}
    return {url: _state(fields) for url, fields in feeds.items() if isinstance(fields, dict)}


def save_states(path: str, states: Mapping[str, FeedState]) -> None:
    """Replaces the file in one step.

    Raises:
        OSError: It cannot be written.
    """
    feeds = {url: _fields(states[url]) for url in sorted(states)}
    write_json(path, {"format": _FORMAT, "feeds": feeds})


def write_json(path: str, document: Mapping[str, object]) -> None:
    """Writes a JSON file in one step: a reader sees the old one or the new one.

    Raises:
        OSError: It cannot be written.
    """
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=1, ensure_ascii=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _fields(state: FeedState) -> dict[str, object]:
    return {name: value for name, value in state._asdict().items() if value}


def _state(fields: Mapping[str, object]) -> FeedState:
    known: dict[str, object] = {}
    for name, default in FeedState()._asdict().items():
        value = fields.get(name)
        if isinstance(default, tuple):
            settled = value if isinstance(value, list) else []
            known[name] = tuple(entry for entry in settled if isinstance(entry, str))[:_MAX_SEEN]
        elif type(value) is type(default):
            known[name] = value
    return FeedState(**known)  # type: ignore[arg-type]
