"""Addresses, waits, and what is remembered."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.address import is_public
from pipeline.fetch.politeness import backoff, retry_after
from pipeline.fetch.poll import source_name
from pipeline.fetch.state import FeedState, load_states, save_states


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "2001:db8::1", "localhost", "",
    ],
)  # fmt: skip
def test_what_is_not_on_the_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_what_is_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.integers(1, 60), st.text(max_size=20))
def test_waits_double_within_bounds_and_repeat(tries: int, key: str) -> None:
    wait = backoff(1.0, tries, key)
    longest = 2.0 ** min(tries - 1, 30)
    assert longest / 2 <= wait <= longest
    assert wait == backoff(1.0, tries, key)


def test_feeds_that_fail_together_come_back_apart() -> None:
    assert len({backoff(1.0, 1, f"https://{n}.example/") for n in range(50)}) > 40


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 40, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=100.0) == seconds


def test_the_state_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = str(tmp_path / ".state/feeds.json")
    states = {
        "https://a.example/": FeedState('"1"', "yesterday", "ab", 5, 9, 2, "http_error: x", ("m",)),
        "https://b.example/": FeedState(),
    }
    save_states(path, states)
    assert load_states(path) == states
    assert [file.name for file in (tmp_path / ".state").iterdir()] == ["feeds.json"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": 2, "feeds": {}}', '{"format": 1, "feeds": []}', "[" * 9_999],
)
def test_a_damaged_state_is_no_state(tmp_path: Path, text: str) -> None:
    (tmp_path / "feeds.json").write_text(text)
    assert load_states(str(tmp_path / "feeds.json")) == {}


def test_fields_of_a_wrong_type_are_left_out(tmp_path: Path) -> None:
    fields = {"etag": 5, "polled_at": "x", "settled": ["a", 1], "unknown": True}
    (tmp_path / "f").write_text(json.dumps({"format": 1, "feeds": {"u": fields, "v": 3}}))
    assert load_states(str(tmp_path / "f")) == {"u": FeedState(settled=("a",))}


def test_names_and_passwords_stay_out_of_the_tables() -> None:
    assert source_name("https://me:secret@a.example:8080/f?x=1") == "https://a.example:8080/f?x=1"
    assert source_name("https://[broken") == "https://[broken"
