"""Did it happen? Status of an event, and who says so, from the words around its trigger."""

from spacy.tokens import Token

from pipeline.tagging.argument_roles import verb_roles
from pipeline.tagging.argument_syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from pipeline.tagging.trigger_lexicon import EventWords

_MAX_STEPS = 6
_AUXILIARIES = {"aux:tense", "aux:pass", "aux", "auxpass"}
_ASIDES = {"parataxis", "advcl", "conj", "ccomp", "acl"}
_CLAUSE_DEPS = {"ccomp", "xcomp", "advcl", "obl:mod", "obl:arg", "obj", "dobj", "acl", "pcomp",
                "pobj", "prep", "nmod", "amod", "conj", "parataxis"}  # fmt: skip


def event_status(token: Token, words: EventWords) -> str:
    """`actual`, `future`, `hypothetical`, `negated` or `historical` for a trigger in its clause."""
    verb = governing_verb(token)
    if _is_negated(token, words):
        return "negated"
    light = verb.lemma_.lower() in words.list("light_verbs")
    if verb != token and light and _is_negated(verb, words):
        return "negated"
    if token.i > 0 and token.head != token and token.dep_ != "conj":
        head = token.head
        if head.pos_ == "ADP":
            head = head.head
        if head.lemma_.lower() in words.list("negating_verbs") and head.i < token.i:
            return "negated"
    if token.pos_ in ("NOUN", "PROPN") and not is_core(token):
        # "après des frappes, la sécurité va être renforcée": the clause speaks of something else.
        return "actual"
    if _has_condition(token, words):
        return "hypothetical"
    moods = verb.morph.get("Mood", [])
    auxiliaries = [child for child in verb.children if child.dep_.startswith("aux")]
    if any("Cnd" in t.morph.get("Mood", []) for t in (verb, *auxiliaries)) or "Cnd" in moods:
        return "hypothetical"
    if _is_future(token, verb, auxiliaries, words):
        return "future"
    if any(child.lower_ in words.list("historical_words") for child in token.children):
        return "historical"
    return "actual"


def is_recent(token: Token) -> bool:
    """Told as the news of the day: in the present or perfect, not the imperfect or pluperfect."""
    verb = governing_verb(token)
    forms = [verb, *(c for c in verb.children if c.dep_.startswith("aux"))]
    if any("Tense=Imp" in str(form.morph) or form.lower_ == "had" for form in forms):
        return False
    return verb.pos_ in ("VERB", "AUX") and (verb == token or is_core(token))


def is_core(noun: Token) -> bool:
    """A noun that its clause is about: subject or object, not an adjunct."""
    return noun.dep_ in OBJECTS | SUBJECTS | PASSIVE_SUBJECTS | {"ROOT", "obl:arg", "conj", "pobj"}


def governing_verb(token: Token) -> Token:
    """The verb of the clause that a word stands in; the word itself if it is one, or has none."""
    current = token
    for _ in range(_MAX_STEPS):
        if current.pos_ in ("VERB", "AUX"):
            return current
        if current.head == current or current.dep_ in ("acl", "acl:relcl", "relcl"):
            return token
        current = current.head
    return token


def is_infinitive(token: Token) -> bool:
    """An infinitive with nothing finite about it."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    if token.tag_ in ("VB", "VBP", "MD"):
        return any(c.lower_ == "to" for c in token.children)
    if "Inf" in token.morph.get("VerbForm", []):
        return True
    return any(
        "Inf" in c.morph.get("VerbForm", []) for c in token.children if c.dep_ in _AUXILIARIES
    )


def enclosing_speech(token: Token, words: EventWords) -> Token | None:
    """The nearest speech verb above a word: "X a affirmé que …", "…, a dit X"."""
    current = token
    for _ in range(_MAX_STEPS):
        if current.head == current:
            break
        above = current.head
        if above.lemma_.lower() in words.list("speech_verbs") and above.pos_ == "VERB":
            return above
        current = above
    # "Washington va envoyer des troupes, a annoncé le ministre": said aside.
    for child in current.children:
        aside = child.dep_ in _ASIDES and child.i > token.i
        if aside and child.pos_ == "VERB" and child.lemma_.lower() in words.list("speech_verbs"):
            return child
    return None


def speaker_tokens(token: Token, words: EventWords) -> list[Token]:
    """Who says the sentence that a trigger stands in: "selon X", or a speech verb's subject."""
    for other in token.doc:
        if other.pos_ == "ADP" and other.lower_ in words.list("according_to"):
            nominals = [other.head] if other.dep_ == "case" else list(other.children)
            for nominal in nominals:
                if nominal.pos_ in ("NOUN", "PROPN") and nominal.ent_type_ != "DATE":
                    return [nominal]
    speech = enclosing_speech(token, words)
    if speech is None:
        return []
    roles = verb_roles(speech, words)
    found = [t for t in roles.get("subj", ()) if t is not token]
    if not found:
        # The parser takes an inverted subject for an object: "a annoncé le ministre".
        found = [t for t in roles.get("obj", ()) if t.i > speech.i and t.pos_ in _SPEAKERS]
    return found


_SPEAKERS = {"NOUN", "PROPN", "PRON"}


def _is_negated(token: Token, words: EventWords) -> bool:
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in words.list("negation"):
            near = child.pos_ in ("ADV", "PART", "DET", "PRON", "CCONJ", "ADJ")
            if near and abs(child.i - token.i) <= 4 and _needs_particle(token, child, words):
                return True
    return False


def _needs_particle(token: Token, child: Token, words: EventWords) -> bool:
    """French "plus", "jamais", "personne" negate only with "ne"."""
    if words.language != "fr" or child.lower_ == "pas":
        return child.lower_ not in ("plus", "point") or words.language != "fr"
    window = token.doc[max(0, token.i - 6) : token.i + 2]
    return any(t.lower_ in ("n'", "n’", "ne", "sans") for t in window)


def _has_condition(token: Token, words: EventWords) -> bool:
    current = token
    for _ in range(_MAX_STEPS):
        for child in current.children:
            if child.dep_ == "mark" and child.lower_ in ("si", "s'", "s’", "if", "unless"):
                return True
        if current.lemma_.lower() in words.list("hypothetical_words") and current != token:
            return is_infinitive(token) or token.pos_ == "NOUN" or current.pos_ == "AUX"
        if current.dep_ == "amod" or current.head == current:
            break
        current = current.head
    return any(
        child.pos_ == "ADJ" and child.lower_ in words.list("hypothetical_words")
        for child in token.children
    )


def _is_future(token: Token, verb: Token, auxiliaries: list[Token], words: EventWords) -> bool:
    if any("Fut" in t.morph.get("Tense", []) for t in (verb, *auxiliaries)):
        return True
    if any(t.lower_ in ("will", "'ll", "shall", "’ll") for t in auxiliaries):
        return True
    above = verb.head if verb.head != verb else None
    if above is not None and is_infinitive(verb) and verb.dep_ in _CLAUSE_DEPS:
        return above.lemma_.lower() in words.list("future_words")
    if token.pos_ != "NOUN":
        return False
    if any(child.lower_ in words.list("future_words") for child in token.children):
        return True
    head = token.head.head if token.head.pos_ == "ADP" else token.head
    return head.pos_ == "VERB" and head.lemma_.lower() in words.list("future_words")
