"""The lexicons are data that people add to: every entry is checked."""

from collections import defaultdict
from importlib import resources
from itertools import chain
from typing import Any

import pytest
import yaml
from babel import Locale

from pipeline.tagging.cities import city_aliases
from pipeline.tagging.countries import capitals, country_aliases, country_entries
from pipeline.tagging.lexicon import ENTITY_LEXICONS, Alias, entity_aliases, load_lexicon
from pipeline.tagging.spelling import fold, name_key

_FILES = (*ENTITY_LEXICONS, "countries", "cities", "cues", "verbs", "first_names")
_OURS: list[Alias] = list(
    chain(country_aliases(), *(entity_aliases(name) for name in ENTITY_LEXICONS))
)


class _Strict(yaml.SafeLoader):
    """Refuses a key that stands twice, and one that YAML takes for no text (`NO`)."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        assert all(isinstance(key, str) for key in keys), keys
        assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("name", _FILES)
def test_no_key_stands_twice_in_a_file(name: str) -> None:
    path = resources.files("pipeline.tagging") / "lexicons" / f"{name}.yaml"
    assert yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)


@pytest.mark.parametrize("name", _FILES)
def test_every_file_says_what_it_is(name: str) -> None:
    path = resources.files("pipeline.tagging") / "lexicons" / f"{name}.yaml"
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_no_name_names_two_entities() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for alias in _OURS:
        if alias.kind == "name":
            for language in (alias.language,) if alias.language else ("fr", "en"):
                # Case tells acronyms from words.
                shape = "acronym" if alias.text.isupper() else "word"
                owners[f"{language} {shape}", name_key(alias.text)].add(alias.entry.entity_id)
    assert {key: sorted(ids) for key, ids in owners.items() if len(ids) > 1} == {}


def test_an_identifier_is_one_entity() -> None:
    entries = defaultdict(set)
    for alias in _OURS:
        entries[alias.entry.entity_id].add(alias.entry)
    assert [key for key, found in entries.items() if len(found) > 1] == []


def test_countries_are_iso_codes() -> None:
    known = set(Locale("en").territories)
    assert {a.entry.country for a in _OURS if a.entry.country} - known == set()
    assert set(country_entries()) <= known


def test_coordinates_are_on_the_globe() -> None:
    for alias in _OURS:
        latitude, longitude = alias.entry.latitude, alias.entry.longitude
        assert (latitude is None) == (longitude is None)
        if latitude is not None and longitude is not None:
            assert -90 <= latitude <= 90, alias.entry
            assert -180 <= longitude <= 180, alias.entry


def test_a_wikidata_item_is_one_entity() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for alias in _OURS:
        if alias.entry.wikidata:
            owners[alias.entry.wikidata].add(alias.entry.entity_id)
    assert [item for item, ids in owners.items() if len(ids) > 1] == []


def test_there_are_more_than_two_thousand_entities() -> None:
    assert len({alias.entry.entity_id for alias in _OURS}) > 2_000


def test_every_capital_and_exonym_is_a_city_with_coordinates() -> None:
    cities = defaultdict(set)
    for alias in city_aliases():
        cities[alias.entry.entity_id.split("/")[0].removeprefix("city:")].add(alias.text)
    for code, names in capitals().items():
        assert cities[code].intersection(names), (code, names)
    for code, lists in load_lexicon("cities").items():
        for names in lists:
            listed = names["names"] if isinstance(names, dict) else names
            assert listed[0].lstrip("?") in cities[code], (code, names)


def test_word_lists_are_folded() -> None:
    for name in ("cues", "verbs"):
        for key, words in load_lexicon(name).items():
            if isinstance(words, str):
                assert [w for w in words.split() if fold(w) != w] == [], (name, key)
