"""From the deliveries of one article to its versions.

An article may be delivered many times: in one run, in another run, out of order, under the same
version number with other text. The result depends on the set of deliveries alone.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.records import Article, Tags


class Delivery(NamedTuple):
    """One arrival of an article.

    Attributes:
        article: What arrived.
        tags: Its tags, where an earlier run made them and they are still good.
        anchor: The day against which those tags resolved relative dates (EDTF); may be empty.
        earlier: True if it comes from the output of an earlier run.
    """

    article: Article
    tags: Tags | None = None
    anchor: str = ""
    earlier: bool = False


class Versions(NamedTuple):
    """The versions of one article.

    Attributes:
        deliveries: One a version, oldest first; version numbers rise and never repeat.
        new_articles: 1 if no earlier run knew the article, else 0.
        new_versions: New versions beyond the first record of the article.
        already_seen: New deliveries that brought nothing new.
    """

    deliveries: tuple[Delivery, ...]
    new_articles: int
    new_versions: int
    already_seen: int

    @property
    def current(self) -> Delivery:
        """The delivery that counts: the highest version."""
        return self.deliveries[-1]


def resolve_versions(deliveries: Iterable[Delivery]) -> Versions:
    """Orders the deliveries of one article and drops repeats.

    Two deliveries are the same version if they declare the same number and say the same. If they
    declare the same number and say different things (providers without version numbers do), the
    later published one becomes the next version.

    Args:
        deliveries: At least one, all of one `article_id`, in any order.
    """
    kept: dict[tuple[int, str], Delivery] = {}
    highest: dict[str, int] = {}  # by digest: the number under which an earlier run stored it
    arrived = 0
    for delivery in sorted(deliveries, key=_preference):
        number, digest = delivery.article.version, content_digest(delivery.article)
        if delivery.earlier:
            highest[digest] = max(number, highest.get(digest, 0))
        else:
            arrived += 1
            if number <= highest.get(digest, 0):  # stored before, maybe under a raised number
                continue
        kept.setdefault((number, digest), delivery)
    ordered = sorted(kept.items(), key=lambda item: (item[0][0], _published(item[1]), item[0][1]))
    numbered: list[Delivery] = []
    for _, delivery in ordered:
        number = delivery.article.version
        if numbered:
            number = max(number, numbered[-1].article.version + 1)
        numbered.append(delivery._replace(article=delivery.article._replace(version=number)))
    fresh = sum(not delivery.earlier for delivery in numbered)
    known = len(numbered) > fresh
    return Versions(
        deliveries=tuple(numbered),
        new_articles=0 if known else 1,
        new_versions=fresh if known else fresh - 1,
        already_seen=arrived - fresh,
    )


def content_digest(article: Article) -> str:
    """Hash of all that an article says: everything but its number and where it was read."""
    said = article._replace(version=0, source_uri="")
    return hashlib.blake2b(repr(said).encode("utf-8"), digest_size=16).hexdigest()


def _preference(delivery: Delivery) -> tuple[bool, str]:
    """Of equal deliveries, the one already in the output is kept, else the first by address."""
    return (not delivery.earlier, delivery.article.source_uri)


def _published(delivery: Delivery) -> int:
    at = delivery.article.published_at
    return -(2**62) if at is None else at
