"""How far the stages of a run in this process are: for a display, never for data.

DoFns that run in the process of the display advance it; in a remote worker nobody looks, and
nothing is sent. What a run reports as its result comes from the manifest.
"""

import threading
from collections import Counter
from typing import Final

STAGES: Final = ("read", "clean", "compare", "tag", "write")


class Progress:
    """Thread-safe counts by stage."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: Counter[str] = Counter()

    def advance(self, stage: str, count: int = 1) -> None:
        """Adds to a stage's count."""
        with self._lock:
            self._done[stage] += count

    def snapshot(self) -> dict[str, int]:
        """The counts so far, in the order of the stages."""
        with self._lock:
            return {stage: self._done[stage] for stage in STAGES}

    def reset(self) -> None:
        """Starts anew: a new run in the same process."""
        with self._lock:
            self._done.clear()


PROGRESS: Final = Progress()
"""The one of this process."""
