import json

import fastavro
import pytest
from pydantic.fields import FieldInfo

from pipeline.schemas import avro
from pipeline.schemas.types import Row


@pytest.mark.parametrize("dataset", avro.DATASETS)
def test_checked_in_schema_equals_the_model(dataset: str) -> None:
    assert avro.contract(dataset) == avro.render(dataset)


def _records(schema: object) -> list[dict[str, object]]:
    if isinstance(schema, list):
        return [record for part in schema for record in _records(part)]
    if not isinstance(schema, dict):
        return []
    if schema["type"] == "record":
        return [schema, *(r for field in schema["fields"] for r in _records(field["type"]))]
    return _records(schema.get("items", "string"))


@pytest.mark.parametrize("dataset", avro.DATASETS)
def test_every_field_of_every_record_has_a_doc(dataset: str) -> None:
    records = _records(json.loads(avro.contract(dataset)))
    assert records
    for record in records:
        for field in record["fields"]:
            assert field["doc"].strip(), f"{record['name']}.{field['name']}"


def _unions(schema: object) -> list[list[object]]:
    if isinstance(schema, list):
        return [schema, *(u for part in schema for u in _unions(part))]
    if not isinstance(schema, dict):
        return []
    if schema["type"] == "record":
        return [union for field in schema["fields"] for union in _unions(field["type"])]
    return _unions(schema.get("items", "string"))


@pytest.mark.parametrize("dataset", avro.DATASETS)
def test_unions_are_null_first_with_two_branches(dataset: str) -> None:
    for union in _unions(json.loads(avro.contract(dataset))):
        assert union[0] == "null"
        assert len(union) == 2


@pytest.mark.parametrize("dataset", avro.DATASETS)
def test_nothing_outside_the_portable_profile_is_used(dataset: str) -> None:
    text = avro.contract(dataset)
    for word in ('"map"', '"enum"', '"fixed"', '"decimal"', "local-timestamp", '"float"'):
        assert word not in text


@pytest.mark.parametrize("dataset", avro.DATASETS)
def test_fastavro_accepts_the_schema(dataset: str) -> None:
    assert fastavro.parse_schema(json.loads(avro.contract(dataset)))["type"] == "record"


def test_a_field_without_an_avro_type_is_refused() -> None:
    class Odd(Row):
        """Odd."""

        value: complex

    assert isinstance(Odd.model_fields["value"], FieldInfo)
    with pytest.raises(TypeError, match="no Avro type"):
        avro.schema_of(Odd)
