import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.cleaning import REASONS, clean_text

PROSE = (
    "Le gouvernement a annoncé mardi une série de mesures destinées à soutenir les petites communes"
    " touchées par la sécheresse, selon un communiqué."
)
MORE = (
    "Les maires concernés ont salué cette décision, mais plusieurs d'entre eux ont réclamé des"
    " moyens supplémentaires pour l'année prochaine."
)
TITLE = "Sécheresse : des aides pour les petites communes"


def _cut(text, headline=""):
    return [(piece.reason, piece.text) for piece in clean_text(text, headline).removed]


def _body(*paragraphs):
    return "\n\n".join(paragraphs)


def test_plain_prose_is_left_alone():
    clean = clean_text(_body(PROSE, MORE))
    assert clean.body == _body(PROSE, MORE)
    assert clean.removed == ()


def test_paragraphs_are_parted_by_exactly_one_blank_line():
    assert clean_text(f"\n {PROSE}\n\n\n\n {MORE} \n").body == _body(PROSE, MORE)


def test_blanks_inside_a_paragraph_stay():
    assert clean_text("Deux  blancs\xa0: ici.").body == "Deux  blancs\xa0: ici."


def test_a_hard_wrap_is_undone():
    wrapped = _body(*("\n".join(textwrap.wrap(text, 68)) for text in (PROSE + " " + MORE, MORE)))
    assert clean_text(wrapped).body == _body(PROSE + " " + MORE, MORE)


def test_lines_that_are_paragraphs_stay_apart():
    assert clean_text(f"{PROSE}\n{MORE}").body == _body(PROSE, MORE)


@pytest.mark.parametrize(
    "text",
    [
        "Le match est reporté.",
        "La nuit descend sur le port\n\nLes mouettes se sont tues\n\nEt le phare cherche encore",
        "– Vous venez ?\n\n– Non, dit-elle.\n\n– Pourquoi ?\n\n– Il pleut.",
        _body(PROSE, "Les résultats :", "Lyon - Lille 2-1", "Nice - Brest 0-0", MORE),
        _body(PROSE, "Sont concernés :", "- la Marne", "- la Meuse", "- les Vosges", MORE),
        _body(PROSE, "International", MORE),
        _body(PROSE, "Il faut lire aussi les rapports que la Cour des comptes a publiés.", MORE),
        _body(PROSE, "Le prix de la newsletter a doublé en deux ans, a dit la ministre.", MORE),
        _body(
            PROSE,
            '"Nous avons décidé de suspendre les commentaires et de fermer votre compte sur les'
            ' réseaux sociaux", a dit la ministre.',
        ),
        _body(
            PROSE,
            "La plateforme a annoncé que ses utilisateurs pourront partager des articles sur les"
            " réseaux sociaux et par SMS, ce que nos voisins font déjà.",
        ),
        "Facebook",
    ],
)
def test_real_text_that_resembles_boilerplate_survives(text):
    assert clean_text(text).body == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Lire aussi : Un autre article sur la sécheresse", "related_link"),
        ("LIRE AUSSI > Les maires en colère", "related_link"),
        ("À lire également", "related_link"),
        ("Read more: Another story", "related_link"),
        ("Partager sur Facebook", "share"),
        ("Share this article", "share"),
        ("Publicité", "advertisement"),
        ("La suite après cette publicité", "advertisement"),
        ("Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.", "paywall"),
        ("Inscrivez-vous à notre newsletter pour tout savoir.", "appeal"),
        ("Les commentaires sont fermés sur cet article. Signaler une erreur.", "appeal"),
        ("Nous utilisons des cookies pour améliorer votre visite.", "cookies"),
        ("© Le Journal 2023 - Tous droits réservés", "copyright"),
        ("Tous droits réservés. Toute reproduction interdite.", "copyright"),
        ("Avec AFP", "footer_credit"),
        ("Accueil | Politique | Monde | Sport | Se connecter", "navigation"),
        ("REUTERS/Prénom Nom", "photo_credit"),
        ("Crédit photo : Prénom Nom", "photo_credit"),
    ],
)
def test_a_line_of_boilerplate_is_cut_with_its_reason(line, reason):
    text = _body(PROSE, MORE, line)
    assert clean_text(text).body == _body(PROSE, MORE)
    assert _cut(text) == [(reason, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Publié le mardi 3 mars 2020 à 18h05, mis à jour à 21h10 - Temps de lecture : 3 min",
        "Updated 3 March 2020, 18:05 GMT",
        "03/03/2020 à 18:05",
    ],
)
def test_a_date_line_above_the_text_is_a_header_and_dates_it(line):
    clean = clean_text(_body(TITLE, line, PROSE, MORE))
    assert [piece.reason for piece in clean.removed] == ["title", "header"]
    assert clean.date.startswith("2020-03-03T18:05")


def test_the_crawl_header_is_cut_from_the_line_that_it_shares():
    clean = clean_text(f" date 2021-05 {PROSE}\n\n{MORE}")
    assert clean.body == _body(PROSE, MORE)
    assert (clean.date, clean.headline) == ("2021-05", "")
    assert _cut(f" date 2021-05 {PROSE}") == [("header", "date 2021-05")]


def test_a_header_may_name_the_agency():
    assert _cut(f" date 2021-05 via Reuters\n\n{PROSE}") == [
        ("header", "date 2021-05"),
        ("header", "via Reuters"),
    ]


def test_prose_that_begins_with_the_word_date_is_no_header():
    text = "Date limite repoussée : les communes ont jusqu'à mardi pour déposer leur dossier."
    assert clean_text(text).body == text


@pytest.mark.parametrize(
    "dateline",
    [
        "PARIS (Reuters) - ",
        "BAGDAD, 31 déc. (AFP) - ",
        "BAGHDAD (AP) — ",
        "MOSCOW, December 31. /TASS/. ",
        "BEIJING, Dec. 31 (Xinhua) -- ",
        "Berlin (dpa) - ",
        "Genève, 3 mars (ats) ",
        "Bruxelles (Belgique) (AFP) - ",
    ],
)
def test_a_dateline_is_cut_whole(dateline):
    clean = clean_text(dateline + PROSE)
    assert clean.body == PROSE
    assert [piece.reason for piece in clean.removed] == ["dateline"]


def test_a_dateline_under_the_title_is_found():
    clean = clean_text(_body(TITLE, "PARIS (AFP) - " + PROSE, MORE))
    assert clean.body == _body(PROSE, MORE)
    assert clean.headline == TITLE


@pytest.mark.parametrize(
    "start",
    ["Le maire (PS) de la ville - ", "Selon la NASA (Etats-Unis) - ", "L'AP-HP (Paris) - "],
)
def test_other_brackets_at_the_start_are_no_dateline(start):
    assert clean_text(start + PROSE).body == start + PROSE


PAGE = "\n".join(
    [
        f"{TITLE}<!-- --> | Exemple.fr",
        "Exemple, qui sommes-nous ?",
        "Newsletter",
        "Dossiers",
        "Politique",
        TITLE,
        "©PRÉNOM NOM / AFP",
        "",
        "Une aide attendue",
        "",
        PROSE,
        "",
        MORE,
        "",
        "France 24",
        "",
        "En raison de débordements, nous avons choisi de suspendre les commentaires d'Exemple.fr.",
        "",
        "Mais n'hésitez pas à partager cet article avec vos proches sur les réseaux sociaux !",
    ]
)


def test_a_page_that_lost_its_tags_keeps_its_article():
    clean = clean_text(PAGE)
    assert clean.body == _body("Une aide attendue", PROSE, MORE)
    assert clean.headline == TITLE
    assert [clean.body[span.start : span.end] for span in clean.subheads] == ["Une aide attendue"]
    assert [piece.reason for piece in clean.removed] == [
        "title",
        "markup",
        "publisher",
        *["navigation"] * 4,
        "repeated_title",
        "photo_credit",
        "footer_credit",
        "appeal",
        "appeal",
    ]


def test_the_declared_title_is_not_said_twice():
    clean = clean_text(_body(TITLE.upper(), PROSE), TITLE)
    assert (clean.body, clean.headline) == (PROSE, TITLE)
    assert clean.removed[0].reason == "repeated_title"


def test_a_first_line_without_full_stop_is_the_title():
    clean = clean_text(_body(TITLE, PROSE, MORE))
    assert (clean.headline, clean.body) == (TITLE, _body(PROSE, MORE))


def test_a_menu_above_an_english_text_is_cut():
    lines = ["Home", "News", "Sport", "Weather", "More"]
    assert clean_text("\n".join([*lines, "", PROSE, MORE])).body == _body(PROSE, MORE)


def test_an_author_line_is_taken():
    clean = clean_text(_body(TITLE, "Par Prénom Nom, avec AFP", PROSE, MORE))
    assert clean.byline == "Prénom Nom, avec AFP"
    assert ("byline", "Par Prénom Nom, avec AFP") in _cut(
        _body(TITLE, "Par Prénom Nom, avec AFP", PROSE, MORE)
    )


def test_a_credit_at_the_end_of_the_last_paragraph_is_cut():
    assert clean_text(_body(PROSE, MORE + " (avec AFP)")).body == _body(PROSE, MORE)
    assert clean_text(PROSE + " Source : Reuters").body == PROSE


def test_a_caption_keeps_its_words_and_loses_its_credit():
    caption = "La mairie d'une petite commune, le 3 mars 2020."
    clean = clean_text(_body(PROSE, caption + " © Prénom Nom / AFP", MORE))
    assert clean.body == _body(PROSE, caption, MORE)


def test_sub_headings_are_told_from_lists():
    clean = clean_text(_body(PROSE, "Une aide attendue", MORE, "Marne", "Meuse", "Vosges", PROSE))
    assert [clean.body[span.start : span.end] for span in clean.subheads] == ["Une aide attendue"]


def test_tags_end_paragraphs_and_entities_are_characters():
    clean = clean_text(
        f"<p>{PROSE}</p><p>Un <b>mot</b> &amp; l&#39;&eacute;t&eacute;.</p>"
        "<script>var x = '<p>';</script>"
    )
    assert clean.body == _body(PROSE, "Un mot & l'été.")
    assert {piece.reason for piece in clean.removed} == {"markup"}


@pytest.mark.parametrize("text", ["1 < 2 et 3 > 2.", "Écrire à <nom@exemple.org>.", "R&D; AT&T."])
def test_brackets_and_ampersands_that_are_no_markup_stay(text):
    assert clean_text(text).body == text


_LINES = st.lists(
    st.sampled_from(
        [
            PROSE,
            MORE,
            TITLE,
            "",
            "  Newsletter ",
            "<b>Gras</b> &amp; <i>italique</i>",
            "Avec AFP et Reuters",
            "©X / AFP",
            "Lire aussi : autre chose",
            "date 2020-01 (AFP) Une phrase.",
            f"{TITLE} | Exemple.fr",
        ]
    )
    | st.text(max_size=30),
    max_size=12,
)


@given(_LINES, st.sampled_from(["", TITLE]))
@settings(max_examples=150, deadline=None)
def test_spans_lead_back_to_the_same_characters(lines, headline):
    raw = "\n".join(lines)
    clean = clean_text(raw, headline)
    for span in clean.spans:
        here = clean.body[span.start : span.start + span.length]
        there = raw[span.raw : span.raw + span.length]
        # A wrap's line break is a blank here, and an entity its character.
        assert all(a == b or b in "\n&" for a, b in zip(here, there, strict=True))


@given(_LINES)
@settings(max_examples=150, deadline=None)
def test_the_result_is_well_formed_whatever_the_text(lines):
    clean = clean_text("\n".join(lines))
    assert clean.body == clean.body.strip()
    assert "\n\n\n" not in clean.body
    assert all(piece.reason in REASONS and piece.text for piece in clean.removed)
    assert all(clean.body[span.start : span.end].strip() for span in clean.subheads)


@given(_LINES)
@settings(max_examples=100, deadline=None)
def test_every_word_is_kept_or_recorded(lines):
    raw = "\n".join(line for line in lines if "<" not in line and "&" not in line)
    clean = clean_text(raw)
    left = " ".join([clean.body, *(piece.text for piece in clean.removed)])
    assert sorted(raw.split()) == sorted(left.split()) or set(raw.split()) - set("-–—.:") <= set(
        left.split()
    )
