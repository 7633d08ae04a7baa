"""The lexicons: names of entities as YAML data, read once a process.

An entity lexicon is a mapping from a country code (`FR`; `_` for none) to entries; an entry is an
identifier and its names, the first of which is shown:

    FR:
      assemblee-nationale: [Assemblée nationale, French National Assembly, Q193582]

A name that starts with `?` is weak: it counts only where the language model sees a name too
(`?Orange`); one that ends with `@en` only in that language (`UN@en`). `Q…` is the Wikidata item. In
a mapping `{names: [...], at: [lat, lon]}` a place has its coordinates. `type` and `prefix` at the
top say what the file's entries are, `contracted` that "Le X" is also said "du X".
"""

import functools
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any, NamedTuple

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WIKIDATA = re.compile(r"Q[1-9][0-9]*\Z")

ENTITY_LEXICONS = (
    "institutions",
    "organisations",
    "parties",
    "armed_groups",
    "companies",
    "media",
    "clubs",
    "regions",
    "facilities",
    "people",
    "institutions_en",
    "organisations_en",
    "companies_en",
    "media_en",
    "clubs_en",
    "universities",
    "regions_en",
    "facilities_en",
)
_HEADER = frozenset({"type", "prefix", "contracted"})


class Entry(NamedTuple):
    """One entity that a lexicon knows.

    Attributes:
        entity_id: Canonical, as in `pipeline.records.Entity`.
        type: As in `pipeline.records.Entity`.
        name: The name to show.
        country: ISO 3166-1 alpha-2; empty if none.
        latitude: Degrees north; None where it has no place.
        longitude: Degrees east.
        wikidata: `Q…`; empty if unknown.
        size: How much it weighs against others of its name: a city's inhabitants.
    """

    entity_id: str
    type: str
    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    wikidata: str = ""
    size: int = 0


class Alias(NamedTuple):
    """A name of an entry.

    Attributes:
        text: As it is written.
        entry: What it names.
        kind: `name` or `demonym`.
        weak: True if it needs the language model's consent.
        language: The only language that uses it; empty for all. "Mexico" is a city in French.
    """

    text: str
    entry: Entry
    kind: str = "name"
    weak: bool = False
    language: str = ""


@functools.cache
def load_lexicon(name: str) -> Mapping[str, Any]:
    """Reads `lexicons/NAME.yaml`."""
    path = resources.files("pipeline.tagging") / "lexicons" / f"{name}.yaml"
    data: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    return data


@functools.cache
def load_words(name: str, key: str) -> frozenset[str]:
    """A word list of `lexicons/NAME.yaml`: strings of words, or lists of phrases."""
    data = load_lexicon(name)[key]
    return frozenset(data.split() if isinstance(data, str) else (str(item) for item in data))


def entity_aliases(name: str) -> Iterator[Alias]:
    """All names of one entity lexicon, in the file's order."""
    data = load_lexicon(name)
    for country, entries in data.items():
        if country in _HEADER:
            continue
        for key, value in (entries or {}).items():
            yield from _aliases_of(data, country.strip("_"), key, value)


def _aliases_of(data: Mapping[str, Any], country: str, key: str, value: Any) -> Iterator[Alias]:
    fields: Mapping[str, Any] = value if isinstance(value, Mapping) else {"names": value}
    names = [str(n) for n in fields["names"] if not _WIKIDATA.match(str(n))]
    items = [str(n) for n in fields["names"] if _WIKIDATA.match(str(n))]
    latitude, longitude = fields.get("at", (None, None))
    prefix = f"{data['prefix']}:"
    entry = Entry(
        entity_id=prefix + key,
        type=fields.get("type", data["type"]),
        name=names[0].lstrip("?"),
        country=country,
        latitude=latitude,
        longitude=longitude,
        wikidata=items[0] if items else "",
    )
    for name in names:
        text, _, language = name.lstrip("?").partition("@")
        yield Alias(text, entry, weak=name.startswith("?"), language=language)
        if data.get("contracted") and text.startswith(("Le ", "Les ")):
            # "du Figaro": the article is gone.
            yield Alias(text.split(" ", 1)[1], entry, weak=True, language="fr")
