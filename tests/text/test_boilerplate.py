import pytest

from pipeline.text.boilerplate import (
    PHRASE_REASONS,
    is_closing_appeal,
    is_menu_line,
    is_menu_word,
    phrase_reason,
)
from pipeline.text.lexicon import fold, load_lexicon


def test_every_phrase_is_written_as_it_is_compared():
    lexicon = load_lexicon("boilerplate")
    phrases = [
        phrase for reason in PHRASE_REASONS for form in lexicon[reason].values() for phrase in form
    ]
    phrases += lexicon["navigation"]
    phrases += [phrase for matter in lexicon["closing"]["matters"].values() for phrase in matter]
    assert [phrase for phrase in phrases if fold(phrase) != phrase] == []


def test_every_phrase_alone_gives_its_reason():
    lexicon = load_lexicon("boilerplate")
    for reason in PHRASE_REASONS:
        for form, phrases in lexicon[reason].items():
            for phrase in phrases:
                line = phrase.replace(".*", "x") + (" : x" if form == "opens" else "")
                assert phrase_reason(line) in PHRASE_REASONS, line


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi un roman ne fait pas de mal, a dit la ministre.",
        "Related the story to his friends, he fell silent.",
        "Le partage des commentaires",
        "Twitter a annoncé mardi la suppression de mille postes.",
        "Copyrights are expensive, the minister said.",
        "Imprimer coûte cher.",
        "« Nous utilisons des cookies », a reconnu le groupe. Il a promis de changer.",
    ],
)
def test_prose_with_the_same_words_is_not_boilerplate(line):
    assert phrase_reason(line) == ""


def test_a_paragraph_of_boilerplate_sentences_is_boilerplate():
    line = "Les commentaires sont fermés. Signaler une erreur. La rédaction vous conseille ceci."
    assert phrase_reason(line) == "appeal"


def test_one_boilerplate_sentence_does_not_take_a_paragraph_with_it():
    line = (
        "La ministre a détaillé mardi les mesures que le gouvernement veut prendre d'ici l'été."
        " Lire aussi : tous nos articles."
    )
    assert phrase_reason(line) == ""


@pytest.mark.parametrize(
    "text",
    [
        "N'hésitez pas à partager cet article avec vos proches !",
        "Suivez-nous sur Facebook et abonnez-vous à notre newsletter.",
        "Notre journalisme indépendant a besoin de vous : faites un don, en un clic.",
        "Please share this article with your friends on social media.",
        "Have your say in the comments section, and follow us on Twitter.",
    ],
)
def test_an_appeal_addresses_the_reader_about_the_site(text):
    assert is_closing_appeal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nous avons besoin de temps, et vous aussi.",
        "Le site a fermé les commentaires et changé sa newsletter.",
        "La page Facebook du club a été fermée aux commentaires mardi.",
        '"Partagez cet article avec vos proches", a écrit la ministre sur Twitter.',
    ],
)
def test_prose_about_such_matters_is_no_appeal(text):
    assert not is_closing_appeal(text)


def test_menus_on_one_line():
    assert is_menu_line("Accueil > Monde > Asie")
    assert is_menu_line("Home | News | Sport | Weather")
    assert not is_menu_line("France | 2 | 1 | 3")
    assert not is_menu_line("Le Monde / Le Figaro")
    assert is_menu_word("  Vidéos ")
