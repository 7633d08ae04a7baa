import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.dates import parse_date, published


def _micros(*parts):
    return int(dt.datetime(*parts, tzinfo=dt.UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("declared", "edtf"),
    [
        ("2019", "2019"),
        ("2019-12", "2019-12"),
        ("2019-12-31", "2019-12-31"),
        ("20191231", "2019-12-31"),
        ("2019-12-31T18:05:00Z", "2019-12-31T18:05:00Z"),
        ("2019-12-31T18:05:00.123+01:00", "2019-12-31T17:05:00Z"),
        ("2019-12-31 18:05", "2019-12-31T18:05:00"),
        ("20191231T180500Z", "2019-12-31T18:05:00Z"),
        ("Tue, 31 Dec 2019 18:05:00 +0100", "2019-12-31T17:05:00Z"),
        ("Tue, 31 Dec 2019 18:05:00 GMT", "2019-12-31T18:05:00Z"),
        ("31 Dec 2019 18:05:00 -0000", "2019-12-31T18:05:00"),
        ("1577815500", "2019-12-31T18:05:00Z"),
        ("1577815500000", "2019-12-31T18:05:00Z"),
        ("31 décembre 2019", "2019-12-31"),
        ("1er janvier 2020", "2020-01-01"),
        ("décembre 2019", "2019-12"),
        ("mardi 31 décembre 2019 à 18h05", "2019-12-31T18:05:00"),
        ("Publié le 31 déc. 2019 à 18:05", "2019-12-31T18:05:00"),
        ("Mis à jour le 31/12/2019 à 18:05", "2019-12-31T18:05:00"),
        ("December 31, 2019", "2019-12-31"),
        ("Dec 31, 2019 at 6:05 pm", "2019-12-31T18:05:00"),
        ("31st of December 2019", "2019-12-31"),
        ("Published: 2019-12-31", "2019-12-31"),
        ("12/31/2019", "2019-12-31"),
    ],
)
def test_a_date_is_read_with_the_precision_that_it_has(declared, edtf):
    assert parse_date(declared).edtf == edtf


@pytest.mark.parametrize(
    "declared",
    [
        "",
        "31 février 2020",
        "2019-02-29",
        "2019-13",
        "2019-00-10",
        "2019-12-32",
        "2019-12-31T25:00:00Z",
        "31/31/2019",
        "0000",
        "9999-99-99",
        "mardi",
        "hier à 18h05",
        "Tue, 99 Dec 2019 18:05:00 GMT",
        "x" * 10_000,
        "2019-12-31T18:05:00+99:00",
    ],
)
def test_an_impossible_or_vague_date_is_unknown_and_never_rounded(declared):
    assert parse_date(declared) == ("", None, "")


@pytest.mark.parametrize(
    ("declared", "micros"),
    [
        ("2019", _micros(2019, 1, 1)),
        ("2019-12", _micros(2019, 12, 1)),
        ("2019-12-31", _micros(2019, 12, 31)),
        ("2019-12-31T18:05:00+01:00", _micros(2019, 12, 31, 17, 5)),
        ("2019-12-31T18:05:00", _micros(2019, 12, 31, 18, 5)),
    ],
)
def test_the_moment_is_the_start_of_the_interval_in_utc(declared, micros):
    assert parse_date(declared).at_micros == micros


def test_declared_wins_over_text_and_text_over_url():
    url = "https://example.org/2018/05/06/titre"
    assert published("2020-01-02", "2019-12", url)[::2] == ("2020-01-02", "declared")
    assert published("nonsense", "2019-12", url)[::2] == ("2019-12", "text")
    assert published("", "", url)[::2] == ("2018-05-06", "url")
    assert published("", "", "https://example.org/a")[::2] == ("", "")


@pytest.mark.parametrize(
    ("url", "edtf"),
    [
        ("https://example.org/monde/2019/12/31/titre.html", "2019-12-31"),
        ("https://example.org/2019/12/titre", "2019-12"),
        ("https://example.org/titre-20191231.html", "2019-12-31"),
        ("https://example.org/titre_2019-12-31", "2019-12-31"),
        ("https://example.org/article/20191399", ""),
        ("https://example.org/2019/13/titre", ""),
        ("https://example.org/id/120191231456", ""),
    ],
)
def test_an_address_may_hold_the_date(url, edtf):
    assert published("", "", url).edtf == edtf


@given(st.datetimes(dt.datetime(1700, 1, 1), dt.datetime(2100, 1, 1)))
@settings(max_examples=60)
def test_iso_and_rfc_822_agree(moment):
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    iso = parse_date(moment.isoformat())
    assert iso.at_micros == round(
        (moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1)
    )
    assert parse_date(f"{moment:%a, %d %b %Y %H:%M:%S} +0000") == iso


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_any_text_is_a_date_or_unknown(text):
    found = parse_date(text)
    assert bool(found.edtf) == (found.at_micros is not None)
