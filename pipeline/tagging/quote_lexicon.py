"""What a language puts around quotations: cue verbs with their forms, pronouns, titles, names."""

import functools
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_FOLDER = Path(__file__).parent / "lexicons"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class QuoteLexicon(NamedTuple):
    """One language's words around quotations, all in lower case.

    Attributes:
        finite_cues: Finite forms of cue verbs ("affirme", "disait", "said").
        participle_cues: Past participles and gerunds of cue verbs ("affirmé", "affirmant").
        prepositional: Phrases that the speaker follows ("selon", "according to"), by their first
            word, longest first.
        bridges: Words between a preposition and a name ("de la famille X", "de M. X").
        strangers: Heads of role phrases that are never the person who spoke before.
        finite: Finite forms of frequent verbs: they tell a clause from a fragment.
        endings: Endings that only finite forms have.
    """

    language: str
    finite_cues: frozenset[str]
    participle_cues: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    prepositional: dict[str, tuple[tuple[str, ...], ...]]
    statements: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    plural: frozenset[str]
    neutral: frozenset[str]
    demonstratives: frozenset[str]
    clitics: frozenset[str]
    determiners: frozenset[str]
    complements: frozenset[str]
    np_stops: frozenset[str]
    links: frozenset[str]
    finite: frozenset[str]
    subjects: frozenset[str]
    bridges: frozenset[str]
    strangers: frozenset[str]
    subordinators: frozenset[str]
    female_words: frozenset[str]
    male_words: frozenset[str]
    endings: re.Pattern[str]

    @property
    def pronouns(self) -> frozenset[str]:
        """All pronouns that can be a speaker."""
        return self.male | self.female | self.plural | self.neutral


_ENDINGS = {
    "fr": re.compile(
        r"(?!(?:ex|re|por|at|bien|par|satis)?(?:trait|fait)$|souhait$|lait$)"
        r"\w{2,}(?:ait|aient|erons|erez|èrent|(?:er|ir|dr|vr|ur|rr)(?:a|ai|ont))$"
    ),
    "en": re.compile(r"\w+n['’]t$"),
}


@functools.cache
def load_quote_lexicon(language: str) -> QuoteLexicon:
    """Loads a language's lexicon, once; English serves languages that have none of their own."""
    code = language if language in _ENDINGS else "en"
    text = (_FOLDER / f"quotes_{code}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    finite, participles = _french_forms(data) if code == "fr" else _english_forms(data)
    pronouns = data["pronouns"]
    phrases = sorted((tuple(p.split()) for p in data["prepositional"]), key=lambda p: (-len(p), p))
    return QuoteLexicon(
        language=code,
        finite_cues=frozenset(finite),
        participle_cues=frozenset(participles),
        auxiliaries=frozenset(data["auxiliaries"]),
        adverbs=frozenset(data["adverbs"]),
        prepositional={
            first: tuple(phrase for phrase in phrases if phrase[0] == first)
            for first, *_ in sorted(phrases)
        },
        statements=frozenset(data["statements"]),
        male=frozenset(pronouns["male"]),
        female=frozenset(pronouns["female"]),
        plural=frozenset(pronouns["plural"]),
        neutral=frozenset(pronouns["neutral"]),
        demonstratives=frozenset(data["demonstratives"]),
        clitics=frozenset(data["clitics"]),
        determiners=frozenset(data["determiners"]),
        complements=frozenset(data["complement_prepositions"]),
        np_stops=frozenset(data["np_stops"]),
        links=frozenset(data["subject_links"]),
        finite=frozenset(data["finite"]),
        subjects=frozenset(data["subject_pronouns"]),
        bridges=frozenset(data["bridges"]),
        strangers=frozenset(data["strangers"]),
        subordinators=frozenset(data["subordinators"]),
        female_words=frozenset(data["female_titles"]) | frozenset(data["female_names"]),
        male_words=frozenset(data["male_titles"]) | frozenset(data["male_names"]),
        endings=_ENDINGS[code],
    )


def _french_forms(data: dict[str, Any]) -> tuple[set[str], set[str]]:
    finite: set[str] = set()
    participles: set[str] = set()
    for verb in data["verbs_er"]:
        _add_er(verb[:-2], finite, participles)
    for verb in data["verbs_ir"]:
        stem = verb[:-2]
        finite.update(stem + end for end in ("it", "issent", "issait", "issaient", "irent", "ira"))
        participles.update(stem + end for end in ("i", "ie", "is", "ies", "issant"))
    for singular, plural, participle, imperfect in data["verbs_irregular"].values():
        finite.update((singular, plural))
        finite.update(imperfect + end for end in ("ait", "aient"))
        feminine = participle + "e"
        participles.update((participle, feminine, feminine + "s", imperfect + "ant"))
        participles.add(participle if participle.endswith("s") else participle + "s")
        if participle.endswith("u"):
            finite.update((participle + "t", participle + "rent"))  # répondut, conclurent
        elif participle.endswith(("i", "is", "it")):
            stem = participle.rstrip("st")
            finite.update((stem + "t", stem + "rent"))  # dit, dirent, admit, admirent
        elif participle.endswith("é"):
            finite.update((participle[:-1] + "a", participle[:-1] + "èrent"))
    return finite, participles


def _add_er(stem: str, finite: set[str], participles: set[str]) -> None:
    """Forms of an -er verb, with its changes of spelling (rappelle, répète, annonça, jugea)."""
    strong = stem
    if (change := re.fullmatch(r"(.*)é([^aeiouyéè]+)", stem)) is not None:
        strong = f"{change.group(1)}è{change.group(2)}"
    elif stem.endswith("appel"):
        strong = stem + "l"
    elif (change := re.fullmatch(r"(.*)e([^aeiouyéè])", stem)) is not None:
        strong = f"{change.group(1)}è{change.group(2)}"
    soft = stem
    if stem.endswith("c"):
        soft = stem[:-1] + "ç"
    elif stem.endswith("g"):
        soft = stem + "e"
    finite.update((strong + "e", strong + "ent", stem + "èrent", strong + "era", stem + "era"))
    finite.update(soft + end for end in ("a", "ait", "aient"))
    participles.update(stem + end for end in ("é", "ée", "és", "ées"))
    participles.add(soft + "ant")


def _english_forms(data: dict[str, Any]) -> tuple[set[str], set[str]]:
    finite: set[str] = set()
    participles: set[str] = set()
    irregular: dict[str, str] = data["verbs_irregular"]
    for verb in [*data["verbs_regular"], *irregular]:
        soft = verb[:-1] if verb.endswith("e") else verb
        consonant_y = verb.endswith("y") and verb[-2] not in "aeiou"
        if verb in irregular:
            past = irregular[verb]
        elif consonant_y:
            past = verb[:-1] + "ied"
        elif verb in _DOUBLING:
            past, soft = verb + verb[-1] + "ed", verb + verb[-1]
        else:
            past = soft + "ed"
        hissing = verb.endswith(("s", "x", "ch", "sh", "z")) or verb == "go"
        third = verb[:-1] + "ies" if consonant_y else verb + ("es" if hissing else "s")
        finite.update((past, third, verb))
        participles.update((past, soft + "ing"))
    return finite, participles


_DOUBLING = frozenset("admit beg brag concur quip snap sob".split())
