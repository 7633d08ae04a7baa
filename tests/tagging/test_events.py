"""Events of whole texts: arguments, status, numbers, dates, places, who says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import DateExpression, Quote
from pipeline.tagging.events import code_events
from pipeline.tagging.model import LanguageModel, load_model
from tests.tagging.conftest import entities_of


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Les États-Unis accusent l'Iran.", "US", "IR"),
        ("L'Iran a été accusé par les États-Unis.", "US", "IR"),
        ("Le Front du Nord, accusé par la France, se tait.", "FR", "ML"),
        ("Le ministre français a condamné l'Iran.", "FR", "IR"),
        ("L'armée malienne a été attaquée par des combattants iraniens.", "IR", "ML"),
        ("Des frappes françaises contre le Front du Nord ont eu lieu.", "FR", "ML"),
        ("La France a mené des frappes contre le Front du Nord.", "FR", "ML"),
        ("Des raids américains ont tué trois combattants iraniens.", "US", "IR"),
        ("La France, qui accuse l'Iran, se tait.", "FR", "IR"),
        ("Washington a réagi mardi, accusant Téhéran de violences.", "US", "IR"),
        (
            "L'armée malienne a tiré des gaz pour disperser des manifestants iraniens.",
            "ML",
            "IR",
        ),
        (
            "L'Iran a cédé. Les Français ont voté. La France les félicite.",
            "FR",
            "IR",
        ),
        ("Téhéran a nié, mais Jean Exemple, qui accuse l'Iran, insiste.", "FR", "IR"),
    ],
)
def test_both_sides_are_found(code, text: str, actor: str, recipient: str) -> None:  # type: ignore[no-untyped-def]
    sides = [(e.actor_countries, e.recipient_countries) for e in code(text)]
    assert ((actor,), (recipient,)) in sides


def test_english_passives_have_both_sides(code) -> None:  # type: ignore[no-untyped-def]
    (event,) = code("French soldiers were attacked by American forces.", "en")
    assert (event.actor_countries, event.recipient_countries) == (("US",), ("FR",))


def test_the_subject_of_a_passive_without_agent_is_the_recipient(code) -> None:  # type: ignore[no-untyped-def]
    (event,) = code("Two French soldiers have been killed.", "en")
    assert (event.actors, event.recipients) == ((), ("country:FR",))


def test_a_pronoun_is_whoever_was_named_last(code) -> None:  # type: ignore[no-untyped-def]
    events = code("Jean Exemple est arrivé lundi à Gao. Il a accusé l'Iran.")
    assert [e.actors for e in events if e.type == "ACCUSE"] == [("per:jean-exemple",)]


def test_we_in_a_quotation_is_its_speaker(code) -> None:  # type: ignore[no-untyped-def]
    text = '"Nous accusons l\'Iran", a dit Jean Exemple.'
    quote = Quote(1, 23, text[1:23], "per:jean-exemple", "Jean Exemple", "a dit")
    (event,) = code(text, quotes=(quote,))
    assert event.actors == ("per:jean-exemple",)


def test_an_event_in_a_quotation_is_attributed_to_the_speaker(code) -> None:  # type: ignore[no-untyped-def]
    text = '"L\'Iran a attaqué le Mali", a dit Jean Exemple.'
    quote = Quote(1, 25, text[1:25], "per:jean-exemple", "Jean Exemple", "a dit")
    (event,) = code(text, quotes=(quote,))
    assert event.attributed_by == "per:jean-exemple"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("L'Iran a attaqué le Mali.", "actual"),
        ("L'Iran n'a pas attaqué le Mali.", "negated"),
        ("L'Iran attaquera le Mali.", "future"),
        ("L'Iran va attaquer le Mali.", "future"),
        ("L'Iran pourrait attaquer le Mali.", "hypothetical"),
        ("L'Iran aurait attaqué le Mali.", "hypothetical"),
    ],
)
def test_the_status_is_that_of_the_clause(code, text: str, status: str) -> None:  # type: ignore[no-untyped-def]
    assert [e.status for e in code(text)] == [status]


def test_cooperation_to_come_is_an_agreement(code) -> None:  # type: ignore[no-untyped-def]
    assert [e.type for e in code("Le ministre français rencontrera le ministre iranien.")] == [
        "AGREE"
    ]


def test_a_refusal_to_accept_is_a_rejection(code) -> None:  # type: ignore[no-untyped-def]
    (event,) = code("L'Iran n'accepte pas la médiation de la France.")
    assert (event.type, event.status) == ("REJECT", "actual")


def test_what_is_only_asked_for_is_no_event(code) -> None:  # type: ignore[no-untyped-def]
    assert [e.type for e in code("La France demande à l'Iran de libérer deux touristes.")] == [
        "REQUEST"
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Une attaque de l'Iran a fait 25 morts.", 25, "killed"),
        ("L'armée iranienne a tué une vingtaine de rebelles.", 20, "killed"),
        ("La France va envoyer 750 soldats au Mali.", 750, "troops"),
        ("La police a arrêté douze manifestants à Gao.", 12, "arrested"),
        ("Quelque 2 500 manifestants ont défilé contre la France.", 2500, "participants"),
    ],
)
def test_numbers_belong_to_their_event(code, text: str, value: int, unit: str) -> None:  # type: ignore[no-untyped-def]
    assert [(c.value, c.unit) for e in code(text) for c in e.counts] == [(value, unit)]


def test_the_date_of_the_clause_is_the_event_s(code) -> None:  # type: ignore[no-untyped-def]
    text = "L'Iran a attaqué le Mali lundi, et mardi la France a accusé l'Iran."
    monday, tuesday = text.index("lundi"), text.index("mardi")
    dates = (
        DateExpression(monday, monday + 5, "lundi", "2019-12-30"),
        DateExpression(tuesday, tuesday + 5, "mardi", "2019-12-31"),
    )
    assert [(e.type, e.date_edtf) for e in code(text, dates=dates)] == [
        ("ASSAULT", "2019-12-30"),
        ("ACCUSE", "2019-12-31"),
    ]


def test_the_place_is_where_the_sentence_says(code) -> None:  # type: ignore[no-untyped-def]
    (event,) = code("Des combattants iraniens ont attaqué une base à Gao.")
    assert (event.location_id, event.country) == ("city:ML/gao", "ML")


def test_a_verb_and_the_noun_it_belongs_to_are_one_event(code) -> None:  # type: ignore[no-untyped-def]
    events = code("Des frappes américaines ont tué 25 combattants du Front du Nord.")
    assert [(e.type, e.mode) for e in events] == [("ASSAULT", "aerial")]


def test_a_match_report_holds_no_attack(code) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Le club a dominé le match. L'attaque de la France a marqué deux buts et le gardien, "
        "vaincu en finale du championnat, a critiqué l'arbitre. Le joueur a frappé le ballon, "
        "l'équipe remporte la coupe et la victoire au stade."
    )
    assert code(text) == ()


@pytest.mark.parametrize("text", ["Le soleil se lève.", "", "   \n ", "Il se demande pourquoi."])
def test_text_without_happenings_has_no_events(code, text: str) -> None:  # type: ignore[no-untyped-def]
    assert code(text) == ()


def test_a_language_without_lexicon_has_no_events(models: dict[str, LanguageModel]) -> None:
    assert code_events("a", "L'Iran attaque.", "de", models["fr"], (), (), (), "") == ()


def test_offsets_and_ids_are_the_body_s_own(code) -> None:  # type: ignore[no-untyped-def]
    text = "Bonjour. Les États-Unis accusent l’Iran."
    (event,) = code(text)
    assert text[event.trigger_start : event.trigger_end] == event.trigger == "accusent"
    assert code(text) == code(text)


@pytest.mark.parametrize(
    "hostile", ["\x00", "attaque " * 20_000, "a" * 100_000, "\ud800 attaque", "‏עברית attaque"]
)
def test_hostile_text_does_not_raise(code, hostile: str) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(code(hostile), tuple)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from("L'Iran a attaqué accusé par contre la France . , qui \"".split())))
def test_word_salad_gives_events_within_the_text(words: list[str]) -> None:
    text = " ".join(words)
    events = code_events(
        "a", text, "fr", load_model("fr_core_news_md"), entities_of(text), (), (), ""
    )
    assert all(text[e.trigger_start : e.trigger_end] == e.trigger for e in events)
