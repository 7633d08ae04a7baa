"""Entities from the rules and lexicons alone: the model's spans are given by hand."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Entity
from pipeline.tagging.entities import find_entities
from pipeline.tagging.gazetteer import load_gazetteer
from pipeline.tagging.model import NamedSpan


def entities_of(body: str, language: str = "fr", **labels: str) -> dict[str, Entity]:
    """Entities by id; `labels` gives the model's label of words, `_` for a space."""
    spans = []
    for name, label in labels.items():
        text = name.replace("_", " ")
        start = body.index(text)
        spans.append(NamedSpan(start, start + len(text), label))
    found = find_entities(body, language, sorted(spans), load_gazetteer(), {"monde"}.__contains__)
    return {entity.entity_id: entity for entity in found}


def texts(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions]


@pytest.mark.parametrize(
    ("body", "language", "country"),
    [
        ("Les Etats-Unis et leurs alliés.", "fr", "US"),
        ("Le Royaume-Uni attend.", "fr", "GB"),
        ("La Corée du Nord a tiré.", "fr", "KP"),
        ("The United Kingdom waits.", "en", "GB"),
        ("The U.S. waits.", "en", "US"),
    ],
)
def test_a_country_is_found_by_any_of_its_names(body: str, language: str, country: str) -> None:
    assert f"country:{country}" in entities_of(body, language)


def test_a_country_has_its_code_and_a_point() -> None:
    country = entities_of("La Norvège vote.")["country:NO"]
    assert (country.type, country.country) == ("COUNTRY", "NO")
    assert country.latitude == pytest.approx(68.8)


@pytest.mark.parametrize(
    ("body", "language", "text", "country"),
    [
        ("des soldats américains", "fr", "américains", "US"),
        ("une faction pro-iranienne", "fr", "iranienne", "IR"),
        ("la population grecque", "fr", "grecque", "GR"),
        ("the Israeli army", "en", "Israeli", "IL"),
    ],
)
def test_a_demonym_is_a_mention_of_its_country_but_no_name(
    body: str, language: str, text: str, country: str
) -> None:
    entity = entities_of(body, language).get(f"country:{country}")
    assert entity is not None
    assert [(m.text, m.kind) for m in entity.mentions] == [(text, "demonym")]


def test_an_affiliation_names_the_country() -> None:
    entity = entities_of("des groupes pro-Iran")["country:IR"]
    assert [(m.text, m.kind) for m in entity.mentions] == [("Iran", "name")]


def test_the_longest_name_wins() -> None:
    found = entities_of("une frappe contre les brigades du Hezbollah en Irak")
    assert found["org:kataib-hezbollah"].country == "IQ"
    assert "org:hezbollah" not in found


def test_a_name_does_not_cross_a_sentence() -> None:
    assert "country:KP" not in entities_of("Le cas de la Corée. Du Nord au Sud.")


def test_titles_and_articles_stay_outside() -> None:
    found = entities_of(
        "Le ministre de la Défense Jean Exemple attend.", Défense_Jean_Exemple="MISC"
    )
    assert all("Défense" not in text for e in found.values() for text in texts(e))


def test_a_surname_is_the_person_named_before() -> None:
    body = "Le maire Paul Exemplaire hésite. Exemplaire attend."
    found = entities_of(body, Paul_Exemplaire="PER")
    assert texts(found["per:paul-exemplaire"]) == ["Paul Exemplaire", "Exemplaire"]


def test_transliterations_are_one_person() -> None:
    body = "Karim al-Exempli parle. Karim Al-Exempli se tait. Karim el-Exemmpli écoute."
    spans = [
        NamedSpan(body.index(name), body.index(name) + len(name), "PER")
        for name in ("Karim al-Exempli", "Karim Al-Exempli", "Karim el-Exemmpli")
    ]
    found = find_entities(body, "fr", spans, load_gazetteer(), lambda word: False)
    assert [len(e.mentions) for e in found] == [3]


def test_an_office_gives_a_person_its_country() -> None:
    found = entities_of("Le ministre norvégien Paul Exemple attend.", Paul_Exemple="PER")
    assert found["per:paul-exemple"].country == "NO"


def test_an_apposition_gives_a_person_its_country() -> None:
    found = entities_of("Paul Exemple, ministre des Transports suédois, a dit.", Paul_Exemple="PER")
    assert found["per:paul-exemple"].country == "SE"


def test_an_explained_acronym_is_the_same_organisation() -> None:
    body = "L'Agence des exemples (AGX) attend. AGX hésite."
    found = entities_of(body, Agence_des_exemples="ORG")
    spans = [NamedSpan(2, 21, "ORG"), NamedSpan(23, 26, "ORG"), NamedSpan(36, 39, "ORG")]
    found = {
        e.entity_id: e
        for e in find_entities(body, "fr", spans, load_gazetteer(), lambda word: False)
    }
    assert texts(found["org:agence-des-exemples"]) == ["Agence des exemples", "AGX", "AGX"]


def test_a_city_is_the_one_of_the_country_at_issue() -> None:
    lebanon = entities_of("Au Liban, des heurts ont éclaté à Tripoli, ville libanaise.")
    libya = entities_of("En Libye, des heurts ont éclaté à Tripoli.")
    assert [i for i in lebanon if i.startswith("city:")] == ["city:LB/tripoli"]
    assert [i for i in libya if i.startswith("city:")] == ["city:LY/tripoli"]


def test_a_city_has_coordinates() -> None:
    city = entities_of("une explosion à Bagdad")["city:IQ/baghdad"]
    assert (city.country, round(city.latitude or 0)) == ("IQ", 33)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("ab AÉé.,-'’()\n\u00a0\u202eمП1 «»U.S"), min_size=0, max_size=60
    ),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4),
)
def test_mentions_are_exact_and_never_overlap(body: str, ranges: list[tuple[int, int]]) -> None:
    spans, floor = [], 0
    for start, length in sorted(ranges):
        if floor <= start and start + length <= len(body):
            spans.append(NamedSpan(start, start + length, "PER"))
            floor = start + length
    found = find_entities(body, "fr", spans, load_gazetteer(), lambda word: False)
    mentions = sorted(m for e in found for m in e.mentions)
    assert all(m.text == body[m.start : m.end] == m.text.strip() for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


def test_an_institution_of_a_town_is_one_name() -> None:
    found = entities_of("Le tribunal correctionnel de Rennes a tranché.")
    assert texts(found["org:tribunal-correctionnel-de-rennes"]) == [
        "tribunal correctionnel de Rennes"
    ]
    assert found["org:tribunal-correctionnel-de-rennes"].country == "FR"


def test_a_street_is_no_person() -> None:
    found = entities_of("rue Victor Exemple, à Rennes", Victor_Exemple="PER")
    assert {e.type for e in found.values()} == {"FACILITY", "CITY"}


def test_a_full_name_that_the_model_missed_is_a_person() -> None:
    assert texts(entities_of("selon Nicolas Exemplaire, élu")["per:nicolas-exemplaire"]) == [
        "Nicolas Exemplaire"
    ]


def test_a_longer_person_beats_a_place_in_the_name() -> None:
    found = entities_of("Anne de Nassau attend.", Anne_de_Nassau="PER")
    assert list(found) == ["per:anne-de-nassau"]


def test_a_paper_without_its_article_is_the_paper() -> None:
    assert "org:le-figaro" in entities_of("auprès du Figaro, il dément")
    assert "org:le-monde" not in entities_of("la fin du Monde, dit-on")


def test_departments_of_state_are_no_names() -> None:
    found = entities_of("le chef de l'État et le garde des Sceaux", État="LOC", Sceaux="LOC")
    assert found == {}
    assert "city:FR/sceaux" in entities_of("un habitant de Sceaux", Sceaux="LOC")


def test_a_shared_institution_is_that_of_the_state_at_issue() -> None:
    found = entities_of("Au Mali, l'armée malienne a dissous l'Assemblée nationale.")
    assert found["org:ml-assemblee-nationale"].country == "ML"
    assert "org:assemblee-nationale" in entities_of("L'Assemblée nationale vote.")


def test_a_small_town_abroad_needs_its_country() -> None:
    assert "city:SI/race" not in entities_of("Le mode Race est prévu.", Race="LOC")


def test_sums_times_and_phrases_are_no_names() -> None:
    assert entities_of("US$27 dans 20 minutes pour tout le monde") == {}


def test_an_explained_acronym_says_where_its_organisation_begins() -> None:
    body = "Le Conseil de transition des exemples (CTE) attend. Le CTE hésite."
    found = entities_of(body, Conseil_de_transition="ORG")
    assert texts(found["org:conseil-de-transition-des-exemples"]) == [
        "Conseil de transition des exemples",
        "CTE",
        "CTE",
    ]


def test_a_motorway_is_no_organisation() -> None:
    assert entities_of("Un camion bloque l'A7 et l'A63.", A7="ORG", A63="ORG") == {}


def test_a_glued_paragraph_is_cut_off_a_name() -> None:
    found = entities_of("Sur les traces d'Anne ExempleLa suite.", Anne_ExempleLa="PER")
    assert texts(found["per:anne-exemple"]) == ["Anne Exemple"]


def test_an_office_of_state_is_no_organisation() -> None:
    found = entities_of("le ministre de la Culture attend", Culture="ORG")
    assert found == {}


def test_a_town_is_the_one_of_the_state_behind_it() -> None:
    found = entities_of("une vente à Auburn, dans l'Indiana", Auburn="LOC")
    assert found["city:US/auburn"].country == "US"


def test_a_particle_does_not_make_a_town_of_a_person() -> None:
    found = entities_of("le voyage de Vasco de Gama", Vasco_de_Gama="PER")
    assert list(found) == ["per:vasco-de-gama"]


def test_a_town_whose_name_goes_on_is_none() -> None:
    assert "city:FR/orange" not in entities_of("le film Orange Mécanique", Orange_Mécanique="MISC")


def test_a_demonym_right_before_a_person_is_the_nationality() -> None:
    found = entities_of("l'explorateur norvégien Paul Exemple", Paul_Exemple="PER")
    person = found["per:paul-exemple"]
    assert (person.country, person.country_basis) == ("NO", "text")


def test_a_nationality_before_a_company_is_its_country() -> None:
    found = entities_of("le groupe italien Exemplo investit", Exemplo="ORG")
    assert found["org:exemplo"].country == "IT"


def test_who_says_nothing_is_of_the_only_country_at_issue_and_marked_so() -> None:
    body = "En Norvège, à Oslo, Paul Exemple attend."
    person = entities_of(body, Paul_Exemple="PER")["per:paul-exemple"]
    assert (person.country, person.country_basis) == ("NO", "article")


def test_an_article_on_two_countries_lends_none() -> None:
    body = "En Norvège, en Suède, Paul Exemple attend."
    assert entities_of(body, Paul_Exemple="PER")["per:paul-exemple"].country == ""


def test_two_people_of_one_name_are_two_entities() -> None:
    body = (
        "Le ministre norvégien Paul Exemple attend. Paul Exemple hésite. "
        "Le boxeur suédois Paul Exemple rit. Paul Exemple pleure."
    )
    spans = [
        NamedSpan(at, at + 12, "PER") for at in range(len(body)) if body.startswith("Paul", at)
    ]
    found = {
        e.entity_id: [m.start for m in e.mentions if m.kind == "name"]
        for e in find_entities(body, "fr", spans, load_gazetteer(), lambda word: False)
        if e.type == "PERSON"
    }
    assert {key: len(mentions) for key, mentions in found.items()} == {
        "per:paul-exemple-no": 2,
        "per:paul-exemple-se": 2,
    }


def test_a_namesake_of_a_known_person_is_somebody_else() -> None:
    found = entities_of("Le boxeur suédois Emmanuel Macron gagne.", Emmanuel_Macron="PER")
    assert found["per:emmanuel-macron-se"].wikidata == ""
    assert "per:emmanuel-macron" not in found


def test_a_verb_between_keeps_a_known_person_who_he_is() -> None:
    body = "Le président suédois a reçu Emmanuel Macron. Le ministre suédois voit Emmanuel Macron."
    assert "per:emmanuel-macron" in entities_of(body, Emmanuel_Macron="PER")


def test_an_office_stands_for_its_only_holder() -> None:
    body = (
        "Le ministre norvégien de la Défense Paul Exemple attend. "
        "Le ministre norvégien de la Défense hésite."
    )
    found = entities_of(body, Paul_Exemple="PER")
    roles = [m.text for m in found["per:paul-exemple"].mentions if m.kind == "role"]
    assert roles == ["ministre"]


def test_an_office_of_two_holders_stands_for_none() -> None:
    body = (
        "Le ministre norvégien Paul Exemple et le ministre norvégien Luc Exemplaire attendent. "
        "Le ministre norvégien hésite."
    )
    found = entities_of(body, Paul_Exemple="PER", Luc_Exemplaire="PER")
    assert [m for e in found.values() for m in e.mentions if m.kind == "role"] == []


def test_who_is_in_the_headline_is_more_salient() -> None:
    body = "Paul Exemple et Luc Modèle attendent."
    spans = [NamedSpan(0, 12, "PER"), NamedSpan(16, 26, "PER")]
    found = {
        e.entity_id: e.salience or 0
        for e in find_entities(
            body, "fr", spans, load_gazetteer(), lambda word: False, "Modèle attend"
        )
    }
    assert found["per:luc-modele"] > found["per:paul-exemple"]


def test_salience_and_confidence_are_shares() -> None:
    for entity in entities_of("À Oslo, Paul Exemple attend.", Paul_Exemple="PER").values():
        assert 0 < (entity.salience or 0) <= 1
        assert 0 < (entity.confidence or 0) <= 1


def test_a_state_has_its_wikidata_item() -> None:
    assert entities_of("En France")["country:FR"].wikidata == "Q142"
