"""Inputs become files: standard input and feeds are put where they can be read again."""

import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence

from pipeline.config import FetchConfig
from pipeline.errors import OutputError
from pipeline.fetch.poll import Polled, poll
from pipeline.fetch.state import FeedState, load_states, save_states
from pipeline.formats.sources import STANDARD_INPUT, Source
from pipeline.records import Reject

_STATE = ".state"
"""Folder in the output for what only saves time: it may be deleted."""


def state_file(output: str, name: str) -> str:
    """The path of a state file; empty where the output is no local folder and nothing is kept."""
    return "" if "://" in output else os.path.join(output, _STATE, name)


def spool_standard_input(sources: Sequence[Source | Reject], folder: str) -> list[Source | Reject]:
    """Copies standard input into a file, so that it can be read again after a failure."""
    spooled: list[Source | Reject] = []
    for source in sources:
        if isinstance(source, Source) and source.path == STANDARD_INPUT:
            path = os.path.join(folder, "stdin")
            with open(path, "wb") as spool:
                shutil.copyfileobj(sys.stdin.buffer, spool)
            source = Source(source.uri, path)
        spooled.append(source)
    return spooled


class Feeds:
    """The feeds of one output, and what is remembered of them.

    Args:
        output: The output folder.
        known: False where the output holds no tables: then nothing is remembered, and everything is
            fetched.
        keep: False remembers in memory only.
    """

    def __init__(self, output: str, known: bool, keep: bool = True) -> None:
        self._path = state_file(output, "feeds.json") if keep else ""
        self._states = load_states(self._path) if self._path and known else {}

    def due(self, urls: Sequence[str], interval: float) -> list[str]:
        """Those that were not polled for an interval, and whose server may be asked again.

        Args:
            urls: Addresses.
            interval: Seconds.
        """
        now = time.time()
        states = {url: self._states.get(url, FeedState()) for url in urls}
        return [
            url
            for url, state in states.items()
            # A clock that was set back makes nothing wait.
            if not state.polled_at <= now < max(state.polled_at + interval, state.wait_until)
        ]

    def poll(self, urls: Sequence[str], folder: str, config: FetchConfig) -> list[Polled]:
        """Fetches what is new; remember it with `save` once the tables hold it."""
        return poll(urls, self._states, folder, config) if urls else []

    def failed_before(self, polled: Polled) -> bool:
        """Tells whether a feed failed as it had failed at the poll before."""
        before = self._states.get(polled.url, FeedState()).failure
        return bool(polled.state.failure) and polled.state.failure == before

    def save(self, polled: Sequence[Polled]) -> None:
        """Remembers what was polled.

        Raises:
            OutputError: The state cannot be written.
        """
        new: Mapping[str, FeedState] = {each.url: each.state for each in polled}
        self._states = {**self._states, **new}
        if not self._path or not new:
            return
        try:
            save_states(self._path, self._states)
        except OSError as error:
            raise OutputError(f"{self._path}: cannot write here: {error.strerror}") from error
