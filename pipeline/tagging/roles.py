"""Offices that stand for their holder: `Le ministre américain de la Défense`, after his name.

An office is somebody's if the article says so beside the name, of one person only. The mention is
the words up to the next name in it: `ministre`, of `ministre américain de la Défense`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.tagging.affiliation import office_before
from pipeline.tagging.named import Named, Reading

_FEWEST_WORDS = 2


class RoleMention(NamedTuple):
    """Where an office stands for a person: the entity's key and `body[start:end]`."""

    start: int
    end: int
    key: str


def role_mentions(
    reading: Reading, names: Sequence[Named], keys: Sequence[str]
) -> tuple[RoleMention, ...]:
    """Offices that stand alone for one person, in text order; they overlap no name.

    Args:
        reading: The article.
        names: Its names, in text order.
        keys: The entity of each name.
    """
    holders: dict[tuple[str, ...], set[str]] = {}
    for index, name in enumerate(names):
        if name.label == "PER" and name.kind == "name":
            words = office_before(reading, names, index)
            if len(words) >= _FEWEST_WORDS:
                holders.setdefault(words, set()).add(keys[index])
    found = [
        mention
        for words, persons in holders.items()
        if len(persons) == 1
        for mention in _standing_alone(reading, names, words, min(persons))
    ]
    return tuple(_apart(sorted(found)))


def _standing_alone(
    reading: Reading, names: Sequence[Named], office: tuple[str, ...], key: str
) -> Iterator[RoleMention]:
    folded = [word.folded for word in reading.words]
    starts = {name.start: name for name in names}
    length = len(office)
    for at in range(len(folded) - length + 1):
        if tuple(folded[at : at + length]) != office:
            continue
        start, end = reading.words[at].start, reading.words[at + length - 1].end
        # A person right behind it is its holder there.
        follower = (
            starts.get(reading.words[at + length].start) if at + length < len(folded) else None
        )
        if follower is not None and follower.label == "PER":
            continue
        inside = [n.start for n in names if start <= n.start < end]
        end = len(reading.body[: min(inside, default=end)].rstrip())
        if end > start and not any(n.start < end and start < n.end for n in names):
            yield RoleMention(start, end, key)


def _apart(mentions: Sequence[RoleMention]) -> Iterator[RoleMention]:
    last = -1
    for mention in mentions:
        if mention.start >= last:
            last = mention.end
            yield mention
