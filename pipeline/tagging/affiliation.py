"""The country of a person, from the words beside the name.

`le ministre américain de la Défense Mark Esper`, `Ali Khamenei, guide suprême iranien`,
`Qaïs al-Khazali est chef d'une milice irakienne`: an office beside the name, and after it a
country's name or demonym, or an organisation whose country is known.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import words_of

_REACH = 110
_ENDS = '.!?;\n"«»“”()'
_COPULAS = frozenset("est etait fut a ete devient devenu is was became has been".split())


def affiliations(
    reading: Reading, names: Sequence[Named], keys: Sequence[str], countries: Mapping[str, str]
) -> dict[str, str]:
    """The country of each person that the text gives one.

    Args:
        reading: The article.
        names: Its names, in text order.
        keys: The entity of each name.
        countries: The countries of entities that are known already, by entity.

    Returns:
        Country codes by entity, the most often said; on a tie the first in the alphabet.
    """
    votes: dict[str, Counter[str]] = {}
    for index, name in enumerate(names):
        if name.label != "PER" or name.kind != "name":
            continue
        country = _before(reading, names, keys, countries, index) or _after(
            reading, names, keys, countries, index
        )
        if country:
            votes.setdefault(keys[index], Counter())[country] += 1
    return {
        key: min(counts, key=lambda code: (-counts[code], code)) for key, counts in votes.items()
    }


def _before(
    reading: Reading,
    names: Sequence[Named],
    keys: Sequence[str],
    countries: Mapping[str, str],
    index: int,
) -> str:
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
        return ""
    office = floor + offices[-1]
    for other in reversed(range(index)):
        if names[other].end <= floor:
            break
        if names[other].label == "PER" and names[other].start >= office:
            return ""
    return _country_in(names, keys, countries, office, start, index)


def _after(
    reading: Reading,
    names: Sequence[Named],
    keys: Sequence[str],
    countries: Mapping[str, str],
    index: int,
) -> str:
    """NAME`, ministre irakien …`; NAME ` est le chef du Hachd`."""
    end = names[index].end
    text = reading.body[end : end + _REACH]
    cuts = [text.find(c) for c in _ENDS if c in text]
    text = text[: min(cuts, default=len(text))]
    if text.startswith(","):
        text = "," + text[1:].split(",", 1)[0]
    elif not _COPULAS.intersection(w.folded for w in words_of(text)[:6]):
        return ""
    offices = _offices(text)
    if not offices:
        return ""
    limit = end + len(text)
    for other in range(index + 1, len(names)):
        if names[other].start >= limit:
            break
        if names[other].label == "PER":
            limit = names[other].start
    return _country_in(names, keys, countries, end + offices[0], limit, index)


def _offices(text: str) -> list[int]:
    offices = load_words("cues", "offices")
    return [w.start for w in words_of(text) if w.folded in offices]


def _country_in(
    names: Sequence[Named],
    keys: Sequence[str],
    countries: Mapping[str, str],
    start: int,
    end: int,
    index: int,
) -> str:
    """The first country, demonym or organisation with a country within a range of the body."""
    first = bisect_left(names, start, key=lambda name: name.end)
    for other in range(first, len(names)):
        name = names[other]
        if name.start >= end:
            break
        country = countries.get(keys[other], "")
        if country and name.label != "PER" and other != index:
            return country
    return ""
