"""Loads the YAML lexicons of this package, once a process, and folds text to compare with them."""

import functools
import unicodedata
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\xa0": " ", "\u202f": " "})


@functools.cache
def load_lexicon(name: str) -> Any:
    """Reads `pipeline/text/lexicons/NAME.yaml`.

    The caller must not change what it gets: it is shared.
    """
    file = resources.files("pipeline.text").joinpath("lexicons", f"{name}.yaml")
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506


def fold(text: str) -> str:
    """Text without case, accents and typographic apostrophes, its blanks made single.

    The length may change: offsets in the result mean nothing in the text.
    """
    text = text.translate(_APOSTROPHES)
    if not text.isascii():
        text = "".join(
            character
            for character in unicodedata.normalize("NFKD", text)
            if not unicodedata.combining(character)
        )
    return " ".join(text.casefold().split())
