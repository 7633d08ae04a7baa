import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import ParsedItem
from pipeline.versions.notices import (
    Candidate,
    Notice,
    bare,
    find_notice,
    keys_of,
    resolve_notice,
)
from tests.versions.test_resolve import article

DAY = 86_400_000_000


def notice(headline: str, text: str = "Le texte.", **fields: str) -> Notice | None:
    return find_notice(ParsedItem("x", text, headline=headline, source="EX", **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("headline", "text", "action"),
    [
        ("STORY WITHDRAWN: Minister resigns over budget", "", "cancel"),
        ("Dépêche annulée : le budget", "", "cancel"),
        ("URGENT - MANDATORY KILL", "", "cancel"),
        ("KILL: BC-Budget", "Editors: please kill the story.", "cancel"),
        ("", "KILL KILL KILL\nPrière d'annuler notre dépêche 123.", "cancel"),
        ("À ANNULER - Le budget est voté", "Prière aux rédactions d'annuler.", "cancel"),
        ("HOLD: BC-Budget", "Editors: hold this story.", "withhold"),
        ("CORRECTED-UPDATE 1-Minister resigns over budget", "", "correct"),
        ("REFILE-Minister resigns over budget", "", "correct"),
        ("Rectificatif : le budget est voté", "", "correct"),
        ("Annule et remplace - Le budget est voté", "", "correct"),
    ],
)
def test_notices_are_recognised_by_their_form(headline: str, text: str, action: str) -> None:
    found = notice(headline, text)
    assert found is not None
    assert found.action == action


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("US withdraws troops from the border", "Troops were withdrawn on Monday."),
        ("Withdrawal: what comes next for the army", "The story so far."),
        ("KILL THE BILL PROTESTS SPREAD", "Editors of the paper were there."),
        ("KILL - The film opens on Friday", "A film about revenge opens."),
        ("ANNULATION : le concert n'aura pas lieu", "La salle remboursera les billets."),
        ("Le gouvernement annule la réforme", "Il la remplace par une autre."),
        ("Corrected figures show growth", "The office said so."),
        ("Hold on: this is big", "A story."),
        ("Il demande de ne pas publier le texte", "Kill, kill, kill, crie la foule."),
    ],
)
def test_prose_about_withdrawals_is_no_notice(headline: str, text: str) -> None:
    assert notice(headline, text) is None


def test_a_declared_kill_without_an_identifier_is_a_notice() -> None:
    assert notice("Un titre ordinaire", status="canceled", slug="budget") is not None
    assert notice("Un titre ordinaire", status="canceled", guid="g1") is None


def test_a_notice_names_items_by_identifier_number_slug_and_headline() -> None:
    found = notice(
        "STORY WITHDRAWN",
        'Please disregard story number bdt0123, slugged FRANCE-BUDGET, headlined "Le budget est'
        ' voté" (urn:newsml:example.org:1).',
    )
    assert found is not None
    assert found.references == (
        "ex\tguid\turn:newsml:example.org:1",
        "ex\tnumber\tbdt0123",
        "ex\tnumber\t0123",
        "ex\tslug\tfrance-budget",
        "ex\theadline\tle budget est vote",
    )


def test_the_keys_of_an_article_meet_those_of_a_notice() -> None:
    named = article()._replace(
        source="EX", guid="", number="bdt0123", slug="FRANCE-BUDGET", headline="Le budget est voté"
    )
    assert list(keys_of(named)) == [
        "ex\tnumber\tbdt0123",
        "ex\tnumber\t0123",
        "ex\tslug\tfrance-budget",
        "ex\theadline\tle budget est vote",
    ]


def test_a_notice_does_not_reach_into_another_provider() -> None:
    found = notice("STORY WITHDRAWN: Le budget est voté")
    assert found is not None
    named = article()._replace(source="Autre", headline="Le budget est voté")
    assert set(found.references).isdisjoint(keys_of(named))


def test_labels_of_updates_are_no_part_of_a_headline() -> None:
    assert bare("UPDATE 2-WRAPUP 1-Le budget est voté !") == bare("Le budget est voté")
    assert bare("Le budget") == ""


def candidate(name: str = "a1", at: int | None = 0, version: int = 1) -> Candidate:
    return Candidate(name, "g", "", version, at)


def meant(*candidates: Candidate, at: int | None = DAY) -> str:
    found = resolve_notice(Notice("cancel", ("k", "l")), article(at=at), {"k": candidates})
    return found.article_id if found else ""


def test_a_notice_means_the_one_item_that_fits() -> None:
    assert meant(candidate()) == "a1"
    assert meant(candidate(), candidate(version=2)) == "a1"
    assert meant(candidate(), candidate("a2")) == ""
    assert meant() == ""


def test_items_that_are_much_older_or_newer_do_not_fit() -> None:
    assert meant(candidate("old", at=-10 * DAY), candidate("a1")) == "a1"
    assert meant(candidate("new", at=10 * DAY)) == ""
    assert meant(candidate("undated", at=None)) == "undated"


def test_versions_after_the_notice_are_not_what_it_is_about() -> None:
    versions = [candidate(version=1, at=0), candidate(version=2, at=2 * DAY)]
    found = resolve_notice(Notice("correct", ("k",)), article(at=DAY), {"k": versions})
    assert found is not None
    assert found.version == 1


@given(st.text(max_size=200), st.text(max_size=400), st.text(max_size=200))
def test_any_text_can_be_looked_at(headline: str, text: str, note: str) -> None:
    found = find_notice(ParsedItem("x", text, headline=headline, ed_note=note))
    assert found is None or found.action in ("cancel", "withhold", "correct")


def test_hostile_text_takes_no_long_time() -> None:
    for piece in ("KILL ", "-", "«", "urn:", "n° ", "KILL - ", "slug "):
        text = piece * 100_000
        notice(text, text, ed_note=text)
