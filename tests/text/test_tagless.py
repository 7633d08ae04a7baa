import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.cleaning import clean_text

MENU = [
    "Accueil", "Monde", "Politique", "Économie", "Sport", "Culture", "Se connecter",
    "Agenda des villages", "Petites annonces du canton", "Nos journaux", "La météo",
]  # fmt: skip
PROSE = [
    "Le conseil municipal a voté lundi soir le budget des écoles de la commune, après un débat de"
    " trois heures dans la salle des fêtes, que le maire avait fait ouvrir au public.",
    "L'opposition avait demandé le report du vote, en vain, faute d'avoir reçu à temps les chiffres"
    " que la mairie avait promis d'envoyer dix jours avant la séance du conseil.",
    "Les travaux de l'école du port commenceront au printemps et dureront deux années entières,"
    " pendant lesquelles les élèves iront en classe dans les salles de la maison des jeunes.",
]
TEASERS = [
    "Une tempête dans le nord du pays",
    "Il y a 2 heures",
    "Plusieurs villages ont été privés de courant pendant la nuit de mardi à mercredi dernier.",
    "Le musée rouvre ses portes",
    "Il y a 3 heures",
    "Après deux ans de travaux, le musée expose à nouveau ses cartes anciennes dans le nord.",
]


def _frame(lines):
    return [piece.text for piece in clean_text("\n".join(lines)).removed if piece.reason == "frame"]


def test_menus_and_teasers_around_an_article_are_cut():
    clean = clean_text("\n".join([*MENU, *PROSE, *TEASERS, *MENU]))
    assert clean.body.split("\n\n") == PROSE
    assert {piece.reason for piece in clean.removed} <= {"frame", "navigation"}


def test_what_stands_below_a_heading_for_comments_is_cut():
    comment = "Je ne suis pas du tout d'accord avec cet article qui oublie les petites écoles."
    clean = clean_text("\n".join([*MENU, *PROSE, "3 commentaires", comment, comment, *MENU]))
    assert clean.body.split("\n\n") == PROSE


def test_a_sub_heading_and_an_interjection_stay():
    lines = [*MENU, PROSE[0], "Un débat tendu", PROSE[1], "« Non. »", PROSE[2], *MENU]
    assert clean_text("\n".join(lines)).body.split("\n\n") == lines[len(MENU) : -len(MENU)]


def test_a_run_of_short_lines_inside_is_cut():
    inside = ["Partager", "Une photo", "Le port"]
    clean = clean_text("\n".join([*MENU, *PROSE, *inside, *PROSE[::-1], *MENU]))
    assert clean.body.split("\n\n") == [*PROSE, *PROSE[::-1]]


@pytest.mark.parametrize(
    "lines",
    [
        PROSE * 9,
        ["Le port dort", "La mer se tait", "Un chien passe"] * 9,
        [PROSE[0], *(f"Équipe {n} - Équipe {n + 1} : {n} à 0" for n in range(60))],
        [PROSE[0], *(f"- Oui, {n}.\n- Non." for n in range(20)), PROSE[1]],
        [*PROSE, *(f"{n} : un vœu pour l'année" for n in range(25)), *PROSE],
    ],
    ids=["prose", "poem", "results", "dialogue", "list"],
)
def test_texts_that_are_no_pages_keep_their_lines(lines):
    assert not _frame(lines)


def test_a_page_of_menus_alone_is_left_to_other_rules():
    assert not _frame(MENU * 5)


@given(st.lists(st.sampled_from([*MENU, *PROSE, *TEASERS, "", "3 commentaires"]), max_size=60))
@settings(max_examples=80, deadline=None)
def test_every_line_is_kept_or_removed(lines):
    clean = clean_text("\n".join(lines))
    there = f"{clean.headline}\n{clean.body}\n" + "\n".join(piece.text for piece in clean.removed)
    for line in lines:
        assert line.strip() in there


def test_a_hundred_thousand_lines_are_looked_at_once():
    assert clean_text("\n".join([*MENU, *PROSE] * 7_000)).body
