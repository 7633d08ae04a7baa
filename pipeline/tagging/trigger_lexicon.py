"""The lexicons of event coding: triggers (`events_LL.yaml`), word classes (`event_words_LL.yaml`).

A trigger is a verb, noun or phrase that names a happening of one PLOVER type. Its `args` say where
in the sentence the one who does it and the one it is done to stand:

    args: subj > obj contre

reads "the actor is the subject; the recipient is the object, else what follows *contre*". Roles are
`subj` and `obj` (logical: a passive is turned round), `of` (de, of; `site` if it is a place or
building, `of_actor` if it is not), `adj` (américain), `poss` (son), `comp` (the subject of the
clause that follows), `speaker` (who says the sentence), or a preposition. `+` in place of `>` makes
both sides actors, as in a meeting. Patterns that many triggers share have a name under `patterns`.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipeline.errors import ConfigError

EVENT_TYPES = (
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST REJECT ACCUSE THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT"
).split()
STRENGTHS = ("strong", "medium", "weak")
LANGUAGES = ("fr", "en")

# Stands in a condition for any state or organisation that is named ("Israël a frappé").
STATE = "*"
# The same for a named person who has a country: an official as far as the text tells.
OFFICIAL = "@"

_FOLDER = Path(__file__).parent / "lexicons"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEFAULT_PATTERNS = {"verb": "verb", "noun": "noun", "adjective": "noun"}


class Trigger(NamedTuple):
    """One entry of a lexicon.

    Attributes:
        words: Lemmas in the order they stand; a phrase has several.
        head: Index of the word that the arguments hang on.
        part: `verb`, `noun` or `adjective`.
        type: PLOVER type.
        mode: PLOVER mode; empty where none fits.
        actor_roles: Where the actor stands, best first.
        recipient_roles: Where the recipient stands, best first.
        mutual: Both sides are actors.
        objects: Lemmas one of which the object must be; empty if any will do.
        subjects: The same for the subject.
        beside: Lemmas one of which must stand close after the trigger; empty if none need.
        reflexive: It needs "se" ("s'emparer").
        future: The type when it is still to come ("seront tenus pour responsables" is
            THREATEN); empty: the same type, or what PLOVER says of its future.
        negated: The type when it is negated ("n'accepte pas" is REJECT); empty: same type.
        strength: `strong` triggers need one participant or a number; `medium` ones an
            institution, state or group; `weak` ones that on both sides, or a state's name.
        example: A sentence of our own that holds this event.
        order: Place in the file, for ties.
    """

    words: tuple[str, ...]
    head: int
    part: str
    type: str
    mode: str
    actor_roles: tuple[str, ...]
    recipient_roles: tuple[str, ...]
    mutual: bool
    objects: frozenset[str]
    subjects: frozenset[str]
    beside: frozenset[str]
    reflexive: bool
    negated: str
    future: str
    strength: str
    example: str
    order: int


class EventWords:
    """The word classes and closed lists of one language; see the YAML file's own comments."""

    def __init__(self, language: str, data: Mapping[str, Any]) -> None:
        self.language = language
        self.classes: dict[str, frozenset[str]] = {
            name: _words(words) for name, words in data["classes"].items()
        }
        self.domains: dict[str, frozenset[str]] = {
            name: _words(words) for name, words in data["domains"].items()
        }
        self.content_modes: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
            kind: tuple((mode, _words(words)) for mode, words in modes.items())
            for kind, modes in data["content_modes"].items()
        }
        self.contractions: dict[str, str] = dict(data["contractions"])
        self._lists: dict[str, frozenset[str]] = {
            name: _words(words) for name, words in data.items() if isinstance(words, list)
        }

    def list(self, name: str) -> frozenset[str]:
        """A closed list, such as `light_verbs`.

        Raises:
            KeyError: There is none of that name.
        """
        return self._lists[name]


class TriggerLexicon(NamedTuple):
    """All triggers of one language, and its word classes."""

    language: str
    triggers: tuple[Trigger, ...]
    words: EventWords


@functools.cache
def load_trigger_lexicon(language: str) -> TriggerLexicon:
    """Reads the lexicon of a language once a process.

    Raises:
        ConfigError: There is none, or an entry is wrong; the message names it.
    """
    if language not in LANGUAGES:
        raise ConfigError(f"no event lexicon for language {language!r}; there are {LANGUAGES}")
    words = EventWords(language, _read(f"event_words_{language}.yaml"))
    data = _read(f"events_{language}.yaml")
    triggers: list[Trigger] = []
    for part in ("verb", "noun", "adjective"):
        for entry in data.get(f"{part}s", []):
            triggers.append(_trigger(entry, part, words, data["patterns"], len(triggers)))
    return TriggerLexicon(language, tuple(triggers), words)


def _read(name: str) -> Any:
    return yaml.load((_FOLDER / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506


def _words(words: object) -> frozenset[str]:
    if not isinstance(words, list):
        raise ConfigError(f"event words: a list is expected, not {words!r}")
    return frozenset(str(word).lower() for word in words)


def _trigger(
    entry: Mapping[str, Any],
    part: str,
    words: EventWords,
    patterns: Mapping[str, str],
    order: int,
) -> Trigger:
    name = entry.get("trigger", "?")
    unknown = set(entry) - _KEYS
    if unknown or entry.get("type") not in EVENT_TYPES or not entry.get("example"):
        raise ConfigError(f"event trigger {name!r}: wrong type, no example, or unknown {unknown}")
    strength = str(entry.get("strength", "medium"))
    if strength not in STRENGTHS:
        raise ConfigError(f"event trigger {name!r}: strength is one of {STRENGTHS}")
    pattern = str(entry.get("args", _DEFAULT_PATTERNS[part]))
    pattern = patterns.get(pattern, pattern)
    mutual = "+" in pattern
    actors, _, recipients = pattern.replace("+", ">").partition(">")
    written = str(name).lower().replace("'", "' ").split()
    # Elided articles and prepositions may or may not stand; the gap between words allows them.
    parts = tuple(word for word in written if not word.endswith("'") and word != "se")
    return Trigger(
        words=parts,
        # An English noun phrase ends in its head ("air strike"); all others begin with it.
        head=len(parts) - 1 if words.language == "en" and part == "noun" else 0,
        part=part,
        type=str(entry["type"]),
        mode=str(entry.get("mode", "")),
        actor_roles=tuple(actors.split()),
        recipient_roles=tuple(recipients.split()),
        mutual=mutual,
        objects=_condition(entry.get("object"), words),
        subjects=_condition(entry.get("subject"), words),
        reflexive=written[0] in ("se", "s'"),
        beside=_condition(entry.get("beside"), words),
        negated=str(entry.get("negated", "")),
        future=str(entry.get("future", "")),
        strength=strength,
        example=str(entry["example"]),
        order=order,
    )


_KEYS = frozenset(
    "trigger type mode args object subject beside negated future strength example".split()
)


def _condition(value: object, words: EventWords) -> frozenset[str]:
    """Lemmas of a condition; `<name>` stands for a word class."""
    if value is None:
        return frozenset()
    found: set[str] = set()
    for item in value if isinstance(value, list) else [value]:
        word = str(item).lower()
        if word.startswith("<") and word.endswith(">"):
            found |= words.classes[word[1:-1]]
            if word == "<institutions>":
                found.add(STATE)
            if word == "<officials>":
                found.add(OFFICIAL)
        else:
            found.add(word)
    return frozenset(found)
