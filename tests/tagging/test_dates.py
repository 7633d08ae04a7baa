import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tagging.dates import DatedText, anchor_date, find_dates, resolve_dates, story_anchor

# A Wednesday.
PUBLISHED = "2019-06-12T08:30:00Z"


def found(body: str, language: str = "fr", published: str = PUBLISHED) -> list[tuple[str, str]]:
    return [(d.text, d.edtf) for d in find_dates(body, language, published)]


@pytest.mark.parametrize(
    ("body", "text", "edtf"),
    [
        ("Le maire a démissionné mercredi.", "mercredi", "2019-06-12"),
        ("Le maire a démissionné jeudi soir.", "jeudi soir", "2019-06-06"),
        ("Il a été élu dimanche dernier.", "dimanche dernier", "2019-06-09"),
        ("Le vote se tiendra vendredi.", "vendredi", "2019-06-14"),
        ("Rendez-vous mardi prochain.", "mardi prochain", "2019-06-18"),
        ("Le procès débutera le 17 septembre.", "17 septembre", "2019-09-17"),
        ("L'usine a brûlé le 17 septembre.", "17 septembre", "2018-09-17"),
        ("L'usine a brûlé le 1er mai 2017.", "1er mai 2017", "2017-05-01"),
        ("Le mardi 11 juin, il a plu.", "mardi 11 juin", "2019-06-11"),
        ("La foire a eu lieu du 3 au 5 mai.", "du 3 au 5 mai", "2019-05-03/2019-05-05"),
        ("L'accord date de mars 2015.", "mars 2015", "2015-03"),
        ("Les prix ont baissé en mars.", "mars", "2019-03"),
        ("Les prix ont baissé en décembre dernier.", "décembre dernier", "2018-12"),
        ("Il est arrivé en 2003.", "2003", "2003"),
        ("Il est venu aujourd'hui.", "aujourd'hui", "2019-06-12"),
        ("Il est venu hier soir.", "hier soir", "2019-06-11"),
        ("Il viendra demain.", "demain", "2019-06-13"),
        ("L'accident a eu lieu il y a trois jours.", "il y a trois jours", "2019-06-09"),
        ("Il a ouvert il y a deux ans.", "il y a deux ans", "2017"),
        ("Il a plu la semaine dernière.", "la semaine dernière", "2019-06-03/2019-06-09"),
        ("Il a plu pendant le week-end.", "pendant le week-end", "2019-06-08/2019-06-09"),
        ("Le mois dernier, il a plu.", "Le mois dernier", "2019-05"),
        ("L'an dernier, il a plu.", "L'an dernier", "2018"),
        ("Dans les années 1990, il pleuvait.", "années 1990", "199X"),
        ("L'incident s'est produit dans la nuit de mardi à mercredi.",
         "dans la nuit de mardi à mercredi", "2019-06-11/2019-06-12"),
        ("La saison 2018-2019 s'achève.", "2018-2019", "2018/2019"),
        ("Il a vécu là durant l'été 2016.", "été 2016", "2016-22"),
        ("Publié le 05/06/2019 à midi.", "05/06/2019", "2019-06-05"),
    ],
)  # fmt: skip
def test_french_expressions(body: str, text: str, edtf: str) -> None:
    assert found(body) == [(text, edtf)]


@pytest.mark.parametrize(
    ("body", "text", "edtf"),
    [
        ("The mayor resigned on Wednesday.", "Wednesday", "2019-06-12"),
        ("The mayor resigned Thursday night.", "Thursday night", "2019-06-06"),
        ("The vote will take place on Friday.", "Friday", "2019-06-14"),
        ("The plant burned on September 17.", "September 17", "2018-09-17"),
        ("The trial will open on Sept. 17.", "Sept. 17", "2019-09-17"),
        ("It burned on 1 May 2017.", "1 May 2017", "2017-05-01"),
        ("It burned on Monday, May 1, 2017.", "Monday, May 1, 2017", "2017-05-01"),
        ("The fair ran from May 3 to 5.", "from May 3 to 5", "2019-05-03/2019-05-05"),
        ("Prices fell in March.", "March", "2019-03"),
        ("He arrived in 2003.", "2003", "2003"),
        ("It happened three days ago.", "three days ago", "2019-06-09"),
        ("It rained last week.", "last week", "2019-06-03/2019-06-09"),
        ("It rained over the weekend.", "over the weekend", "2019-06-08/2019-06-09"),
        ("It was common in the 1990s.", "the 1990s", "199X"),
        ("It rained yesterday.", "yesterday", "2019-06-11"),
    ],
)
def test_english_expressions(body: str, text: str, edtf: str) -> None:
    expected = "1990s" if text == "the 1990s" else text
    assert found(body, "en") in ([(text, edtf)], [(expected, edtf)])


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("La sonde s'est posée sur Mars.", "fr"),
        ("Selon France 24 et 20 Minutes, il dort.", "fr"),
        ("Il a couru 24 heures et gagné 2-0.", "fr"),
        ("La commune de 2003 habitants attend 2000 euros.", "fr"),
        ("Le marché a lieu le dimanche.", "fr"),
        ("Le musée ferme chaque mardi.", "fr"),
        ("Il lit le Journal du dimanche.", "fr"),
        ("They may march tomorrow's way.", "xx"),
        ("He may march on the capital.", "en"),
        ("Black Friday sales rose 20 percent.", "en"),
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(body: str, language: str) -> None:
    assert [t for t, _ in found(body, language)] == ([] if language != "xx" else ["tomorrow"])


def test_both_years_of_a_span_are_dates_of_their_own() -> None:
    assert found("Il fut maire entre 2010 et 2014.") == [("2010", "2010"), ("2014", "2014")]


def test_both_ends_with_their_own_month_are_dates_of_their_own() -> None:
    assert found("Entre le 17 mai et le 3 juin, il a plu.") == [
        ("17 mai", "2019-05-17"),
        ("3 juin", "2019-06-03"),
    ]


def test_a_weekday_that_contradicts_its_date_is_flagged_and_mended_by_the_known_month() -> None:
    (date,) = find_dates("Il est parti mercredi 5 mai.", "fr", "2019-06")
    assert (date.conflict, date.edtf) == (True, "2019-06-05")


def test_a_contradiction_that_nothing_mends_stays_open() -> None:
    (date,) = find_dates("Il est parti lundi 5 mai.", "fr", "2019-06")
    assert (date.conflict, date.edtf) == (True, "")


def test_a_weekday_chooses_the_year() -> None:
    assert found("L'audience du mardi 14 janvier.", published="2019-12-20") == [
        ("mardi 14 janvier", "2020-01-14")
    ]


def test_a_month_alone_leaves_weekdays_open_but_not_earlier_dates() -> None:
    body = "Il est parti mardi. Depuis le 1er mai, il pleut."
    assert found(body, published="2019-06") == [("mardi", ""), ("1er mai", "2019-05-01")]


def test_a_weekday_with_its_date_pins_the_other_weekdays() -> None:
    body = "Ce mardi 11 juin, la loi a été votée. Lundi, le ministre avait hésité."
    assert anchor_date(body, "fr", "2019-06") == "2019-06-11"
    assert found(body, published="2019-06")[1] == ("Lundi", "2019-06-10")


def test_the_weekday_after_the_pinned_day_is_the_day_of_writing() -> None:
    body = "Le mardi 11 juin, la loi a été votée. Le ministre a réagi mercredi."
    assert found(body, published="2019-06")[1] == ("mercredi", "2019-06-12")


def test_a_lone_weekday_beside_a_date_that_agrees_pins_too() -> None:
    body = "Selon un bilan de vendredi, dix feux ont éclaté entre le 17 mai et le 7 juin."
    assert anchor_date(body, "fr", "2019-06") == "2019-06-07"
    assert anchor_date(body.replace("vendredi", "jeudi"), "fr", "2019-06") == ""


def test_a_contradiction_or_a_future_date_pins_nothing() -> None:
    assert anchor_date("Il est parti mercredi 5 mai.", "fr", "2019-06") == ""
    assert anchor_date("Le vote aura lieu mardi 25 juin.", "fr", "2019-06") == ""


def test_articles_of_a_story_lend_one_another_month_and_day() -> None:
    month_only = DatedText("La loi a été votée mardi.", "fr", "2019-06")
    undated = DatedText("Ce mardi 11 juin, la loi a été votée.", "fr", "")
    assert anchor_date(*undated) == ""
    assert story_anchor([month_only, undated]) == "2019-06-11"
    assert story_anchor([undated, month_only]) == "2019-06-11"
    (date,) = find_dates(*month_only, anchor_edtf="2019-06-11")
    assert date.edtf == "2019-06-11"


def test_open_dates_can_be_resolved_later_from_their_words() -> None:
    open_dates = find_dates("Il est parti mardi, en 2019.", "fr", "2019-06")
    assert [d.edtf for d in resolve_dates(open_dates, "fr", "2019-06-12")] == ["2019-06-11", "2019"]


def test_today_in_a_quotation_is_the_day_of_the_speech() -> None:
    body = "« Nous avons gagné aujourd'hui », a-t-il dit."
    assert found(f"Il a parlé mardi. {body}")[1] == ("aujourd'hui", "2019-06-11")
    assert found(body) == [("aujourd'hui", "2019-06-12")]


WORDS = "mardi 31 décembre le 1er 2019 entre et au du - / nuit prochain il y a 99 \x00 \ud800"
PUBLICATIONS = ["", "2019", "2019-12", "2019-12-31", "9999-12-31", "0001-01-01", "x", "2019-13-40"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=25),
    st.sampled_from(PUBLICATIONS),
)
def test_dates_lie_inside_the_body_in_order(words: list[str], published: str) -> None:
    body = " ".join(words)
    dates = find_dates(body, "fr", published)
    assert all(body[d.start : d.end] == d.text for d in dates)
    assert all(a.end <= b.start for a, b in itertools.pairwise(dates))


@pytest.mark.parametrize(
    "unit", ["mardi ", "3 mai ", "1", "il y a ", "2019-", "a" * 40, "dans la nuit de "]
)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    body = unit * (30_000 // len(unit))  # anything but linear work would never come back
    dates = find_dates(body, "fr", PUBLISHED)
    assert all(body[d.start : d.end] == d.text for d in dates)
