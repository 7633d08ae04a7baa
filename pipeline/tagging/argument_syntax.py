"""The parse seen the same way in French (UD labels) and English (ClearNLP labels).

Who is the understood subject of a verb without one, what a relative pronoun stands for, whether
a participle is passive: what the two label sets say differently, and where parsers err regularly.
"""

from spacy.tokens import Token

from pipeline.tagging.trigger_lexicon import EventWords

SUBJECTS = {"nsubj", "csubj", "nsubj:caus"}
PASSIVE_SUBJECTS = {"nsubj:pass", "nsubjpass", "csubj:pass"}
OBJECTS = {"obj", "dobj", "obj:agent", "obj:lvc"}
OBLIQUES = {"obl", "obl:arg", "obl:mod", "obl:agent", "nmod", "iobj", "dative", "obl:advmod"}
CLAUSES = {"acl", "acl:relcl", "relcl"}
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}
# A participle with one of these labels stands for a passive clause.
_REDUCED = {"acl", "amod", "conj", "advcl", "appos", "ROOT", "nmod", "xcomp", "obl:mod", "dep"}
_REFLEXIVES = {"se", "s'", "s’"}
_PARTICIPLE_ENDINGS = ("é", "ée", "és", "ées", "i", "ie", "is", "ise", "ises", "ies", "u", "ue",
                       "us", "ues", "t", "te", "ts", "tes")  # fmt: skip
_MAX_STEPS = 6
_NEAR = 15


def is_one_of(token: Token, wanted: frozenset[str]) -> bool:
    """Tells whether a word, its lemma or its singular is in a class (lemmatisers miss some)."""
    text = str(token.lower_)
    return token.lemma_.lower() in wanted or text in wanted or text.removesuffix("s") in wanted


def pronoun(token: Token) -> str:
    """A word in small letters without the hyphens of inversion ("-t-il")."""
    return str(token.lower_).removeprefix("-t").lstrip("-")


def preposition(token: Token, words: EventWords) -> str:
    """The preposition that governs a nominal; empty if there is none."""
    if token.dep_ in ("pobj", "pcomp") and token.head.pos_ in ("ADP", "SCONJ", "PART"):
        return str(token.head.lower_)
    for child in token.children:
        if child.dep_ == "case" or (child.pos_ == "ADP" and child.i < token.i):
            return words.contractions.get(child.lower_, str(child.lower_))
    return ""


def coordinated(token: Token) -> list[Token]:
    """A nominal and those joined to it by "et", "and" or a comma."""
    found = [token]
    for member in found:
        for child in member.children:
            if child.dep_ == "conj" and child.pos_ in NOMINAL and len(found) < 8:
                found.append(child)
    return found


def is_participle(token: Token) -> bool:
    """A past participle, also where the tagger takes it for an adjective ("prise d'assaut")."""
    if token.tag_ == "VBN":
        return True
    if "Part" in token.morph.get("VerbForm", []):
        return "Pres" not in token.morph.get("Tense", [])
    return token.pos_ == "ADJ" and token.lower_.endswith(_PARTICIPLE_ENDINGS)


def is_reflexive(verb: Token) -> bool:
    """A French verb with "se"."""
    return any(child.lower_ in _REFLEXIVES and child.i < verb.i for child in verb.children)


def is_passive(verb: Token, words: EventWords) -> bool:
    """A passive clause, or a past participle that qualifies a noun ("accusée par")."""
    if verb.lemma_.lower() in words.list("never_passive") or is_reflexive(verb):
        return False
    deps = {child.dep_ for child in verb.children}
    if "aux:pass" in deps or "auxpass" in deps or deps & PASSIVE_SUBJECTS:
        return True
    return is_reduced(verb)


def is_reduced(verb: Token) -> bool:
    """A past participle without auxiliary: "la milice, accusée par"."""
    if any(child.dep_.startswith("aux") for child in verb.children):
        return False
    return is_participle(verb) and verb.dep_ in _REDUCED


def patients(verb: Token, words: EventWords) -> list[Token]:
    """What a passive verb without subject is about: the noun it qualifies, then those above it.

    "L'ambassade à Bagdad, prise d'assaut": parsers hang the participle on the nearest noun, so the
    nouns above are other candidates. A place after a preposition comes last.
    """
    head = verb.head
    if verb.dep_ == "conj" and head != verb and head.pos_ not in NOMINAL:
        subjects = [c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
        return subjects[:1] or (patients(head, words) if head.dep_ != "conj" else [])
    if head.pos_ in NOMINAL and head != verb:
        return _outward(head, words)
    return controller(verb, words)


def _outward(noun: Token, words: EventWords) -> list[Token]:
    chain = [noun]
    while len(chain) < 4 and chain[-1].head.pos_ in NOMINAL and chain[-1].dep_ in OBLIQUES:
        chain.append(chain[-1].head)
    places = [
        t for t in chain if t.pos_ == "PROPN" and preposition(t, words) in words.list("locative")
    ]
    return [t for t in chain if t not in places] + places


def controller(verb: Token, words: EventWords) -> list[Token]:
    """The understood subject of a verb that has none of its own.

    It is looked for along the tree, but a subject that stands nearer before the verb wins: parsers
    lose track in long sentences.
    """
    found = _tree_controller(verb, words)
    if verb.head.lemma_.lower() in words.list("object_control") and found:
        return found
    for token in reversed(list(verb.doc[max(0, verb.i - _NEAR) : verb.i])):
        if found and token.i <= found[0].i:
            break
        if token.text == ";":
            break
        if token.dep_ in SUBJECTS | PASSIVE_SUBJECTS and verb not in token.subtree:
            return [token]
    return found


def _tree_controller(verb: Token, words: EventWords) -> list[Token]:
    current = verb
    for _ in range(_MAX_STEPS):
        head = current.head
        if head == current:
            break
        if head.pos_ in ("ADP", "SCONJ") and current.dep_ in ("pcomp", "pobj"):
            current = head
            continue
        if current.dep_ in CLAUSES and head.pos_ in NOMINAL:
            return [head]
        if head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            own = _own_controller(current, head, words)
            if own:
                return own
        current = head
    return []


def antecedent(token: Token, words: EventWords) -> Token:
    """What a relative pronoun stands for; any other word stands for itself."""
    if token.lower_ not in words.list("pronouns_relative"):
        return token
    before = token.doc[token.i - 1] if token.i else token
    if before.text == "," and token.i > 1:
        before = token.doc[token.i - 2]
    if before.pos_ == "PROPN" and preposition(before, words) not in words.list("locative"):
        return before  # parsers reach too far for the antecedent of a name
    clause = token.head
    for _ in range(_MAX_STEPS):
        if clause.dep_ in CLAUSES and clause.head.pos_ in NOMINAL:
            return clause.head
        if clause.head == clause:
            break
        clause = clause.head
    return before if before.pos_ in NOMINAL else token


def scanned_agent(verb: Token, words: EventWords) -> list[Token]:
    """The agent of a passive that the parser hung elsewhere: the next "par" before another verb."""
    for token in verb.doc[verb.i + 1 : verb.i + 9]:
        if token.pos_ in ("VERB", "AUX") or token.text in (",", ";"):
            break
        if token.lower_ in words.list("agent_prepositions") and token.pos_ == "ADP":
            if token.dep_ == "case":
                return [token.head]
            return [child for child in token.children if child.dep_ == "pobj"]
    return []


def subject_of_state(noun: Token) -> list[Token]:
    """Who is "en visite", "en grève": the noun it qualifies, or the subject of its clause."""
    head = noun.head
    if head.pos_ in NOMINAL and head != noun:
        return [head]
    return [c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS][:1]


def inverted_subject(verb: Token, words: EventWords) -> Token | None:
    """The subject after a verb of speech: "…, a accusé le ministre", which parsers take for object.

    Only behind a comma or a closing quotation mark, where French inverts.
    """
    if verb.lemma_.lower() not in words.list("speech_verbs") or is_gerund(verb):
        return None
    first = min([verb, *(c for c in verb.children if c.dep_.startswith("aux"))], key=_place)
    before = verb.doc[first.i - 1] if first.i else None
    if before is None or before.text not in (",", '"', "»", "”", "''"):
        return None
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in OBJECTS | SUBJECTS]
    return after[0] if after and not preposition(after[0], words) else None


def is_gerund(verb: Token) -> bool:
    """A present participle: "accusant Téhéran" has its object behind it, never its subject."""
    morph = verb.morph
    return "Pres" in morph.get("Tense", []) and "Part" in morph.get("VerbForm", [])


def purposes(verb: Token) -> list[Token]:
    """The objects of what somebody does it for: "ont tiré pour disperser les manifestants"."""
    aims = [
        child
        for child in verb.children
        if child.dep_ in ("advcl", "xcomp", "obl:mod") and "Inf" in child.morph.get("VerbForm", [])
    ]
    return [c for aim in aims for c in aim.children if c.dep_ in OBJECTS]


def estimated_subject(verb: Token) -> Token | None:
    """The noun in "près d'un millier de personnes ont …", which the parser hangs on the adverb."""
    for child in verb.children:
        if child.dep_ == "advmod" and child.pos_ == "ADV" and child.i < verb.i:
            for nominal in child.children:
                if nominal.pos_ in NOMINAL and child.i < nominal.i < verb.i:
                    return nominal
    return None


def _place(token: Token) -> int:
    return int(token.i)


def _own_controller(verb: Token, head: Token, words: EventWords) -> list[Token]:
    passive = is_passive(head, words)
    subjects = [c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
    if verb.dep_ != "conj" and head.lemma_.lower() in words.list("object_control"):
        objects = [c for c in head.children if c.dep_ in OBJECTS | PASSIVE_SUBJECTS]
        objects += [c for c in head.children if c.dep_ in ("obl:arg", "iobj", "dative")]
        for child in head.children:
            if child.dep_ == "prep":
                objects += [c for c in child.children if c.dep_ == "pobj"]
        before = [c for c in objects if c.i < verb.i]
        if before:
            return before[:1]
    if verb.dep_ == "conj" and passive and is_passive(verb, words):
        return []
    return subjects[:1]
