"""Polls feeds: from addresses to files that can be read like any other input."""

import asyncio
import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from pipeline.config import FetchConfig
from pipeline.errors import RejectReason
from pipeline.fetch.answer import Answer, FetchError
from pipeline.fetch.client import Fetcher
from pipeline.fetch.network import Resolve
from pipeline.fetch.pages import add_pages
from pipeline.fetch.politeness import backoff
from pipeline.fetch.robots import Robots
from pipeline.fetch.state import FeedState
from pipeline.formats.sources import Source
from pipeline.records import Reject

_FAILED_SECONDS = 60.0
_LONGEST_BACKOFF = 86_400.0


class Polled(NamedTuple):
    """What polling one address gave.

    Attributes:
        url: The address, as it was given.
        sources: At most one file, and rejects for what could not be fetched; nothing where nothing
            is new.
        state: What to remember, once the run that reads the sources has ended well.
    """

    url: str
    sources: tuple[Source | Reject, ...]
    state: FeedState


def poll(
    urls: Sequence[str],
    states: Mapping[str, FeedState],
    folder: str,
    config: FetchConfig,
    resolve: Resolve | None = None,
    clock: Callable[[], float] = time.time,
) -> list[Polled]:
    """Fetches what is new at some addresses; nothing that a server does is an error.

    Args:
        urls: Addresses of feeds, or of anything else that wirecopy reads.
        states: What is remembered of them.
        folder: Where the fetched files are put.
        config: Caps, time-outs and manners.
        resolve: Gives the addresses of a name; for tests.
        clock: Seconds since the epoch.

    Returns:
        One for each address, in the order of the addresses.
    """

    async def poll_all() -> list[Polled]:
        async with Fetcher(config, resolve, clock) as fetcher:
            poller = _Poller(fetcher, folder, config, clock)
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(poller.poll(url, states.get(url, FeedState()), number))
                    for number, url in enumerate(dict.fromkeys(urls))
                ]
            return [task.result() for task in tasks]

    return asyncio.run(poll_all())


class _Poller:
    def __init__(
        self, fetcher: Fetcher, folder: str, config: FetchConfig, clock: Callable[[], float]
    ) -> None:
        self._fetcher = fetcher
        self._robots = Robots(fetcher, config.max_wait_seconds)
        self._folder = folder
        self._config = config
        self._clock = clock

    async def poll(self, url: str, state: FeedState, number: int) -> Polled:
        name = source_name(url)
        try:
            answer = await self._fetcher.get(url, state.etag, state.last_modified)
            return await self._take(url, answer, state, number)
        except FetchError as error:
            failure = error
        except Exception as error:  # one bad feed never stops the others
            failure = FetchError(RejectReason.INTERNAL, f"{type(error).__name__}: {error}")
        reject = Reject(name, "read", failure.reason.value, failure.detail)
        return Polled(url, (reject,), self._failed(url, state, failure))

    async def _take(self, url: str, answer: Answer, before: FeedState, number: int) -> Polled:
        state = before._replace(
            polled_at=int(self._clock()), wait_until=0, failures=0, failure="", etag=answer.etag
        )
        if not answer.changed:
            return Polled(url, (), state._replace(etag=answer.etag or before.etag))
        body_hash = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
        state = state._replace(last_modified=answer.last_modified, body_hash=body_hash)
        if body_hash == before.body_hash:
            return Polled(url, (), state)
        name, body = source_name(url), answer.body
        rejects: tuple[Reject, ...] = ()
        if self._config.fetch_pages:
            paged = await add_pages(
                name, answer, before.settled, self._config, self._fetcher, self._robots
            )
            rejects = paged.rejects
            state = state._replace(settled=paged.settled)
            if paged.again:  # the next poll must look at this feed even if it is the same
                state = state._replace(body_hash="", etag="", last_modified="")
            if paged.body is None:
                return Polled(url, rejects, state)
            body = paged.body
        path = os.path.join(self._folder, f"{number:05}")
        with open(path, "wb") as file:
            file.write(body)
        return Polled(url, (Source(name, path), *rejects), state)

    def _failed(self, url: str, state: FeedState, error: FetchError) -> FeedState:
        now = int(self._clock())
        failures = state.failures + 1
        wait = min(backoff(_FAILED_SECONDS, failures, url), _LONGEST_BACKOFF)
        wait = max(wait, min(error.wait or 0.0, 7 * _LONGEST_BACKOFF))
        return state._replace(
            polled_at=now,
            wait_until=now + int(wait),
            failures=failures,
            failure=f"{error.reason.value}: {error.detail}",
        )


def source_name(url: str) -> str:
    """The address as it is named in tables: without a user's name and password."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
