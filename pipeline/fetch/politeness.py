"""How often and how long: turns at a host, waits between tries. No chance is involved."""

import asyncio
import email.utils
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Lets requests through: so many at once, so many at once to a host, and a pause between.

    Args:
        at_once: Requests at once.
        at_once_per_host: Requests at once to one host.
        pause: Seconds between the starts of two requests to one host.
    """

    def __init__(self, at_once: int, at_once_per_host: int, pause: float) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._per_host = at_once_per_host
        self._pause = pause
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._next: dict[str, float] = {}
        self._slower: dict[str, float] = {}

    def slow_down(self, host: str, pause: float) -> None:
        """Makes the pause at a host at least this long."""
        self._slower[host] = max(pause, self._slower.get(host, 0.0))

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for a turn at a host and holds it."""
        # Whoever waits for a slow host must not hold one of the places that all hosts share.
        async with self._hosts.setdefault(host, asyncio.Semaphore(self._per_host)):
            now = asyncio.get_running_loop().time()
            start = max(now, self._next.get(host, 0.0))
            self._next[host] = start + max(self._pause, self._slower.get(host, 0.0))
            await asyncio.sleep(start - now)
            async with self._all:
                yield


def backoff(base: float, tries: int, key: str) -> float:
    """Seconds to wait after so many tries: doubled each time, between half and all of that.

    Where in between follows from the key, so that many feeds that fail together come back apart,
    and the same one always the same.
    """
    digest = hashlib.blake2b(f"{key}\0{tries}".encode("utf-8", "replace"), digest_size=4).digest()
    spread = int.from_bytes(digest, "big") / 2**32
    return float(base * 2.0 ** min(tries - 1, 30) * (0.5 + spread / 2))


def retry_after(value: str, now: float) -> float | None:
    """Seconds that the header `Retry-After` asks to wait: a number, or a date.

    Args:
        value: The header.
        now: Seconds since the epoch.

    Returns:
        At least 0; None if the header says nothing that can be read.
    """
    value = value.strip()
    if value.isascii() and value.isdecimal() and len(value) <= 9:
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return max(0.0, moment.timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
