"""Rows read back from Avro become the stages' records again."""

import datetime
import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pipeline.records import Article, CopyPair, Reject, Story, Tags

_T = TypeVar("_T")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of an `articles` row."""
    return _build(Article, row)


def tags_of(row: Mapping[str, Any]) -> Tags:
    """The tags of an `articles` row."""
    return _build(Tags, row)


def pair_of(row: Mapping[str, Any]) -> CopyPair:
    """The pair of a `copies` row."""
    return _build(CopyPair, row)


def story_of(row: Mapping[str, Any]) -> Story:
    """The story of a `stories` row."""
    return _build(Story, row)


def reject_of(row: Mapping[str, Any]) -> Reject:
    """The reject of a `rejects` row."""
    return _build(Reject, row)


def micros(moment: datetime.datetime) -> int:
    """Microseconds since the epoch of an aware datetime."""
    return (moment - _EPOCH) // _MICROSECOND


def _build(kind: type[_T], row: Mapping[str, Any]) -> _T:
    fields: Any = kind
    return kind(**{name: read(row[name]) for name, read in _readers(fields) if name in row})


@functools.cache
def _readers(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((name, _reader(hints[name])) for name in kind._fields)


def _reader(annotation: Any) -> Callable[[Any], Any]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda values: tuple(item(value) for value in values)
    if isinstance(annotation, type) and hasattr(annotation, "_fields"):
        return lambda value: _build(annotation, value)
    if annotation is str:  # the contract says null where the records say ""
        return lambda value: "" if value is None else value
    if annotation is int:
        return lambda value: micros(value) if isinstance(value, datetime.datetime) else value
    return lambda value: value
