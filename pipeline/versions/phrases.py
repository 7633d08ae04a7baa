"""The phrases of notices, from `lexicons/notices.yaml`, as patterns over folded text."""

import functools
import re
import unicodedata
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

import yaml

ACTIONS = ("cancel", "withhold", "correct")
"""What a notice asks for; where several fit, the first."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\xa0": " ", "\u202f": " "})
_OPENING = r"[\s*/\[(<#|«\"“_=-]*"
_CLOSING = r"[\s*/\])>#|»\"”_=]*(?:[:.,;!–—-]+|$|\n|(?<=[*/\])>|]))"


class Phrases(NamedTuple):
    """Compiled lexicon.

    Attributes:
        opening: By action: what opens a notice, with the groups `phrase` and `word`.
        addressed: What speaks to editors.
        number: What announces an item number, with the group `number`.
        slug: What announces a slug, with the group `slug`.
    """

    opening: dict[str, re.Pattern[str]]
    addressed: re.Pattern[str]
    number: re.Pattern[str]
    slug: re.Pattern[str]


@functools.cache
def phrases() -> Phrases:
    """The lexicon, loaded once a process."""
    file = resources.files("pipeline.versions").joinpath("lexicons", "notices.yaml")
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    labels = "|".join(data["labels"])
    opening: dict[str, re.Pattern[str]] = {}
    for action in ACTIONS:
        sure, words = _any(data[action]["phrases"]), _any(data[action]["words"])
        opening[action] = re.compile(
            rf"{_OPENING}(?:(?:{labels})[\s:*/–—-]+)?(?:(?P<phrase>{sure})|(?P<word>{words}))"
            rf"(?:[\s-]+(?:{labels}|{sure}|{words})){{0,4}}{_CLOSING}"
        )
    numbers = (
        rf"(?<!\w)(?:{_any(data['numbers'])})(?:[°º.:#]|\s)*(?P<number>[a-z]{{0,4}}\d{{3,8}})\b"
    )
    slugs = rf"(?<!\w)(?:{_any(data['slugs'])})\s*:?\s*(?P<slug>[\w&'/.-]{{3,80}})"
    return Phrases(
        opening,
        re.compile(rf"(?<!\w)(?:{_any(data['addressed'])})(?!\w)"),
        re.compile(numbers),
        re.compile(slugs),
    )


def _any(words: Sequence[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered)


def fold(text: str) -> str:
    """Text without case, accents and typographic apostrophes; lines are kept.

    Character by character, so that places in it are places in the text.
    """
    return "".join(map(_fold_character, text.translate(_APOSTROPHES)))


@functools.lru_cache(maxsize=4_096)
def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1].lower()
    return base if len(base) == 1 and not base.isspace() else character.lower()[:1] or character
