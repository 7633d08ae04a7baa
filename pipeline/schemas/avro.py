"""From pydantic models to Avro schemas, and the checked-in contract that they must equal."""

import functools
import json
import types
import typing
from importlib import resources
from typing import Any

import fastavro
from pydantic.fields import FieldInfo

from pipeline.schemas import models
from pipeline.schemas.types import AvroLogical, Row

NAMESPACE = "wirecopy.v1"

DATASETS: dict[str, type[Row]] = {
    "articles": models.ArticleRow,
    "copies": models.CopyRow,
    "stories": models.StoryRow,
    "events": models.StoryEventRow,
    "rejects": models.RejectRow,
    "index": models.IndexRow,
}
"""The datasets by folder name, in the order in which they are written and shown."""

_PRIMITIVES: dict[Any, str] = {
    str: "string",
    int: "long",
    float: "double",
    bool: "boolean",
    bytes: "bytes",
}


def schema_of(model: type[Row]) -> dict[str, Any]:
    """Builds the Avro schema of a model, `doc` on every field included."""
    schema: dict[str, Any] = _record(model, set())
    return schema


def _record(model: type[Row], named: set[str]) -> Any:
    name = model.__name__.removesuffix("Row")
    if name in named:  # Avro defines a named type once and refers to it afterwards
        return f"{NAMESPACE}.{name}"
    named.add(name)
    return {
        "type": "record",
        "name": name,
        "namespace": NAMESPACE,
        "doc": (model.__doc__ or "").strip(),
        "fields": [_field(key, info, named) for key, info in model.model_fields.items()],
    }


def _field(name: str, info: FieldInfo, named: set[str]) -> dict[str, Any]:
    logical = next((str(m) for m in info.metadata if isinstance(m, AvroLogical)), None)
    field: dict[str, Any] = {
        "name": name,
        "type": _type(info.annotation, logical, named),
        "doc": info.description,
    }
    if not info.is_required():
        default = info.get_default()
        field["default"] = [] if default == () else default
    return field


def _type(annotation: Any, logical: str | None, named: set[str]) -> Any:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        inner = next((str(m) for m in arguments[1:] if isinstance(m, AvroLogical)), logical)
        return _type(arguments[0], inner, named)
    if origin in (types.UnionType, typing.Union):
        (inner_type,) = (a for a in arguments if a is not type(None))
        return ["null", _type(inner_type, logical, named)]
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0], None, named)}
    if annotation in _PRIMITIVES:
        primitive = _PRIMITIVES[annotation]
        return {"type": primitive, "logicalType": logical} if logical else primitive
    if isinstance(annotation, type) and issubclass(annotation, Row):
        return _record(annotation, named)
    raise TypeError(f"no Avro type for {annotation!r}")


@functools.cache
def contract(dataset: str) -> str:
    """The checked-in schema of a dataset as it stands in its `.avsc` file."""
    return (resources.files("pipeline.schemas") / "avsc" / f"{dataset}.avsc").read_text("utf-8")


@functools.cache
def parsed_contract(dataset: str) -> Any:
    """The checked-in schema of a dataset, parsed by fastavro."""
    return fastavro.parse_schema(json.loads(contract(dataset)))


@functools.cache
def schema_fingerprint(dataset: str) -> str:
    """CRC-64-AVRO of the canonical form, 16 hex digits: the usual id of an Avro schema."""
    canonical = fastavro.schema.to_parsing_canonical_form(json.loads(contract(dataset)))
    return str(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))


def render(dataset: str) -> str:
    """The text that the `.avsc` file of a dataset must hold."""
    return json.dumps(schema_of(DATASETS[dataset]), indent=2, ensure_ascii=False) + "\n"
