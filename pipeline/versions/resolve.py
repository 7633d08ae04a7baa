"""From the deliveries of one article to its versions.

An article may be delivered many times: in one run, in another run, out of order, under the same
version number with other text. Its provider may cancel it, which withdraws every version whenever
it arrives, or withhold it for a time. The result depends on the set of deliveries alone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.records import Article, RawItem, Reject, Tags
from pipeline.versions.holds import held_reject, withdrawn_reject


class Delivery(NamedTuple):
    """One arrival of an article.

    Attributes:
        article: What arrived.
        tags: Its tags, where an earlier run made them and they are still good.
        anchor: The day against which those tags resolved relative dates (EDTF); may be empty.
        earlier: True if it comes from the articles of an earlier run.
        recalled: True if it comes from the rejects of an earlier run, which held it back.
        hold: Why it may not be published now; empty if it may.
        raw: The item that it was made from, where it is held back.
    """

    article: Article
    tags: Tags | None = None
    anchor: str = ""
    earlier: bool = False
    recalled: bool = False
    hold: str = ""
    raw: RawItem | None = None

    @property
    def new(self) -> bool:
        """Whether this run read it: what is not new is not counted."""
        return not (self.earlier or self.recalled)


class Versions(NamedTuple):
    """The versions of one article, and where each delivery went.

    Attributes:
        deliveries: What is published, one a version, oldest first; version numbers rise and never
            repeat. Empty where all is held back or withdrawn.
        tombstone: The record of a withdrawn article: without text, status `canceled`.
        rejects: What is held back or withdrawn.
        new_articles: 1 if no earlier run knew the article, else 0.
        new_versions: New versions beyond the first record of the article.
        new_tombstones: 1 if this run withdrew it, else 0.
        new_rejects: New deliveries among the rejects.
        already_seen: New deliveries that brought nothing new.
        released: Recalled deliveries that are counted above: this run read them from the rejects.
    """

    deliveries: tuple[Delivery, ...] = ()
    tombstone: Delivery | None = None
    rejects: tuple[Reject, ...] = ()
    new_articles: int = 0
    new_versions: int = 0
    new_tombstones: int = 0
    new_rejects: int = 0
    already_seen: int = 0
    released: int = 0

    @property
    def current(self) -> Delivery | None:
        """The delivery that counts: the highest version that is published."""
        return self.deliveries[-1] if self.deliveries else None


def resolve_versions(deliveries: Iterable[Delivery]) -> Versions:
    """Orders the deliveries of one article, drops repeats, and does as its provider asks.

    Two deliveries are the same version if they declare the same number and say the same. If they
    declare the same number and say different things (providers without version numbers do), the
    later published one becomes the next version.

    Args:
        deliveries: At least one, all of one `article_id`, in any order.
    """
    arrived = list(deliveries)
    cancels = [d for d in arrived if d.article.status == "canceled"]
    if cancels:
        return _withdrawn(cancels, [d for d in arrived if d.article.status != "canceled"])
    newest = max(arrived, key=_age)
    if newest.article.status == "withheld":
        held = [d if d.hold else d._replace(hold=newest.hold) for d in arrived]
        return _held(held)
    versions = _published([d for d in arrived if not d.hold])
    held_back = _held([d for d in arrived if d.hold])
    return versions._replace(rejects=held_back.rejects, new_rejects=held_back.new_rejects)


def _withdrawn(cancels: Sequence[Delivery], others: Sequence[Delivery]) -> Versions:
    known = any(cancel.earlier for cancel in cancels)
    new = sum(cancel.new for cancel in cancels)
    recalled = not new and not known  # a notice that found its article only now
    article = max(map(tombstone_of, (d.article for d in cancels)), key=_tombstone_order)
    notices = {notice for cancel in cancels for notice in cancel.article.withdrawn_by}
    article = article._replace(withdrawn_by=tuple(sorted(notices)))
    return Versions(
        tombstone=Delivery(article, earlier=known),
        rejects=_distinct(withdrawn_reject(d.article) for d in others),
        new_tombstones=0 if known else 1,
        new_rejects=sum(d.new for d in others),
        already_seen=new if known else max(0, new - 1),
        released=int(recalled),
    )


def tombstone_of(article: Article) -> Article:
    """What is kept of an article that was withdrawn: that it was, when, and why; no text."""
    return article._replace(
        language="und",
        headline="",
        byline="",
        body="",
        subheads=(),
        removed=(),
        credits=(),
        subjects=(),
        word_count=0,
        content_hash="",
        embargoed_until=None,
        marks=(),
    )


def _tombstone_order(article: Article) -> tuple[int, int, str]:
    at = article.modified_at if article.modified_at is not None else article.published_at
    return (article.version, -(2**62) if at is None else at, repr(article))


def _held(deliveries: Sequence[Delivery]) -> Versions:
    rejects = _distinct(held_reject(d.article, d.hold, d.raw) for d in deliveries)
    return Versions(rejects=rejects, new_rejects=sum(d.new for d in deliveries))


def _distinct(rejects: Iterable[Reject]) -> tuple[Reject, ...]:
    return tuple(sorted(set(rejects)))


def _published(deliveries: Sequence[Delivery]) -> Versions:
    if not deliveries:
        return Versions()
    kept: dict[tuple[int, str], Delivery] = {}
    for delivery in sorted(deliveries, key=_preference):
        kept.setdefault((declared(delivery.article), content_digest(delivery.article)), delivery)
    ordered = sorted(kept.values(), key=_age)
    numbered: list[Delivery] = []
    for delivery in ordered:
        number = own = declared(delivery.article)
        if numbered:
            number = max(number, numbered[-1].article.version + 1)
        article = delivery.article._replace(
            version=number, provider_version=None if number == own else own
        )
        numbered.append(delivery._replace(article=article))
    fresh = sum(not delivery.earlier for delivery in numbered)
    known = len(numbered) > fresh
    released = sum(delivery.recalled for delivery in numbered)
    return Versions(
        deliveries=tuple(numbered),
        new_articles=0 if known else 1,
        new_versions=fresh if known else fresh - 1,
        already_seen=sum(d.new for d in deliveries) - (fresh - released),
        released=released,
    )


def content_digest(article: Article) -> str:
    """Hash of all that an article says.

    Left out: its number, where it was read, and an embargo, which says nothing once it is over.
    """
    said = article._replace(version=0, provider_version=None, source_uri="", embargoed_until=None)
    return hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _preference(delivery: Delivery) -> tuple[bool, bool, str, int]:
    """Of equal deliveries, the one in the output, then a held one, else the first by address."""
    article = delivery.article
    embargo = article.embargoed_until or 0
    return (not delivery.earlier, not delivery.recalled, article.source_uri, embargo)


def _age(delivery: Delivery) -> tuple[int, int, str]:
    """The order of versions: by number, then by time, then by content."""
    article = delivery.article
    at = article.modified_at if article.modified_at is not None else article.published_at
    return (declared(article), -(2**62) if at is None else at, content_digest(article))


def declared(article: Article) -> int:
    """The version that the provider declares; `version` may have been raised above it."""
    return article.provider_version or article.version
