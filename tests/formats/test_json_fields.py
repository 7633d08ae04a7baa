"""Fields of JSON objects under other names."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Config, ReadConfig
from pipeline.formats.json_fields import map_fields
from pipeline.formats.parse import parse_item
from pipeline.records import RawItem
from pipeline.transforms.clean import deliver
from pipeline.versions.resolve import Delivery

ITEM = {
    "ref": 12,
    "content": {"parts": ["Le conseil a voté.", "Le maire sourit."], "head.line": "Le budget"},
    "title": "Sans titre",
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("content.parts", ITEM["content"]["parts"]),  # type: ignore[index]
        ("content.parts.1", "Le maire sourit."),
        ("ref", 12),
    ],
)
def test_a_path_leads_into_objects_and_lists(path: str, value: object) -> None:
    assert map_fields(ITEM, {"text": path})["text"] == value


@pytest.mark.parametrize("path", ["", "content.parts.9", "content.parts.x", "ref.x", "absent"])
def test_a_path_that_leads_nowhere_leaves_the_field_as_it_is(path: str) -> None:
    assert map_fields(ITEM, {"title": path})["title"] == "Sans titre"


def test_a_key_with_dots_is_found_as_it_stands() -> None:
    assert map_fields({"a.b": "x", "a": {"b": "y"}}, {"text": "a.b"})["text"] == "x"


def test_an_object_is_read_by_the_mapping_even_if_it_resembles_a_wire() -> None:
    payload = json.dumps({"uri": "https://a.example/1", "main": "Le conseil a voté."}).encode()
    fields = {"text": "main", "url": "uri", "id": "uri"}
    item = parse_item(RawItem("x", payload, "json"), fields=fields)
    assert (item.text, item.url, item.guid) == (
        "Le conseil a voté.", "https://a.example/1", "https://a.example/1",
    )  # fmt: skip


def test_a_run_uses_the_mapping_of_its_configuration() -> None:
    config = Config(read=ReadConfig(fields={"text": "content.parts", "id": "ref"}))
    found = deliver(RawItem("x", json.dumps(ITEM).encode(), "json"), config, 0)
    assert isinstance(found, Delivery)
    assert found.article.guid == "12"
    assert found.article.body == "Le conseil a voté.\n\nLe maire sourit."


@given(
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["a", "b", "0", "a.b"]), inner, max_size=3)
        ),
        max_leaves=12,
    ),
    st.lists(st.sampled_from(["a", "b", "0", "1", ""]), max_size=5).map(".".join),
)
def test_any_path_may_be_asked_of_any_object(value: object, path: str) -> None:
    found = map_fields({"a": value}, {"text": path})
    assert found["a"] == value
