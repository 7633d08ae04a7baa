import pytest

from pipeline.records import Credit
from pipeline.text.cleaning import clean_text
from pipeline.text.credits import find_credits, publisher_name

PROSE = (
    "Le gouvernement a annoncé mardi une série de mesures destinées à soutenir les petites communes"
    " touchées par la sécheresse, selon un communiqué."
)


def _credits(text):
    clean = clean_text(text)
    return [(credit.agency, credit.role) for credit in find_credits(clean.body, clean.removed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"PARIS (Reuters) - {PROSE}", [("Reuters", "dateline")]),
        (f"BAGHDAD (AP) — {PROSE}", [("AP", "dateline")]),
        (f"New York (awp/afp) - {PROSE}", [("AWP", "dateline"), ("AFP", "dateline")]),
        (f"(Belga) {PROSE}", [("Belga", "byline")]),
        (f"AFP - {PROSE}", [("AFP", "byline")]),
        (f"date 2020-01 via Reuters\n\n{PROSE}", [("Reuters", "header")]),
        (f"{PROSE}\n\nAvec AFP et Reuters", [("AFP", "footer"), ("Reuters", "footer")]),
        (f"{PROSE}\n\nFrance 24", [("France 24", "footer")]),
        (f"{PROSE}\n\nLe Petit Exemple avec AFP", [("AFP", "footer")]),
        (f"{PROSE}\n\nabc-def/gh/ij", [("AFP", "footer")]),
        (f"{PROSE}\n\n(Reporting by A. Name; Editing by B. Name)", [("Reuters", "footer")]),
        (f"{PROSE}\n\n© 2023 AFP", [("AFP", "footer")]),
        (f"{PROSE}\n\nAvec agences", []),
        (f"{PROSE} (avec AFP)", [("AFP", "footer")]),
        (f"©Prénom Nom / AFP\n\n{PROSE}", [("AFP", "photo")]),
        (f"Photo : Prénom Nom/Getty Images\n\n{PROSE}", [("Getty Images", "photo")]),
        (
            f"Un titre pour une page d'exemple | Exemple.fr\n\n{PROSE}",
            [("Exemple", "publisher")],
        ),
    ],
)
def test_each_role_is_told_by_place_and_form(text, expected):
    assert _credits(text) == expected


@pytest.mark.parametrize(
    ("sentence", "agency", "words"),
    [
        ("Les accès étaient ouverts, ont constaté des journalistes de l'AFP.", "AFP",
         "ont constaté des journalistes de l'AFP"),
        ("Selon un responsable ayant parlé à l'AFP, rien n'est décidé.", "AFP",
         "ayant parlé à l'AFP"),
        ('"Tout va bien", a-t-il déclaré à Reuters.', "Reuters", "a-t-il déclaré à Reuters"),
        ("Selon l'agence Belga, le train est parti.", "Belga", "Selon l'agence Belga"),
        ("Le train est parti, rapporte l'agence de presse Chine nouvelle.", "Xinhua",
         "rapporte l'agence de presse Chine nouvelle"),
        ("L'AFP a pu consulter ce document.", "AFP", "L'AFP a pu consulter"),
        ("Interrogé par l'Associated Press, il n'a rien dit.", "AP",
         "Interrogé par l'Associated Press"),
        ("Un bilan établi par l'AFP fait état de dix blessés.", "AFP", "établi par l'AFP"),
        ("The minister told Reuters on Tuesday.", "Reuters", "told Reuters"),
        ("Prices rose, according to the Associated Press.", "AP",
         "according to the Associated Press"),
        ("Selon l'agence AP, rien n'est décidé.", "AP", "Selon l'agence AP"),
    ],
)  # fmt: skip
def test_a_mention_in_the_text_is_found_with_its_words(sentence, agency, words):
    assert find_credits(sentence) == (Credit(agency, "mention", words),)


@pytest.mark.parametrize(
    "sentence",
    [
        "Les médecins de l'AP-HP ont parlé à la presse.",
        "Il est employé de la fondation Thomson Reuters.",
        "Les PA ont augmenté, selon la PA du quartier.",
        "Le directeur d'ATS a parlé à ses employés.",
        "Le marché sent le poisson ; Lusa a dit non.",
        "Un EFE, dit-elle, n'est pas un AFPA.",
        "L'agence immobilière a déclaré une perte.",
    ],
)
def test_names_that_mean_something_else_are_no_mention(sentence):
    assert find_credits(sentence) == ()


def test_a_mention_stays_in_the_body():
    text = f"{PROSE} Il l'a dit à l'AFP."
    assert clean_text(text).body == text


def test_a_declared_byline_and_source_are_credits():
    assert find_credits("Rien.", byline="Prénom Nom avec AFP", source="Reuters") == (
        Credit("Reuters", "publisher", "Reuters"),
        Credit("AFP", "byline", "Prénom Nom avec AFP"),
    )


def test_a_declared_source_that_is_no_agency_is_no_credit():
    assert find_credits("Rien.", source="Le Petit Exemple") == ()


def test_the_same_credit_is_listed_once():
    assert len(find_credits("Il l'a dit à l'AFP. Elle l'a dit à l'AFP.")) == 1


@pytest.mark.parametrize(
    ("site", "name"),
    [("Exemple.fr", "Exemple"), ("Exemple Info", "Exemple Info"), ("BBC News", "BBC")],
)
def test_a_site_is_named_without_its_domain(site, name):
    assert publisher_name(site) == name


def test_an_agency_that_writes_itself_small_is_known_in_capitals() -> None:
    found = find_credits("Il aurait quitté la ville, selon l'agence de presse DPA.")
    assert [(credit.agency, credit.role) for credit in found] == [("dpa", "mention")]
