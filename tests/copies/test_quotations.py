"""Which words of a text are quoted."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.copies.quotations import quotation_spans


def _quoted(text: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in quotation_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Il promet : « Nous partirons demain matin. » La salle se tait.",
        "Il promet : “Nous partirons demain matin.” La salle se tait.",
        'Il promet : "Nous partirons demain matin." La salle se tait.',
        "Il promet : „Nous partirons demain matin.” La salle se tait.",
        'Il promet : " Nous partirons demain matin." La salle se tait.',
        'Il promet."Nous partirons demain matin."La salle se tait.',
        "He says: ‘Nous partirons demain matin.’ The room's silent.",
    ],
)
def test_marks_of_each_kind_enclose_a_quotation(text):
    assert _quoted(text) == ["Nous partirons demain matin."]


def test_scare_quotes_names_and_titles_are_no_quotations():
    text = (
        'Les "gilets jaunes" et la "génération climat" du journal « Le Courrier du Soir »'
        " lisent “The Long Road Home” ce soir."
    )
    assert _quoted(text) == []


def test_a_short_sentence_or_remark_is_a_quotation():
    assert _quoted("« Ça suffit ! », dit-elle. “We won,” he said.") == ["Ça suffit !", "We won,"]


def test_a_quotation_inside_a_quotation_belongs_to_the_outer_one():
    text = 'Elle raconte : « Il m\'a dit "ne revenez jamais ici" avant de partir ». Fin.'
    assert _quoted(text) == ['Il m\'a dit "ne revenez jamais ici" avant de partir']


def test_straight_marks_nest_too():
    text = 'Le maire : "Seul le "zéro déchet" réduit vraiment la facture", selon lui.'
    assert _quoted(text) == ['Seul le "zéro déchet" réduit vraiment la facture']


def test_the_words_between_two_quotations_are_not_quoted():
    text = 'Le "plan de sauvetage du port" est prêt. Le "budget de la ville basse" attend.'
    assert _quoted(text) == ["plan de sauvetage du port", "budget de la ville basse"]


@pytest.mark.parametrize(("opening", "closing"), [("« ", " »"), ("“", "”"), ('"', '"')])
def test_a_quotation_over_paragraphs_is_one(opening, closing):
    text = (
        f"{opening}Nous avons perdu la récolte.\n\n{opening}Il faudra tout replanter cet hiver"
        f"{closing}, dit-il. Le village attend."
    )
    (quoted,) = _quoted(text)
    assert quoted.startswith("Nous avons")
    assert quoted.endswith("cet hiver")


def test_a_guillemet_that_is_never_closed_takes_nothing_with_it():
    text = "« Nous avons tout perdu. Le préfet répond : « Une aide viendra dès lundi ». Il pleut."
    assert _quoted(text) == ["Une aide viendra dès lundi"]


def test_an_unbalanced_straight_mark_does_not_turn_the_text_inside_out():
    text = (
        'Le "chantier avance bien et vite.\n\nLe préfet dit : "Une aide viendra dès lundi"'
        " et repart pour la préfecture avec les maires."
    )
    assert _quoted(text) == ["Une aide viendra dès lundi"]


def test_apostrophes_are_no_quotation_marks():
    assert _quoted("L’eau n’a pas monté, dit l’élu d’à côté, ‘90s or not, it’s over now.") == []


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab .,«»“”\"‘’'\n", max_size=80))
def test_spans_are_in_order_inside_the_text_and_never_overlap(text):
    spans = quotation_spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert not edges or (edges[0] > 0 and edges[-1] < len(text))


@pytest.mark.parametrize("unit", ["«", '"', "“a ", "‘b’ ", '\n"', "« a \n\n", '." ', "    \n"])
def test_many_marks_take_linear_time(unit):
    began = time.process_time()
    quotation_spans(unit * 60_000)
    assert time.process_time() - began < 3
