"""Names that are longer than what the model saw.

`université de` [Nantes] is an organisation, [Vincent] `Exemplaire` a person, and an acronym in
brackets after an organisation is that organisation.
"""

import re
from collections.abc import Sequence

from pipeline.tagging.doubtful_names import is_common
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import is_capitalised, name_key, words_of

# `(tribunal) de `, `(université) d'`.
_LINK = re.compile(r" (?:de (?:la |l['’])?|d['’]|du |des |of )\Z")
_SURNAME = re.compile(
    r" ((?:(?:Le|La|De|Van|Ben|El|Al|de|van|von|di|al)[ -])?[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ])"
)
_STREET = re.compile(
    r"\b(?:rue|avenue|boulevard|place|quai|square|esplanade) "
    r"(?:de (?:la |l['’])?|d['’]|du |des )?\Z"
)
_SOME = re.compile(
    r"\b(?:une?|des|ce|cette|ces|sa|son|ses|leurs?|notre|quelques|plusieurs|deux|trois|chaque) \Z"
)
_BUILDING = re.compile(
    r"\b(?:gare|aéroport|stade|hôpital|clinique|lycée|collège|pont|tour|palais|musée|théâtre|"
    r"centre hospitalier|prison|cathédrale|église|basilique|mosquée|château|parc|porte-avions) \Z"
)
_CAPITALISED = re.compile(r"\b([A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)*) \Z")
_BRACKET = re.compile(r"[ \u00a0]\([\"«“]?\Z")


def extend_names(reading: Reading, names: Sequence[Named]) -> list[Named]:
    """Grows names to their full length; they come and go in text order, without overlaps."""
    grown: list[Named] = []
    for index, name in enumerate(names):
        floor = grown[-1].end if grown else 0
        ceiling = names[index + 1].start if index + 1 < len(names) else len(reading.body)
        longer = (
            _institution(reading.body, name, floor)
            or _landmark(reading.body, name, floor)
            or _facility(reading.body, name, floor)
            or _forename(reading, name, floor)
            or _person(reading.body, name, ceiling)
        )
        if longer is None and grown:
            longer = _acronym(reading.body, grown[-1], name)
        grown.append(longer or name)
    return grown


def _institution(body: str, name: Named, floor: int) -> Named | None:
    if name.kind != "name" or name.label not in ("LOC", "PER", "MISC"):
        return None
    window = max(floor, name.start - 50)
    link = _LINK.search(body, window, name.start)
    if link is None:
        return None
    # The head, or the head and one word more: "tribunal", "tribunal correctionnel".
    before = words_of(body[window : link.start()])[-2:]
    heads = [w for w in before if w.folded in load_words("cues", "town_institution_heads")]
    if not heads or not body[window + heads[0].start : link.start()].replace(" ", "").isalpha():
        return None
    start = window + heads[0].start
    country = name.entries[0].country if name.entries else name.country
    return Named(start, name.end, body[start : name.end], "ORG", country=country)


def _landmark(body: str, name: Named, floor: int) -> Named | None:
    """`Cap` [Exemple], `Mont` [Exemple]: a natural place, its first word with a capital."""
    head = _CAPITALISED.search(body, max(floor, name.start - 20), name.start)
    if head is None or name.kind != "name" or name.label not in ("LOC", "PER"):
        return None
    if name_key(head.group(1)) not in load_words("cues", "region_heads"):
        return None
    country = name.entries[0].country if name.entries else name.country
    return Named(head.start(), name.end, body[head.start() : name.end], "LOC", country=country)


def _forename(reading: Reading, name: Named, floor: int) -> Named | None:
    """`le docteur Anne` [Exemple], `Zoe` [Example]: a forename that the model left outside."""
    body = reading.body
    if name.label != "PER" or name.entries:
        return None
    if reading.language == "en" and len(words_of(name.text)) > 1:
        return None
    first = _CAPITALISED.search(body, max(floor, name.start - 20), name.start)
    if first is None:
        return None
    key = name_key(first.group(1))
    strange = reading.language == "en" and not is_common(reading, key)
    if key in load_words("first_names", "names") or (strange and not _names_no_person(key)):
        return name._replace(start=first.start(), text=body[first.start() : name.end])
    before = words_of(body[max(0, first.start() - 20) : first.start()])
    titles = load_words("cues", "honorifics") | load_words("cues", "roles")
    if not before or before[-1].folded not in titles or name_key(first.group(1)) in titles:
        return None
    return name._replace(start=first.start(), text=body[first.start() : name.end])


def _names_no_person(word: str) -> bool:
    """Whether a word beside a surname is a title, an office or the like."""
    words = load_words("cues", "never") | load_words("cues", "honorifics")
    return word in words | load_words("cues", "roles") | load_words("names_en", "titles")


def _facility(body: str, name: Named, floor: int) -> Named | None:
    """`rue de` [Trévise], `lycée` [Victor Exemple]: a street, or a building in honour of one."""
    if name.kind != "name" or name.label == "ORG":
        return None
    window = max(floor, name.start - 25)
    head = _STREET.search(body, window, name.start) or _BUILDING.search(body, window, name.start)
    if head is None or (name.label == "PER" and head.group().startswith("place d")):
        return None  # `à la place de` [Paul Exemple]
    if _SOME.search(body, max(0, head.start() - 12), head.start()):
        return None  # `sur une place de` [Richmond]
    start = head.start()
    country = name.entries[0].country if name.entries else name.country
    return Named(start, name.end, body[start : name.end], "LOC", country=country)


def _person(body: str, name: Named, ceiling: int) -> Named | None:
    """A first name alone, with a capitalised word after it that nothing else claims."""
    if name.entries or name.kind != "name" or len(words_of(name.text)) > 1:
        return None
    if name_key(name.text) not in load_words("first_names", "names"):
        return None
    surname = _SURNAME.match(body, name.end)
    if surname is None or surname.end() > ceiling:
        return None
    return name._replace(end=surname.end(), text=body[name.start : surname.end()], label="PER")


def _acronym(body: str, before: Named, name: Named) -> Named | None:
    """`Institut des exemples (Idex)`: what stands in the brackets is no person or place."""
    if before.label != "ORG" or name.label == "ORG" or name.kind != "name" or name.entries:
        return None
    short = " " not in name.text and len(name.text) <= 8 and is_capitalised(name.text)
    same_initial = name_key(name.text)[:1] == name_key(before.text)[:1]
    if short and same_initial and _BRACKET.match(body, before.end, name.start):
        return name._replace(label="ORG")
    return None
