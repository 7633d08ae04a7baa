import pytest

from pipeline.text.language import detect_language

FRENCH = (
    "Le gouvernement a annoncé mardi une série de mesures destinées à soutenir les petites communes"
    " touchées par la sécheresse, selon un communiqué publié dans la soirée par le ministère."
)
ENGLISH = (
    "The government announced on Tuesday a series of measures meant to support the small towns that"
    " were hit by the drought, according to a statement which was released in the evening."
)
GERMAN = (
    "Die Regierung hat am Dienstag eine Reihe von Maßnahmen angekündigt, mit denen die von der"
    " Dürre betroffenen kleinen Gemeinden unterstützt werden sollen, wie es am Abend hieß."
)
CATALAN = (
    "El govern ha anunciat dimarts un seguit de mesures per donar suport als petits municipis que"
    " han patit la sequera, segons un comunicat que el departament ha difós aquest vespre."
)
BOTH = ("fr", "en")


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (ENGLISH, "en")])
def test_the_configured_languages_are_told_apart(text, language):
    assert detect_language(text, "", BOTH) == language
    assert detect_language(text * 20, "", BOTH) == language


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (CATALAN, "ca")])
def test_a_long_text_in_another_language_is_reported_as_it_is(text, language):
    assert detect_language(text * 2, "", BOTH) == language


@pytest.mark.parametrize("text", ["", "Oui.", "12:30", "Lyon 2, Nice 1"])
def test_a_very_short_text_is_undetermined(text):
    assert detect_language(text, "", BOTH) == "und"


def test_a_short_text_takes_the_declared_language():
    assert detect_language("Oui.", "fr-FR", BOTH) == "fr"
    assert detect_language("Un tout petit texte français", "en", BOTH) == "en"


def test_a_long_text_contradicts_a_wrong_declaration():
    assert detect_language(FRENCH * 3, "en", BOTH) == "fr"
    assert detect_language(GERMAN * 3, "fr", BOTH) == "de"


@pytest.mark.parametrize("declared", ["", "xyz", "12", "-", "français"])
def test_a_declaration_that_is_no_language_is_ignored(declared):
    assert detect_language(FRENCH, declared, BOTH) == "fr"


def test_a_short_text_is_one_of_the_configured_languages():
    assert detect_language("Bundesregierung beschließt Hilfe", "", BOTH) in BOTH
