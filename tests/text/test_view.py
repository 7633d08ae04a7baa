from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.view import view_of


def test_text_without_markup_is_itself():
    view = view_of("1 < 2")
    assert (view.text, view.markup) == ("1 < 2", ())
    assert view.raw_span(2, 3) == (2, 3)


def test_tags_go_and_offsets_lead_back():
    raw = "Un <b>mot</b> &amp; deux"
    view = view_of(raw)
    assert view.text == "Un mot & deux"
    start = view.text.index("deux")
    assert raw[slice(*view.raw_span(start, start + 4))] == "deux"
    assert [raw[start:end] for start, end in view.markup] == ["<b>", "</b>"]


def test_scripts_styles_and_comments_go_with_what_is_in_them():
    raw = "a<script>if (x < 1) y('<p>')</script>b<style>p {}</style>c<!-- d <p> -->e"
    assert view_of(raw).text == "abce"


def test_what_is_not_closed_goes_alone():
    assert view_of("a <!-- b").text == "a  b"
    assert view_of("a <script> b").text == "a  b"


def test_block_tags_break_lines():
    assert view_of("a<br>b<p>c</p>d").text == "a\nb\n\nc\n\nd"


def test_unknown_tags_and_entities_stay():
    assert view_of("<nom@exemple.org> &inconnu; <3").text == "<nom@exemple.org> &inconnu; <3"


def test_entities_of_line_breaks_and_invisible_characters_are_cleaned():
    assert view_of("a&#10;b&shy;c&nbsp;d&#0;").text == "a bc\xa0d\ufffd"


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<!--", "-->", "<script>", "</script>", "&amp;", "<", "&"])
        | st.text(max_size=6),
        max_size=15,
    ).map("".join)
)
@settings(max_examples=200)
def test_every_mapped_character_is_the_raw_one(raw):
    view = view_of(raw)
    for run in view.runs:
        here = view.text[run.start : run.start + run.length]
        there = raw[run.raw : run.raw + run.length]
        assert here == there or (run.length == 1 and there == "&")
