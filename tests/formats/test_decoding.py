import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RejectError
from pipeline.formats.decoding import decode, normalise

FRENCH = "L’été dernier, « cœur » et naïveté : ça coûte 20 € à Noël, a-t-il répété."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_french_is_read_in_every_encoding_of_the_press(encoding):
    assert decode(FRENCH.encode(encoding)) == FRENCH


def test_latin_1_is_read():
    text = "L'été dernier, la naïveté a coûté cher à l'île."
    assert decode(text.encode("latin-1")) == text


def test_one_accent_is_enough_to_tell_latin_1_from_utf_8():
    assert decode("Un café.".encode("latin-1")) == "Un café."


def test_bytes_that_cp1252_lacks_are_dropped_as_latin_1_controls():
    payload = ("L'été " * 20).encode("latin-1") + b"\x81"
    assert decode(payload) == "L'été " * 20


def test_utf_8_with_one_wrong_byte_stays_utf_8():
    payload = FRENCH.encode() * 3 + b" caf\xe9"
    assert decode(payload) == FRENCH * 3 + " café"


def test_utf_8_cut_inside_a_character_keeps_the_rest():
    assert decode((FRENCH + "é").encode()[:-1]).startswith(FRENCH)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Президент объявил во вторник о новых мерах поддержки.", "cp1251"),
        ("Ο πρόεδρος ανακοίνωσε την Τρίτη νέα μέτρα στήριξης.", "cp1253"),
        ("大統領は火曜日に新しい支援策を発表しました。", "shift_jis"),
        ("总统星期二宣布了新的支持措施。", "gbk"),
        ("L'été, la naïveté a été coûteuse à Noël, répète-t-il.", "cp850"),
    ],
)
def test_other_eight_bit_encodings_are_rejected_not_garbled(text, encoding):
    with pytest.raises(RejectError, match="undecodable"):
        decode(text.encode(encoding))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_line_break_becomes_a_line_feed(ending):
    assert normalise(f"un{ending}deux") == "un\ndeux"


def test_controls_surrogates_and_invisible_characters_go():
    assert normalise("a\0b\x07c\ud800d\xade\u200bf\ufeffg\x9fh\ti") == "abcdefgh\ti"


def test_letters_and_their_accents_become_one_character():
    assert normalise("e\u0301te\u0301") == "été"


def test_double_encoded_text_is_left_as_it_is():
    assert decode("Ã©tÃ©".encode()) == "Ã©tÃ©"


@given(st.text())
@settings(max_examples=150)
def test_normalising_twice_changes_nothing_and_the_result_is_utf_8(text):
    once = normalise(text)
    once.encode("utf-8")
    assert normalise(once) == once


@given(st.text(alphabet=st.characters(codec="utf-8")))
@settings(max_examples=100)
def test_utf_8_is_always_read_as_utf_8(text):
    if "\0" not in text:
        assert decode(text.encode()) == normalise(text)


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_decode_or_are_rejected(payload):
    with contextlib.suppress(RejectError):
        decode(payload).encode("utf-8")
