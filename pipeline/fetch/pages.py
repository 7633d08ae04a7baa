"""The pages of feed entries that are cut short."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.config import FetchConfig
from pipeline.errors import RejectError, RejectReason
from pipeline.fetch.answer import Answer, FetchError
from pipeline.fetch.client import Fetcher
from pipeline.fetch.robots import Robots
from pipeline.formats.feed import parse_feed
from pipeline.formats.feed_items import absolute_links, needs_page
from pipeline.formats.feed_json import render_json_feed
from pipeline.formats.feed_record import FeedEntry
from pipeline.records import Reject

_PAGES = frozenset(("", "text/html", "application/xhtml+xml"))


class Paged(NamedTuple):
    """A feed with the pages of its new entries.

    Attributes:
        body: The feed, to be read instead of what was fetched;
            or None where no entry is new.
        rejects: One for each page that could not be fetched.
        settled: Marks of the entries that need not be looked at again.
        again: True if some page is to be tried again.
    """

    body: bytes | None
    rejects: tuple[Reject, ...] = ()
    settled: tuple[str, ...] = ()
    again: bool = False


async def add_pages(
    name: str,
    answer: Answer,
    settled: Sequence[str],
    config: FetchConfig,
    fetcher: Fetcher,
    robots: Robots,
) -> Paged:
    """Fetches the page of each new entry that is cut short, and puts it with the entry.

    An entry whose page cannot be fetched stays as the feed has it.

    Args:
        name: The feed's `source_uri`.
        answer: The fetched feed; what is none is passed through.
        settled: Marks of the entries that an earlier poll was done with.
        config: The caps.
        fetcher: What fetches the pages.
        robots: What says which may be fetched.
    """
    try:
        feed = absolute_links(parse_feed(answer.body), name)
    except RejectError:
        return Paged(answer.body)
    known = frozenset(settled)
    fresh = [entry for entry in feed.entries if _mark(entry) not in known]
    short = [entry for entry in fresh if needs_page(entry)]
    wanted = short[: config.max_pages]
    later = {id(entry) for entry in short[config.max_pages :]}
    fetched = await asyncio.gather(
        *(_page(entry.link, fetcher, robots, config) for entry in wanted)
    )
    pages = {id(entry): page for entry, page in zip(wanted, fetched, strict=True)}
    entries: list[FeedEntry] = []
    rejects: list[Reject] = []
    done = [_mark(entry) for entry in feed.entries if _mark(entry) in known]
    again = bool(later)
    for entry in fresh:
        page = pages.get(id(entry))
        if isinstance(page, FetchError):
            rejects.append(Reject(entry.link, "read", page.reason.value, page.detail))
            entries.append(entry)
            again = again or page.passing
            if page.passing:
                continue
        elif page is not None:
            entries.append(entry._replace(page=page.body, page_type=_content_type(page)))
        else:
            entries.append(entry)
        if id(entry) not in later:
            done.append(_mark(entry))
    if not entries:
        return Paged(None, (), tuple(done))
    body = render_json_feed(feed._replace(entries=tuple(entries)))
    return Paged(body, tuple(rejects), tuple(done), again)


async def _page(
    url: str, fetcher: Fetcher, robots: Robots, config: FetchConfig
) -> Answer | FetchError:
    try:
        if config.respect_robots and not await robots.allows(url):
            return FetchError(RejectReason.ROBOTS, "the site's robots.txt forbids this page")
        answer = await fetcher.get(url)
    except FetchError as error:
        return error
    except ValueError:
        return FetchError(RejectReason.UNREACHABLE, "this is no address")
    if answer.content_type not in _PAGES:
        return FetchError(RejectReason.UNSUPPORTED, f"no page, but {answer.content_type[:100]}")
    return answer


def _content_type(page: Answer) -> str:
    return f"text/html; charset={page.charset}" if page.charset else "text/html"


def _mark(entry: FeedEntry) -> str:
    said = "\0".join((entry.id, entry.link, entry.title, entry.published, entry.summary))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=10).hexdigest()
