"""A capital is a city or a government, by the words beside it."""

import pytest

from pipeline.tagging.metonymy import government_of
from pipeline.tagging.named import Named, read


def government(body: str, name: str, language: str) -> str:
    reading = read(body, language, lambda word: False)
    start = body.index(name)
    found = government_of(reading, Named(start, start + len(name), name, "LOC"))
    return found.country if found else ""


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ("Oslo accuse ses voisins.", "NO"),
        ("Oslo a nié toute implication.", "NO"),
        ("Oslo, qui dément, attend.", "NO"),
        ("Selon Oslo, la frontière est calme.", "NO"),
        ("une attaque attribuée par Oslo à des inconnus", "NO"),
        ("les tensions entre Oslo et ses voisins", "NO"),
        ("les négociations avec Oslo reprennent", "NO"),
        ("de nouvelles sanctions contre Oslo", "NO"),
        ("La ministre accuse Oslo de mentir.", "NO"),
        ("Le ministre a appelé Oslo à la retenue.", "NO"),
        ("Oslo a également bloqué le texte.", "NO"),
        ("la colère d'Oslo ne retombe pas", "NO"),
        ("Oslo et Stockholm ont signé l'accord.", "NO"),
        ("Stockholm et Oslo ont signé l'accord.", "NO"),
        ("une loi qu'Oslo veut imposer", "NO"),
        ("Mis en cause, Oslo ne dit rien.", "NO"),
        ("L'ambassade à Oslo a fermé.", ""),
        ("la conférence d'Oslo a commencé", ""),
        ("le maire d'Oslo refuse", ""),
        ("Oslo compte 700.000 habitants.", ""),
        ("Oslo a accueilli les jeux.", ""),
        ("Il vit à Oslo depuis dix ans.", ""),
        ("des villes comme Oslo ou Bergen", ""),
        ("Paris a perdu contre Lyon.", ""),
        ("Paris dénonce une provocation.", "FR"),
    ],
)
def test_french(body: str, country: str) -> None:
    name = "Paris" if "Paris" in body else "Oslo"
    assert government(body, name, "fr") == country


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ("Oslo accused its neighbours.", "NO"),
        ("Oslo has denied the claims.", "NO"),
        ("According to Oslo, the border is calm.", "NO"),
        ("an attack blamed by Oslo on strangers", "NO"),
        ("tensions between Oslo and Stockholm", "NO"),
        ("The minister urged Oslo to wait.", "NO"),
        ("Protesters in Oslo accused the mayor.", ""),
        ("She moved to Oslo last year.", ""),
        ("Oslo hosted the games.", ""),
    ],
)
def test_english(body: str, country: str) -> None:
    assert government(body, "Oslo", "en") == country


def test_a_town_that_is_no_capital_is_a_town() -> None:
    assert government("Bergen accuse ses voisins.", "Bergen", "fr") == ""
