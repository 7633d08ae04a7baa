from hypothesis import given
from hypothesis import strategies as st

from pipeline.tagging.spelling import fold, is_acronym, name_key, person_key, slug, words_of


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end].isalnum()
        assert word.folded == fold(text[word.start : word.end])


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_key_is_the_same_for_accents_hyphens_and_case() -> None:
    assert name_key("États-Unis") == name_key("ETATS UNIS") == "etats unis"
    assert slug("États-Unis d'Amérique") == "etats-unis-d-amerique"


def test_transliterations_of_an_arabic_name_have_one_key() -> None:
    assert len({person_key(n) for n in ("Omar al-Sabbour", "Omar el-Sabur", "Omar Al Sabour")}) == 1
    assert person_key("Omar al-Sabbour") != person_key("Omar al-Sabbar")


def test_other_names_keep_their_letters() -> None:
    assert person_key("Anne Bessonnou") == "anne bessonnou"


def test_acronyms_have_two_capitals() -> None:
    assert [is_acronym(t) for t in ("ONU", "G7", "A", "Onu", "42")] == [
        True,
        True,
        False,
        False,
        False,
    ]
