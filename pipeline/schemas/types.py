"""Column types of the data contract, in the portable Avro profile.

The profile is what every warehouse reads alike: strings rather than enums, no maps, null-first
unions with default null, timestamps in microseconds, and a `doc` on every field.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


class AvroLogical(str):
    """Marks an integer column with an Avro logical type."""

    __slots__ = ()


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


OptionalText = Annotated[str | None, BeforeValidator(_none_if_empty)]
"""A string column that is null where nothing is known (never an empty string)."""

Timestamp = Annotated[int, AvroLogical("timestamp-micros")]
"""Microseconds since 1970-01-01T00:00:00Z."""


class Row(BaseModel):
    """A record of the contract: built from a stage's named tuple by attribute, frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)
