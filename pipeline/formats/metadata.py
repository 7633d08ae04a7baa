"""Values of metadata fields, made safe: one line, bounded, of the type that the records want."""

import re

from pipeline.formats.decoding import normalise

MAX_FIELD = 4_000
"""Code points of a metadata field; a longer one is no metadata."""
MAX_SUBJECTS = 1_000

_STATUSES = {
    "": "usable",
    "usable": "usable",
    "useable": "usable",
    "corrected": "corrected",
    "correction": "corrected",
    "withheld": "withheld",
    "withhold": "withheld",
    "embargoed": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "cancel": "canceled",
    "killed": "canceled",
    "kill": "canceled",
    "withdrawn": "canceled",
}
_CORRECTIONS = frozenset("correction corrected corrective corr rectification".split())
_INTEGER = re.compile(r"\d{1,19}")


def field(value: str | None) -> str:
    """A string on one line; empty if it is none, or too long for metadata."""
    if not value or len(value) > MAX_FIELD:
        return ""
    return " ".join(normalise(value).split())


def note(value: str | None) -> str:
    """A string of any length on one line, cut at `MAX_FIELD`."""
    return " ".join(normalise((value or "")[: 4 * MAX_FIELD]).split())[:MAX_FIELD]


def code(value: str) -> str:
    """The part of a code after its scheme: `usable` of `stat:usable`, or of a concept's URI."""
    return re.split(r"[:/#]", field(value).rstrip("/#:"))[-1]


def status_of(value: str) -> str | None:
    """The status that a format's word means; None if it is no known word."""
    return _STATUSES.get(code(value).lower())


def is_correction(signal: str) -> bool:
    """Whether a signal says that the item corrects an earlier version."""
    return any(word in _CORRECTIONS for word in re.split(r"[^a-z]+", signal.lower()))


def version_of(value: str | None) -> int:
    """A version number from 1 to 2**63 - 1; 1 where it is none."""
    text = (value or "").strip()
    number = int(text) if _INTEGER.fullmatch(text) else 1
    return number if 1 <= number < 2**63 else 1


def urgency_of(value: str | None) -> int | None:
    """An urgency from 1 to 9; None where it is none."""
    text = (value or "").strip()
    return int(text) if len(text) == 1 and text in "123456789" else None


def distinct(values: list[str]) -> tuple[str, ...]:
    """Values without empty ones and repeats, in their order."""
    return tuple(dict.fromkeys(value for value in map(field, values) if value))[:MAX_SUBJECTS]


def with_dateline(text: str, dateline: str) -> str:
    """The text with its dateline in front, unless it stands there already."""
    dateline = field(dateline)
    head = " ".join(text[:400].split())
    if not dateline or not text.strip() or len(dateline) > 200:
        return text
    bare = dateline.rstrip(" -–—:.")
    if head.startswith(bare) or bare in head[: len(bare) + 60]:
        return text
    joint = "" if dateline[-1] in "-–—" else " -"
    return f"{dateline}{joint} {text.lstrip()}"
