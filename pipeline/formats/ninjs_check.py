"""What the schemas of ninjs forbid, as far as it matters for reading.

What is read must be of the right type in any item. The rest is looked at only where an item has no
text: then it says why, better than that there is no text; an article is not lost for a property
that nobody reads. Names and types are those on which the versions 1.0 to 3.0 of the schema agree.
"""

import re
from collections.abc import Iterator, Mapping

from pipeline.formats.metadata import urgency_of
from pipeline.formats.xml import malformed

Fields = Mapping[str, object]

_TYPES = frozenset(
    "text audio video picture graphic composite component planning event animation".split()
)
_STRINGS = frozenset(
    "uri type mimetype representationtype profile versioncreated firstcreated contentcreated"
    " embargoed pubstatus copyrightnotice usageterms language byline by slugline ednote"
    " title headline".split()
)
_LISTS = frozenset(("headlines", "bodies"))
_OTHER_TYPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys("version expires copyrightholder located".split(), (str,)),
    **dict.fromkeys("charcount wordcount urgency".split(), (int, float)),
    **dict.fromkeys("$standard standard digitalsourcetype rightsinfo".split(), (dict,)),
    **dict.fromkeys("altids associations renditions".split(), (dict, list)),
    **dict.fromkeys(
        "advices descriptions event events genre genres infosource infosources object objects"
        " organisation organisations people person place places subject subjects trustindicator"
        " trustindicators".split(),
        (list,),
    ),
}
_OTHER_NAMES = frozenset(
    "keyword keywords signal signals provider eventdetails plannedcoverage".split()
)
_OBJECTS_INSIDE = frozenset(name for name, kinds in _OTHER_TYPES.items() if kinds == (list,))
_REPRESENTATIONS = ("complete", "incomplete", "full", "partial")
_EXTENDED = re.compile(r"(?:body|description|headline)_[a-z0-9_]{1,100}")


def check_ninjs(fields: Fields) -> None:
    """Refuses an item whose properties that are read are not what every schema asks.

    Raises:
        RejectError: `malformed`.
    """
    if "uri" not in fields:
        raise malformed("the ninjs item has no uri")
    for name, value in fields.items():
        if name in _STRINGS and not isinstance(value, str):
            raise malformed(f"ninjs: {name} must be a string")
        if name in _LISTS and not isinstance(value, list):
            raise malformed(f"ninjs: {name} must be a list")
        if name.startswith(("body_", "headline_")) and not isinstance(value, str):
            raise malformed(f"ninjs: {name[:40]} must be a string")
    kind = fields.get("type", "text")
    if kind not in _TYPES:
        raise malformed(f"ninjs: {str(kind)[:40]!r} is no type of item")
    version = fields.get("version", "")
    if isinstance(version, (dict, list, bool)):
        raise malformed("ninjs: version must be a string")
    urgency = fields.get("urgency", 1)
    if isinstance(urgency, (dict, list, bool)) or urgency_of(str(urgency)[:20]) is None:
        raise malformed("ninjs: urgency must be a number from 1 to 9")


def faults(fields: Fields) -> Iterator[str]:
    """What else breaks the schema, one line each, in the order of the item."""
    for name, value in fields.items():
        kinds = _OTHER_TYPES.get(name)
        if kinds is None:
            known = name in _STRINGS or name in _LISTS or name in _OTHER_NAMES
            if not (known or _EXTENDED.fullmatch(name)):
                yield f"{name[:40]!r} is no property of ninjs"
        elif not isinstance(value, kinds) or isinstance(value, bool):
            yield f"{name} must be {_said(kinds)}"
        elif isinstance(value, list) and name in _OBJECTS_INSIDE and not _all_objects(value):
            yield f"{name} must be a list of objects"
    if fields.get("representationtype", "full") not in _REPRESENTATIONS:
        yield f"representationtype must be one of {', '.join(_REPRESENTATIONS)}"


def _all_objects(entries: list[object]) -> bool:
    return all(isinstance(entry, dict) for entry in entries)


def _said(kinds: tuple[type, ...]) -> str:
    if kinds == (str,):
        return "a string"
    if dict not in kinds:
        return "a list" if list in kinds else "a number"
    return "an object or a list" if list in kinds else "an object"
