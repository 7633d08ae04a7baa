"""robots.txt: what a site lets be fetched (RFC 9309)."""

import asyncio
from urllib.parse import urlsplit

from protego import Protego

from pipeline.errors import RejectReason
from pipeline.fetch.answer import FetchError
from pipeline.fetch.client import Fetcher
from pipeline.formats.decoding import normalise

_MAX_BYTES = 512_000
"""RFC 9309 asks to read at least 500 KiB."""
_MAX_STARS = 8
"""Patterns with more wildcards are left out: matching them could take for ever."""
_TOKEN = "wirecopy"  # noqa: S105 - the product token of RFC 9309
_EVERYTHING = "User-agent: *\nDisallow: /\n"


class Robots:
    """Asks each site once what it allows.

    Args:
        fetcher: What fetches robots.txt.
        longest_pause: Seconds; a longer `Crawl-delay` is not waited for.
    """

    def __init__(self, fetcher: Fetcher, longest_pause: float) -> None:
        self._fetcher = fetcher
        self._longest_pause = longest_pause
        self._sites: dict[str, asyncio.Task[Protego]] = {}

    async def allows(self, url: str) -> bool:
        """Tells whether a page may be fetched; a site that cannot be asked allows nothing."""
        site = urlsplit(url)
        origin = f"{site.scheme}://{site.netloc}"
        if origin not in self._sites:
            self._sites[origin] = asyncio.create_task(self._ask(origin, site.hostname or ""))
        rules = await self._sites[origin]
        return bool(rules.can_fetch(url, _TOKEN))

    async def _ask(self, origin: str, host: str) -> Protego:
        try:
            text = (await self._fetcher.get(f"{origin}/robots.txt")).body.decode("utf-8", "replace")
        except FetchError as error:
            # Without such a file all is allowed; with a server that fails, nothing is.
            gone = error.reason == RejectReason.HTTP_ERROR and not error.passing
            text = "" if gone else _EVERYTHING
        lines = normalise(text[:_MAX_BYTES]).splitlines()
        rules = Protego.parse("\n".join(line for line in lines if line.count("*") <= _MAX_STARS))
        pause = rules.crawl_delay(_TOKEN)
        if pause is not None and 0 < pause <= self._longest_pause:
            self._fetcher.turns.slow_down(host, float(pause))
        return rules
