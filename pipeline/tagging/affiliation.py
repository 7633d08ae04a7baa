"""The country of a person or organisation, from the words beside the name.

`le ministre américain de la Défense Mark Esper`, `Ali Khamenei, guide suprême iranien`,
`Qaïs al-Khazali est chef d'une milice irakienne`: an office beside the name, and after it a
country's name or demonym, or an organisation whose country is known. `le skieur norvégien` Exemple,
`le groupe italien` Exemple: a demonym right before the name.
"""

import functools
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.tagging.demonyms import demonym_before
from pipeline.tagging.lexicon import entity_aliases, load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import words_of

_REACH = 110
_ENDS = '.!?;\n"«»“”()'
_COPULAS = frozenset("est etait fut a ete devient devenu is was became has been".split())
_LINKS = frozenset("de du des la le les l d et a au aux of the and for".split())


class Part(NamedTuple):
    """What the words beside one mention say.

    Attributes:
        country: ISO 3166-1 alpha-2; empty if they name none.
        role: `state`, `sport` or `arts`, by the office or trade beside the name; else empty.
        sure: True if the country itself is named, with nothing but the office beside it.
    """

    country: str = ""
    role: str = ""
    sure: bool = False


def affiliations(
    reading: Reading, names: Sequence[Named], keys: Sequence[str], countries: Mapping[str, str]
) -> list[Part]:
    """What the text says of each name; nothing for places.

    Args:
        reading: The article.
        names: Its names, in text order.
        keys: The entity of each name.
        countries: The countries of entities that are known already, by entity.
    """
    return [
        _part(reading, names, keys, countries, index)
        if name.label in ("PER", "ORG") and name.kind == "name"
        else Part()
        for index, name in enumerate(names)
    ]


def voted(keys: Sequence[str], parts: Sequence[Part]) -> dict[str, str]:
    """Country codes by entity, the most often said; on a tie the first in the alphabet."""
    votes: dict[str, Counter[str]] = {}
    for key, part in zip(keys, parts, strict=True):
        if part.country:
            votes.setdefault(key, Counter())[part.country] += 1
    return {
        key: min(counts, key=lambda code: (-counts[code], code)) for key, counts in votes.items()
    }


def _part(
    reading: Reading,
    names: Sequence[Named],
    keys: Sequence[str],
    countries: Mapping[str, str],
    index: int,
) -> Part:
    demonym = demonym_before(reading, names, index)
    if names[index].label == "ORG":
        return Part(demonym)
    before = _before(reading, names, keys, countries, index)
    after = _after(reading, names, keys, countries, index)
    if before.country:
        return before
    if demonym:
        return Part(demonym, before.role or after.role, bool(before.role))
    return after._replace(role=after.role or before.role)


def _before(
    reading: Reading,
    names: Sequence[Named],
    keys: Sequence[str],
    countries: Mapping[str, str],
    index: int,
) -> Part:
    """`le ministre américain de la Défense` NAME; `président de la République tchèque,` NAME."""
    start = names[index].start
    floor = max(0, start - _REACH)
    window = reading.body[floor:start]
    cut = max(window.rfind(c) for c in _ENDS)
    floor += cut + 1
    text = reading.body[floor:start]
    # More than one comma between, and the office is somebody else's.
    parts = text.rsplit(",", 2)
    if len(parts) == 3:
        text = ",".join(parts[1:])
    if "," in text and text.rsplit(",", 1)[1].strip():
        text = text.rsplit(",", 1)[1]
    floor = start - len(text)
    offices = _offices(text)
    if not offices:
        return Part("", _role(text))
    office = floor + offices[-1]
    for other in reversed(range(index)):
        if names[other].end <= floor:
            break
        if names[other].label == "PER" and names[other].start >= office:
            return Part()
    country, stated = _country_in(names, keys, countries, office, start, index)
    sure = stated and _is_bare(reading, names, office, start)
    return Part(country, _role(text) or "state", sure)


def _after(
    reading: Reading,
    names: Sequence[Named],
    keys: Sequence[str],
    countries: Mapping[str, str],
    index: int,
) -> Part:
    """NAME`, ministre irakien …`; NAME ` est le chef du Hachd`; NAME`, skieur norvégien`."""
    end = names[index].end
    text = reading.body[end : end + _REACH]
    cuts = [text.find(c) for c in _ENDS if c in text]
    text = text[: min(cuts, default=len(text))]
    if text.startswith(","):
        text = "," + text[1:].split(",", 1)[0]
    elif not _COPULAS.intersection(w.folded for w in words_of(text)[:6]):
        return Part()
    role = _role(text)
    offices = _offices(text) or _trades(text)
    if not offices:
        return Part("", role)
    limit = end + len(text)
    for other in range(index + 1, len(names)):
        if names[other].start >= limit:
            break
        if names[other].label == "PER":
            limit = names[other].start
    country, stated = _country_in(names, keys, countries, end + offices[0], limit, index)
    sure = stated and text.startswith(",")
    return Part(country, role or ("state" if _offices(text) else ""), sure)


def office_before(reading: Reading, names: Sequence[Named], index: int) -> tuple[str, ...]:
    """The folded words of the office right before a person's name; empty if there is none.

    `ministre americain de la defense`, without the name and without an article.
    """
    start = names[index].start
    floor = max(0, start - _REACH)
    if index and names[index - 1].label == "PER":
        floor = max(floor, names[index - 1].end)
    text = reading.body[floor:start].rstrip(" \u00a0,")
    text = text[max(text.rfind(c) for c in _ENDS + ",") + 1 :]
    floor = start - len(reading.body[floor:start]) + reading.body[floor:start].rfind(text)
    for office in _offices(text):
        if _is_bare(reading, names, floor + office, start):
            return tuple(w.folded for w in words_of(text[office:]))
    return ()


def _offices(text: str) -> list[int]:
    offices = load_words("cues", "offices")
    return [w.start for w in words_of(text) if w.folded in offices]


def _trades(text: str) -> list[int]:
    """Where an apposition begins with a trade: `, skieur norvégien`."""
    words = [w for w in words_of(text[:40]) if len(w.folded) > 2 and w.folded not in ("une", "the")]
    if words and words[0].folded in load_words("cues", "roles"):
        return [words[0].start]
    return []


def _role(text: str) -> str:
    """The kind of the office or trade nearest to the name's side of a text; not a former one."""
    words = [w.folded for w in words_of(text)]
    if {"ancien", "ancienne", "ex", "former"}.intersection(words):
        return ""
    for role in ("sport", "arts"):
        if load_words("cues", f"{role}_roles").intersection(words):
            return role
    return ""


def _country_in(
    names: Sequence[Named],
    keys: Sequence[str],
    countries: Mapping[str, str],
    start: int,
    end: int,
    index: int,
) -> tuple[str, bool]:
    """The first country, demonym or body of a state within a range; whether it is a country."""
    first = bisect_left(names, start, key=lambda name: name.end)
    for other in range(first, len(names)):
        name = names[other]
        if name.start >= end:
            break
        country = countries.get(keys[other], "")
        if country and name.label != "PER" and other != index and keys[other] not in private():
            return country, bool(name.entries) and name.entries[0].type == "COUNTRY"
    return "", False


def _is_bare(reading: Reading, names: Sequence[Named], start: int, end: int) -> bool:
    """Whether only an office and what belongs to it stand in a range: no verb, no other person."""
    inside = [n for n in names if start <= n.start and n.end <= end and n.label != "PER"]
    fitting = _LINKS | load_words("cues", "abstractions") | load_words("cues", "roles")
    fitting |= load_words("cues", "offices")
    for word in words_of(reading.body[start:end]):
        at = start + word.start
        if word.folded not in fitting and not any(n.start <= at < n.end for n in inside):
            return False
    return True


@functools.cache
def private() -> frozenset[str]:
    """Organisations that do not make their people the state's: a club's coach may be foreign."""
    return frozenset(
        alias.entry.entity_id
        for lexicon in ("companies", "media", "clubs")
        for alias in entity_aliases(lexicon)
    )
