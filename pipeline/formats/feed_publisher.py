"""Who publishes a feed, told from its title and address."""

import re
import unicodedata
from urllib.parse import urlsplit

from pipeline.formats.feed_record import Feed

# What stands between the name of a publisher and that of a section, with blanks around most.
_SEPARATOR = re.compile(r"\s+[-–—|:·•>»«/]+\s+|\s*[|»«>]\s*|(?<=\w)\s?:\s+|\s+::\s+")
_NO_NAME = frozenset("com org net gov gouv edu asso info rss feeds feed blog news".split())


def publisher(feed: Feed) -> str:
    """Names the publisher of a feed.

    Titles of feeds often join the publisher's name with a section's ("Actualités | Le Courrier"),
    or give the section alone. The part of the title that resembles the host's name is taken; where
    none does, the host's name if the feed is a whole host's, else the whole title.
    """
    if feed.publisher:
        return feed.publisher
    host, is_whole_host = _host(feed.link)
    labels = _labels(host)
    parts = [part.strip() for part in _SEPARATOR.split(feed.title) if part.strip()]
    likeness = [max((_likeness(part, label) for label in labels), default=0) for part in parts]
    if likeness and max(likeness) > 0:
        return parts[likeness.index(max(likeness))]
    return host if host and (is_whole_host or not feed.title) else feed.title


def _likeness(name: str, label: str) -> float:
    """How much of the longer one the shorter one is, where it starts or ends it; else 0."""
    letters = _letters(name)
    if len(letters) < 2:
        return 0.0
    short, long = sorted((letters, label), key=len)
    if long.startswith(short) or long.endswith(short):
        return len(short) / len(long)
    return 0.0


def _host(link: str) -> tuple[str, bool]:
    """The host's name without `www.`, and whether the link leads to nothing less than all of it."""
    try:
        found = urlsplit(link)
        return (found.hostname or "").removeprefix("www."), found.path in ("", "/")
    except ValueError:
        return "", False


def _labels(host: str) -> list[str]:
    """The names in a host's name: `lecourrier` of `rss.lecourrier.co.example` among others."""
    labels = host.split(".")[:-1]
    return [_letters(label) for label in labels if len(label) > 2 and label not in _NO_NAME]


def _letters(text: str) -> str:
    """Letters and digits without accents and case."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, folded))
