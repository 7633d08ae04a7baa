import re
from collections import Counter

import pytest

from pipeline.text.agencies import agencies, kind_of, named_in_credit, named_in_prose, signed_by


def test_no_name_belongs_to_two_agencies():
    names = Counter(
        (alias.casefold(), agency.name)
        for agency in agencies()
        for alias in {agency.name, *agency.aliases, *agency.short}
    )
    owners = Counter(alias for alias, _ in names)
    # A bare publisher's or agency's name may be another one's with a country behind it.
    assert [alias for alias, count in owners.items() if count > 1] == []


def test_canonical_names_are_unique_and_countries_are_codes():
    assert len({agency.name for agency in agencies()}) == len(agencies())
    assert all(re.fullmatch("[A-Z]{2}|", agency.country) for agency in agencies())


def test_every_agency_can_be_found_in_prose_by_one_name():
    for agency in agencies():
        if agency.kind == "agency" and agency.aliases:
            found = named_in_prose(f"Il a parlé à {agency.aliases[0]}, dit-on.")
            assert [naming.agency for naming, _ in found] == [agency.name]


def test_a_short_name_is_marked_as_one():
    assert [short for _, short in named_in_prose("Il a parlé à AP.")] == [True]
    assert [short for _, short in named_in_prose("Il a parlé à l'AFP.")] == [False]


def test_a_longer_name_hides_the_shorter_one_inside():
    found = named_in_prose("According to the Australian Associated Press, nothing happened.")
    assert [naming.agency for naming, _ in found] == ["AAP"]


@pytest.mark.parametrize("text", ["AP-HP", "L'AFPA", "Thomson Reuters", "reuters", "xAFP"])
def test_names_inside_other_words_are_not_found(text):
    assert named_in_prose(f"Un mot, {text}, et un autre.") == []


def test_offsets_are_those_of_the_name():
    text = "Avec l'agence Belga et Reuters."
    for naming, _ in named_in_prose(text):
        assert text[naming.start : naming.end] in ("agence Belga", "Reuters")
    for naming in named_in_credit("avec afp et REUTERS"):
        assert "avec afp et REUTERS"[naming.start : naming.end] in ("afp", "REUTERS")


def test_publishers_count_in_credits_only():
    assert named_in_prose("Il l'a dit sur France 24.") == []
    assert [naming.agency for naming in named_in_credit("France 24")] == ["France 24"]
    assert kind_of("France 24") == "publisher"
    assert kind_of("Nobody") == ""


@pytest.mark.parametrize("line", ["abc", "Un mot", "km/h 12", "a" * 1_000])
def test_few_lines_look_like_a_signature(line):
    assert signed_by(line) == ""
