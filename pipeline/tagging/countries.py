"""Countries: names from CLDR, and capitals, demonyms and a point from our own lexicon."""

import functools
from collections.abc import Iterator

from babel import Locale

from pipeline.tagging.lexicon import Alias, Entry, load_lexicon

# Ends of French adjectives that double a consonant or change before the feminine -e.
_WITHOUT_PLURAL = ("ese", "ish", "ch", "s", "shman", "chman", "tchman", "men")
_FEMININES = (("ien", "ienne"), ("éen", "éenne"), ("on", "onne"), ("el", "elle"))


@functools.cache
def country_entries() -> dict[str, Entry]:
    """Every country of the lexicon, by ISO 3166-1 alpha-2 code."""
    names = Locale("en").territories
    entries = {}
    for code, facts in load_lexicon("countries").items():
        latitude, longitude = facts["at"]
        entries[code] = Entry(
            f"country:{code}",
            "COUNTRY",
            names[code],
            code,
            float(latitude),
            float(longitude),
            facts.get("item", ""),
        )
    return entries


def country_aliases() -> Iterator[Alias]:
    """All names and demonyms of all countries, French and English."""
    entries = country_entries()
    locales = {language: Locale(language) for language in ("fr", "en")}
    for code, facts in load_lexicon("countries").items():
        entry = entries[code]
        for language, locale in locales.items():
            name = locale.territories[code]
            if "(" not in name and " - " not in name:
                yield Alias(name, entry, language=language)
        for name in facts.get("names", ()):
            yield Alias(name.lstrip("?"), entry, weak=name.startswith("?"))
        for demonym in facts.get("fr", ()):
            for form in french_forms(demonym):
                yield Alias(form, entry, kind="demonym", language="fr")
        for demonym in facts.get("en", ()):
            for form in english_forms(demonym):
                yield Alias(form, entry, kind="demonym", language="en")


def french_forms(masculine: str) -> tuple[str, ...]:
    """Singular and plural, masculine and feminine, of a demonym; `turque=` stays as it is."""
    if masculine.endswith("="):
        return (masculine[:-1],)
    feminine = masculine
    if not masculine.endswith("e"):
        feminine = masculine + "e"
        for end, changed in _FEMININES:
            if masculine.endswith(end):
                feminine = masculine.removesuffix(end) + changed
    plural = masculine if masculine.endswith(("s", "x")) else masculine + "s"
    return tuple(dict.fromkeys((masculine, feminine, plural, feminine + "s")))


def english_forms(adjective: str) -> tuple[str, ...]:
    """An English demonym and its plural, where it has one."""
    if adjective.endswith(_WITHOUT_PLURAL):
        return (adjective,)
    return (adjective, adjective + "s")


@functools.cache
def capitals() -> dict[str, tuple[str, ...]]:
    """The names of each country's seat of government, by country code."""
    return {
        code: tuple(facts["capital"])
        for code, facts in load_lexicon("countries").items()
        if facts["capital"]
    }
