"""Which key of a JSON object is which field, where the objects have other names than wirecopy's."""

from collections.abc import Mapping

_MAX_STEPS = 20


def map_fields(item: Mapping[str, object], paths: Mapping[str, str]) -> Mapping[str, object]:
    """The object with fields taken from where the paths lead.

    Args:
        item: The object as it came.
        paths: Of a field, the key that holds it. Dots lead into objects, numbers into lists
            (`content.parts.0`); a key that is written with its dots is found as it stands. A field
            whose path leads nowhere keeps what stands under its own name.

    Returns:
        The object itself where there is nothing to map.
    """
    if not paths:
        return item
    found = {field: _follow(item, path) for field, path in sorted(paths.items())}
    return {**item, **{field: value for field, value in found.items() if value is not None}}


def _follow(item: Mapping[str, object], path: str) -> object:
    if path in item:
        return item[path]
    value: object = item
    for step in path.split(".")[:_MAX_STEPS]:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step[:9]) < len(value):
            value = value[int(step[:9])]
        else:
            return None
    return value
