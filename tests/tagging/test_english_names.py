"""English names by rules: heads that tell what a name is, titles, and spans that name nothing."""

import pytest

from pipeline.records import Entity
from pipeline.tagging.entities import find_entities
from pipeline.tagging.gazetteer import load_gazetteer
from pipeline.tagging.model import NamedSpan

COMMON = frozenset(
    "the a switch of and was hospital crown court group state party said new bank office justice"
    " department trade board destiny goes up at".split()
)


def entities_of(body: str, language: str = "en", **labels: str) -> list[Entity]:
    """Entities of a body; `labels` gives the model's label of words, `_` for a space."""
    spans = []
    for name, label in labels.items():
        start = body.index(name.replace("_", " "))
        spans.append(NamedSpan(start, start + len(name), label))
    gazetteer = load_gazetteer()
    return list(find_entities(body, language, sorted(spans), gazetteer, COMMON.__contains__))


def names(entities: list[Entity]) -> set[tuple[str, str]]:
    return {(mention.text, each.type) for each in entities for mention in each.mentions}


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("He appeared at Exbury Crown Court on Monday.", "Exbury Crown Court", "ORGANIZATION"),
        ("The Bank of Exland raised rates.", "Bank of Exland", "ORGANIZATION"),
        ("Police in Exbury County made an arrest.", "Exbury County", "REGION"),
        ("The fire at Exbury Refinery is out.", "Exbury Refinery", "FACILITY"),
        ("Shares of Exbury Holdings Ltd. rose by a third.", "Exbury Holdings Ltd.", "ORGANIZATION"),
    ],
)
def test_the_last_word_tells_what_a_name_is(body: str, name: str, kind: str) -> None:
    assert (name, kind) in names(entities_of(body))


def test_a_possessive_before_a_name_is_no_part_of_it() -> None:
    found = names(entities_of("It was Exland's Supreme Court that ruled."))
    assert not any(text.startswith("Exland's Supreme") for text, _ in found)


def test_words_of_a_headline_are_no_name() -> None:
    headline = "Switch Group Goes Up At New Court"
    assert names(entities_of(f"{headline}\nIt rained.")) == set()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Gov. Exampleton signed the bill.", "Exampleton"),
        ("The bill was signed by Gov. Zora Exampleton.", "Zora Exampleton"),
        ("They met striker Zora Exampleton at home.", "Zora Exampleton"),
    ],
)
def test_a_title_or_trade_announces_a_person(body: str, name: str) -> None:
    assert (name, "PERSON") in names(entities_of(body))


def test_an_institution_after_a_title_is_no_person() -> None:
    found = names(entities_of("The Attorney General Office and Justice Department declined."))
    assert not any(kind == "PERSON" for _, kind in found)


def test_a_common_word_that_the_model_takes_for_a_person_is_none() -> None:
    assert names(entities_of("The Switch was sold out.", Switch="PERSON")) == set()


def test_a_product_with_its_number_is_no_person() -> None:
    assert names(entities_of("Zorblax 2 was sold out.", Zorblax="PERSON")) == set()


def test_a_surname_that_is_a_common_word_counts_where_the_full_name_stands_elsewhere() -> None:
    body = "Zora Destiny resigned. Colleagues of Destiny said so."
    found = entities_of(body, Zora_Destiny="PERSON")
    assert ("Destiny", "PERSON") in names(found)


def test_the_rules_are_for_english_only() -> None:
    assert names(entities_of("Exbury Crown Court", language="fr")) == set()


def test_a_common_word_that_is_a_first_name_may_be_a_person() -> None:
    body = "They said that Crystal left."
    spans = [NamedSpan(15, 22, "PERSON")]
    common = (COMMON | {"crystal"}).__contains__
    found = list(find_entities(body, "en", spans, load_gazetteer(), common))
    assert names(found) == {("Crystal", "PERSON")}


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ("Canadian Defence Minister Zora Exampleton spoke.", "CA"),
        ("They met the British striker Zora Exampleton there.", "GB"),
        ("Canadian forces freed Zora Exampleton there.", ""),
        ("The Canadian, Justice Minister Zora Exampleton said, left.", ""),
    ],
)
def test_the_demonym_of_an_office_is_its_holders(body: str, country: str) -> None:
    found = entities_of(body, Zora_Exampleton="PERSON")
    assert next(e.country for e in found if e.type == "PERSON") == country


@pytest.mark.parametrize(
    ("body", "entity"),
    [
        ("Officials in Atlanta, Georgia, said so.", "region:georgia-us"),
        ("The U.S. Senate race in Georgia was close.", "region:georgia-us"),
        ("The vote in Tbilisi, Georgia, was close.", "country:GE"),
        ("The United States and Russia spoke of Georgia.", "country:GE"),
        ("A vote in Georgia was close.", "country:GE"),
    ],
)
def test_georgia_is_the_state_among_american_names_and_else_the_country(
    body: str, entity: str
) -> None:
    entities = entities_of(body, Georgia="GPE")
    found = [e.entity_id for e in entities if any(m.text == "Georgia" for m in e.mentions)]
    assert found == [entity]


def test_a_title_that_the_model_takes_in_is_no_part_of_the_name() -> None:
    body = "They asked Dr Zora Exampleton there."
    assert names(entities_of(body, Dr_Zora_Exampleton="ORG")) == {("Zora Exampleton", "PERSON")}


def test_a_verb_before_a_surname_is_no_forename() -> None:
    body = "Hosting Exampleton was a dream."
    found = names(
        find_entities_with(body, {"host"}, NamedSpan(8, 18, "PERSON")),
    )
    assert found == {("Exampleton", "PERSON")}


@pytest.mark.parametrize("body", ["The North has won.", "They left for the South."])
def test_a_quarter_of_the_sky_is_no_region(body: str) -> None:
    assert names(entities_of(body)) == set()


def find_entities_with(body: str, words: set[str], *spans: NamedSpan) -> list[Entity]:
    """Entities where further words are common ones."""
    common = (COMMON | words).__contains__
    return list(find_entities(body, "en", spans, load_gazetteer(), common))
