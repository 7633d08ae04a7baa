import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Entity, Mention
from pipeline.tagging.quotes import find_quotes


def person(body: str, name: str, entity_id: str, kind: str = "PERSON") -> Entity:
    mentions = []
    at = body.find(name)
    while at >= 0:
        mentions.append(Mention(at, at + len(name), name))
        at = body.find(name, at + 1)
    return Entity(entity_id, kind, name, mentions=tuple(mentions))


def found(body: str, language: str, *names: str) -> list[tuple[str, str, str]]:
    entities = [person(body, name, name.lower().replace(" ", "-")) for name in names]
    return [(q.text, q.speaker_id, q.cue) for q in find_quotes(body, language, entities)]


def test_an_inverted_pronoun_is_the_person_of_the_sentence_before() -> None:
    body = (
        "Le maire Jean Exemple a présenté le budget lundi.\n\n"
        '"Nous ne fermerons aucune école", a-t-il ensuite déclaré.'
    )
    assert found(body, "fr", "Jean Exemple") == [
        ("Nous ne fermerons aucune école", "jean-exemple", "a-t-il ensuite déclaré")
    ]


@pytest.mark.parametrize(
    ("body", "cue"),
    [
        ("« Les travaux commencent demain », a annoncé Jean Exemple.", "a annoncé"),
        ("« Les travaux commencent demain », annonce mardi Jean Exemple, élu local.", "annonce"),
        ("Jean Exemple l'assure : « Les travaux commencent demain ».", "assure"),
        ("Selon Jean Exemple, « les travaux commencent demain ».", "Selon"),
        ("« Les travaux commencent demain », selon Jean Exemple.", "selon"),
        ("Jean Exemple, le maire, a confirmé que « les travaux commencent demain ».", "a confirmé"),
        (
            "“Les travaux commencent demain”, a précisé à l'agence le maire Jean Exemple.",
            "a précisé",
        ),
        ("« Les travaux, explique Jean Exemple, commencent demain. »", "explique"),
    ],
)
def test_french_cues_on_every_side_name_the_speaker(body: str, cue: str) -> None:
    assert [(s, c) for _, s, c in found(body, "fr", "Jean Exemple")] == [("jean-exemple", cue)]


@pytest.mark.parametrize(
    ("body", "cue"),
    [
        ('"The works start tomorrow," said John Sample.', "said"),
        ('"The works start tomorrow," John Sample, the mayor, told reporters.', "told"),
        ('John Sample said: "The works start tomorrow."', "said"),
        ('According to John Sample, "the works will start tomorrow".', "According to"),
        ("‘The works start tomorrow,’ John Sample said.", "said"),
        ('John Sample met the press. "The works start tomorrow," he added.', "added"),
    ],
)
def test_english_cues_on_every_side_name_the_speaker(body: str, cue: str) -> None:
    assert [(s, c) for _, s, c in found(body, "en", "John Sample")] == [("john-sample", cue)]


def test_a_quotation_interrupted_by_its_cue_keeps_one_speaker() -> None:
    body = (
        "Jean Exemple a reçu Anne Modèle. « Nous avons perdu, a reconnu Anne Modèle. "
        "« La suite sera longue », a-t-elle dit, « mais nous tiendrons »."
    )
    speakers = {s for _, s, _ in found(body, "fr", "Jean Exemple", "Anne Modèle")}
    assert speakers == {"anne-modèle"}


def test_paragraphs_of_one_quotation_share_the_speaker() -> None:
    body = (
        "Jean Exemple a déclaré :\n\n« Nous avons attendu trop longtemps.\n\n"
        "« Nous ne pouvons plus attendre. »"
    )
    quotes = found(body, "fr", "Jean Exemple")
    assert [(t, s) for t, s, _ in quotes] == [
        ("Nous avons attendu trop longtemps.", "jean-exemple"),
        ("Nous ne pouvons plus attendre.", "jean-exemple"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        'Les "gilets jaunes" ont défilé à Paris.',
        'Il dénonce une "attaque" et réclame un "cessez-le-feu immédiat".',
        "Le film « Les Nuits d'été » sort en salles mercredi.",
        'Elle souligne "l\'urgence de contenir la crise".',
        'Une visite destinée à "suivre la situation" sur place.',
        'Le groupe "Résistance populaire du Nord" a revendiqué les faits.',
        'Un écran de 12" et un autre de 14" sont proposés.',
    ],
)
def test_scare_quotes_fragments_titles_and_inches_are_no_quotations(body: str) -> None:
    assert find_quotes(body, "fr", ()) == ()


def test_a_role_leads_to_the_person_whose_text_carries_it() -> None:
    body = (
        "Le ministre de la Santé Jean Exemple a reçu la députée Anne Modèle. "
        "« Le plan sera financé », a promis le ministre de la Santé."
    )
    assert found(body, "fr", "Jean Exemple", "Anne Modèle")[0][1] == "jean-exemple"


def test_an_unnamed_source_is_told_in_words_not_as_a_person() -> None:
    body = "Jean Exemple voyage. « Il reviendra jeudi », a indiqué une source de son entourage."
    (quote,) = find_quotes(body, "fr", [person(body, "Jean Exemple", "p")])
    assert (quote.speaker_id, quote.speaker) == ("", "une source de son entourage")


def test_the_name_in_a_complement_does_not_speak() -> None:
    body = "« Il reviendra jeudi », a indiqué un proche de Jean Exemple."
    assert found(body, "fr", "Jean Exemple")[0][1] == ""


def test_she_is_never_a_man() -> None:
    body = (
        "Marie Modèle a rencontré Pierre Exemple. Pierre Exemple était satisfait. "
        "« Nous avons un accord », a-t-elle annoncé."
    )
    assert found(body, "fr", "Marie Modèle", "Pierre Exemple")[0][1] == "marie-modèle"


def test_an_institution_can_speak() -> None:
    body = "« Les routes sont fermées », a indiqué la préfecture du Nord."
    entity = person(body, "préfecture du Nord", "org:p", "ORGANIZATION")
    assert find_quotes(body, "fr", [entity])[0].speaker_id == "org:p"


def test_straight_marks_without_blanks_around_them_are_paired() -> None:
    body = 'Le stade est plein."Nous sommes ravis", dit Jean Exemple."Tout est prêt", ajoute-t-il.'
    assert [t for t, _, _ in found(body, "fr", "Jean Exemple")] == [
        "Nous sommes ravis",
        "Tout est prêt",
    ]


def test_a_dialogue_line_with_a_cue_is_a_quotation() -> None:
    body = "Jean Exemple hésite.\n\n— Je ne sais pas encore, répond-il."
    assert [(s, c) for _, s, c in found(body, "fr", "Jean Exemple")] == [
        ("jean-exemple", "répond-il")
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='«»“”"‘’— ,.\n:aàdit-Il\x00\ud800\u200f', max_size=120))
def test_quotes_lie_inside_the_body_in_order(body: str) -> None:
    for language in ("fr", "en"):
        quotes = find_quotes(body, language, ())
        assert all(body[q.start : q.end] == q.text for q in quotes)
        assert all(a.end <= b.start for a, b in itertools.pairwise(quotes))


@pytest.mark.parametrize(
    "unit", ['"', "«", "‘a ", '"a b", a-t-il dit ', "« a\n\n", "a" * 50, "- x\n"]
)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    body = unit * (150_000 // len(unit))  # anything but linear work would never come back
    quotes = find_quotes(body, "fr", ())
    assert all(body[q.start : q.end] == q.text for q in quotes)


def test_a_new_sentence_behind_a_full_stop_is_no_cue() -> None:
    body = (
        "John Sample met the press. “The debate is over,” he said. “We will win in the end.” "
        "Mary Example said nothing."
    )
    assert [s for _, s, _ in found(body, "en", "John Sample", "Mary Example")] == [
        "john-sample",
        "john-sample",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "« Le pont tiendra », a assuré dans la soirée l'ancien maire Jean Exemple.",
        "« Le pont tiendra », s'est défendu peu après sur Radio Valmont l'élu Jean Exemple.",
        "« Le pont tiendra », a déclaré de son côté, mardi, Jean Exemple.",
        "« Le pont tiendra », philosophait quant à lui Jean Exemple.",
        "Pour Jean Exemple, « le pont tiendra encore dix ans ».",
    ],
)
def test_adverbials_and_rare_verbs_do_not_hide_the_speaker(body: str) -> None:
    assert found(body, "fr", "Jean Exemple")[0][1] == "jean-exemple"


def test_a_definite_role_goes_on_with_who_spoke_last() -> None:
    body = (
        "« Le pont tiendra », a dit Jean Exemple. « Je le promets », a insisté l'ancien ministre. "
        "« Nous vérifierons », a répondu le parquet."
    )
    quotes = find_quotes(body, "fr", [person(body, "Jean Exemple", "p")])
    assert [(q.speaker_id, q.speaker) for q in quotes] == [
        ("p", "Jean Exemple"),
        ("p", "Jean Exemple"),
        ("", "le parquet"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        'Il répond "des actes qu\'il a commis" en 2010.',
        "Il veut « mettre en place un système qui leur permet de voter ».",
        "Le maire « n'a rien reconnu de tout cela devant nous ».",
        'Le texte fixe - "Changer d\'air" - des règles.',
    ],
)
def test_what_hangs_on_a_sentence_outside_the_marks_is_a_fragment(body: str) -> None:
    assert find_quotes(body, "fr", ()) == ()


def test_a_surname_that_is_a_verb_of_saying_is_no_cue() -> None:
    body = 'John Sample asked: "Can you see any problems with the boats?" Mr Read looked away.'
    assert [(s, c) for _, s, c in found(body, "en", "John Sample")] == [("john-sample", "asked")]
