import pytest

from pipeline.tagging.gazetteer import Gazetteer
from pipeline.tagging.lexicon import Alias, Entry
from pipeline.tagging.spelling import words_of

_BANK = Entry("org:bank", "ORGANIZATION", "Banque centrale d'Exemplie")
_AGENCY = Entry("org:agency", "ORGANIZATION", "ABCD")
_WEEKLY = Entry("org:weekly", "ORGANIZATION", "Marine")
_LARGE = Entry("city:AA/port", "CITY", "Port", "AA", size=900)
_SMALL = Entry("city:BB/port", "CITY", "Port", "BB", size=50)
_GAZETTEER = Gazetteer(
    [
        Alias("Banque centrale d'Exemplie", _BANK),
        Alias("Banque", _AGENCY),
        Alias("ABCD", _AGENCY),
        Alias("AB", _AGENCY),
        Alias("Marine", _WEEKLY, weak=True),
        Alias("Gift", _WEEKLY, language="en"),
        Alias("Port", _SMALL),
        Alias("Port", _LARGE),
    ]
)


def found(text: str, language: str = "fr") -> list[str]:
    return [text[m.start : m.end] for m in _GAZETTEER.find(text, words_of(text), language)]


def test_the_longest_name_wins() -> None:
    assert found("La Banque centrale d'Exemplie attend") == ["Banque centrale d'Exemplie"]


def test_accents_hyphens_and_apostrophes_do_not_matter() -> None:
    assert found("BANQUE CENTRALE D’EXEMPLIE") == ["BANQUE CENTRALE D’EXEMPLIE"]


@pytest.mark.parametrize("text", ["la marine attend", "un port", "abcd", "Ab"])
def test_small_letters_are_no_name(text: str) -> None:
    assert found(text) == []


def test_a_long_acronym_may_be_written_like_a_word() -> None:
    assert found("Abcd et ABCD") == ["Abcd", "ABCD"]


def test_a_name_of_another_language_is_none() -> None:
    assert (found("Gift", "fr"), found("Gift", "en")) == ([], ["Gift"])


def test_a_name_does_not_run_over_a_comma_or_line() -> None:
    assert found("Banque, centrale d'Exemplie") == ["Banque"]
    assert found("Banque centrale\nd'Exemplie") == ["Banque"]


def test_the_larger_city_comes_first() -> None:
    (match,) = _GAZETTEER.find("Port", words_of("Port"), "fr")
    assert match.entries == (_LARGE, _SMALL)


def test_weakness_is_handed_on() -> None:
    (match,) = _GAZETTEER.find("Marine", words_of("Marine"), "fr")
    assert match.weak
