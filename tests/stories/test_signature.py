import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Article, Credit
from pipeline.stories.interval import UNDATED, Interval, read_interval
from pipeline.stories.signature import MAX_TERMS, StoryInput, first_sentence, sign


def weights(text: str, language: str = "fr") -> dict[int, float]:
    terms, values = sign("", text, language)
    count = len(terms) // 4
    return dict(
        zip(struct.unpack(f"<{count}I", terms), struct.unpack(f"<{count}f", values), strict=True)
    )


def test_common_words_and_weekdays_say_nothing() -> None:
    assert weights("Et mardi il a dit que les et de la") == weights("")


def test_forms_of_one_word_are_one_term() -> None:
    assert weights("américain") == weights("américaines")


def test_a_name_weighs_more_than_the_same_word_in_lower_case() -> None:
    name = weights("le parti de Grandval et son horizon")
    plain = weights("le parti de grandval et son horizon")
    (term,) = set(weights("grandval"))
    assert name[term] > plain[term]


def test_a_signature_is_small_and_of_unit_length() -> None:
    text = " ".join(f"zorg{n}mot" for n in range(5_000))
    found = weights(text)
    assert len(found) == MAX_TERMS
    assert sum(w * w for w in found.values()) == pytest.approx(1.0, abs=1e-4)


def test_the_input_carries_origins_but_no_photo_credit() -> None:
    named = (
        Credit("AFP", "photo", "x"),
        Credit("dpa", "footer", "x"),
        Credit("AP", "mention", "x"),
    )
    article = Article(
        "a",
        source_uri="u",
        source="Gazette",
        language="fr",
        body="Un orage a éclaté. Il pleut.",
        published_at=1_614_643_200_000_000,
        published_edtf="2021-03-02",
        credits=named,
        word_count=6,
        content_hash="h",
    )
    story_input = StoryInput.of(article)
    assert story_input.agencies == ("dpa",)
    assert story_input.headline == "Un orage a éclaté. Il pleut."
    assert story_input.interval == Interval(18_688.0, 18_689.0)


def test_the_headline_of_a_text_without_title_is_its_first_sentence() -> None:
    assert (
        first_sentence("\n La rivière a débordé hier. Elle monte.") == "La rivière a débordé hier."
    )
    assert len(first_sentence("mot " * 500)) == 200
    assert first_sentence("") == ""


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("1970-01-02", Interval(1.0, 2.0)),
        ("1970-01-02T12:00:00Z", Interval(1.5, 1.5)),
        ("1970-02", Interval(31.0, 62.0)),
        ("1970", Interval(0.0, 366.0)),
        ("1970-01-02/1970-01-05", Interval(1.0, 5.0)),
        ("", UNDATED),
        ("1970-13", UNDATED),
        ("hier", UNDATED),
        ("1970-01-05/1970-01-01", UNDATED),
    ],
)
def test_dates_are_read_with_their_precision(edtf: str, days: Interval) -> None:
    assert read_interval(edtf) == days


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["fr", "en", "und", ""]))
def test_any_text_can_be_signed(text: str, language: str) -> None:
    terms, values = sign(text, text, language)
    assert len(terms) == len(values) <= 4 * MAX_TERMS
    assert sign(text, text, language) == (terms, values)
