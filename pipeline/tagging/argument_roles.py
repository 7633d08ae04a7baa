"""Who stands where around a word: one view of French (UD) and English (ClearNLP) parses.

Roles are logical: the subject of a passive is the `obj`, its agent the `subj`. Relative pronouns
give way to what they stand for, missing subjects of infinitives, gerunds and coordinated verbs to
the one who controls them.
"""

from spacy.tokens import Token

from pipeline.tagging.trigger_lexicon import EventWords

Roles = dict[str, list[Token]]

_SUBJECTS = {"nsubj", "csubj", "nsubj:caus"}
_PASSIVE_SUBJECTS = {"nsubj:pass", "nsubjpass", "csubj:pass"}
_OBJECTS = {"obj", "dobj", "obj:agent", "obj:lvc"}
_OBLIQUES = {"obl", "obl:arg", "obl:mod", "obl:agent", "nmod", "iobj", "dative", "obl:advmod"}
_NOUN_LINKS = {"nmod", "obl:arg", "obl:mod", "obl", "obl:agent"}
_CLAUSES = {"acl", "acl:relcl", "relcl"}
_COMPLEMENTS = {"xcomp", "ccomp", "advcl", "pcomp"}
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}
_MAX_STEPS = 6


def preposition(token: Token, words: EventWords) -> str:
    """The preposition that governs a nominal; empty if there is none."""
    if token.dep_ in ("pobj", "pcomp") and token.head.pos_ in ("ADP", "SCONJ", "PART"):
        return str(token.head.lower_)
    for child in token.children:
        if child.dep_ == "case" or (child.pos_ == "ADP" and child.i < token.i):
            return words.contractions.get(child.lower_, str(child.lower_))
    return ""


def is_one_of(token: Token, wanted: frozenset[str]) -> bool:
    """Tells whether a word, its lemma or its singular is in a class (lemmatisers miss some)."""
    text = str(token.lower_)
    return token.lemma_.lower() in wanted or text in wanted or text.removesuffix("s") in wanted


def verb_roles(verb: Token, words: EventWords) -> Roles:
    """Logical arguments of a verb form."""
    roles: Roles = {}
    passive = is_passive(verb, words)
    for child in verb.children:
        dep = child.dep_
        if dep in _PASSIVE_SUBJECTS or (dep in _SUBJECTS and passive):
            _add(roles, "obj", child)
        elif dep in _SUBJECTS:
            _add(roles, "subj", child)
        elif dep in _OBJECTS:
            _add(roles, "obj", child)
        elif dep in _COMPLEMENTS:
            for subject in _finite_subjects(child):
                _add(roles, "comp", subject)
        _add_oblique(roles, child, words, passive)
    for patient in roles.get("obj", [])[:1]:
        # "rejette la proposition de …", "promet une aide à …": parsers hang both on the object.
        _add_nested(roles, patient, words, with_of=True)
    if passive and "obj" not in roles:
        for patient in _passive_patient(verb, words):
            _add(roles, "obj", patient)
    if not passive and "subj" not in roles:
        for subject in controller(verb, words):
            _add(roles, "subj", subject)
    return {name: _antecedents(tokens, words) for name, tokens in roles.items()}


def noun_roles(noun: Token, words: EventWords) -> Roles:
    """Arguments of a noun that names a happening, light verbs and participles included."""
    roles: Roles = {}
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod:poss") or child.pos_ == "ADJ":
            _add(roles, "adj", child)
        elif child.dep_ in ("det", "poss") and _is_possessive(child, words):
            _add(roles, "poss", child)
        elif child.dep_ == "poss":
            _add(roles, "adj", child)
        if child.dep_ in _CLAUSES or (child.dep_ == "amod" and _is_participle(child)):
            _add_clause(roles, child, words)
        _add_oblique(roles, child, words, passive=True)
    _add_nested(roles, noun, words, with_of=False)
    _add_governor(roles, noun, words)
    return {name: _antecedents(tokens, words) for name, tokens in roles.items()}


def is_passive(verb: Token, words: EventWords) -> bool:
    """A passive clause, or a past participle that qualifies a noun ("accusée par")."""
    deps = {child.dep_ for child in verb.children}
    if verb.lemma_.lower() in words.list("never_passive") or is_reflexive(verb):
        return False
    if "aux:pass" in deps or "auxpass" in deps or deps & _PASSIVE_SUBJECTS:
        return True
    if "aux:tense" in deps or "aux" in deps:
        return False
    return _is_participle(verb) and verb.dep_ in _REDUCED


_REDUCED = {"acl", "amod", "conj", "advcl", "appos", "ROOT", "nmod", "xcomp", "obl:mod", "dep"}


def is_reflexive(verb: Token) -> bool:
    """A French verb with "se"."""
    return any(child.lower_ in _REFLEXIVES and child.i < verb.i for child in verb.children)


_REFLEXIVES = {"se", "s'", "s’"}


def controller(verb: Token, words: EventWords) -> list[Token]:
    """The understood subject of a verb that has none of its own."""
    current = verb
    for _ in range(_MAX_STEPS):
        head = current.head
        if head is current:
            return []
        if head.pos_ in ("ADP", "SCONJ") and current.dep_ in ("pcomp", "pobj"):
            current = head
            continue
        if current.dep_ in _CLAUSES and head.pos_ in _NOMINAL:
            return [head]
        if head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            own = _own_controller(current, head, words)
            if own:
                return own
        current = head
    return []


def coordinated(token: Token) -> list[Token]:
    """A nominal and those joined to it by "et", "and" or a comma."""
    found = [token]
    for member in found:
        for child in member.children:
            if child.dep_ == "conj" and child.pos_ in _NOMINAL and len(found) < 8:
                found.append(child)
    return found


def _own_controller(verb: Token, head: Token, words: EventWords) -> list[Token]:
    passive = is_passive(head, words)
    subjects = [c for c in head.children if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]
    if verb.dep_ != "conj" and head.lemma_.lower() in words.list("object_control"):
        objects = [c for c in head.children if c.dep_ in _OBJECTS or c.dep_ in _PASSIVE_SUBJECTS]
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


def _passive_patient(verb: Token, words: EventWords) -> list[Token]:
    head = verb.head
    if verb.dep_ in ("acl", "amod", "appos", "nmod", "dep") and head.pos_ in _NOMINAL:
        return [head]
    if verb.dep_ == "conj" and head is not verb:
        if head.pos_ in ("VERB", "ADJ", "AUX"):
            subjects = [c for c in head.children if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]
            return subjects[:1] or _passive_patient(head, words)
        return [head] if head.pos_ in _NOMINAL else []
    if verb.dep_ in ("xcomp", "advcl", "ROOT"):
        return controller(verb, words)
    return []


def _add_clause(roles: Roles, clause: Token, words: EventWords) -> None:
    """What a participle or relative clause says of the noun: "menées contre … par …"."""
    lemma = clause.lemma_.lower()
    if _is_participle(clause) and clause.dep_ not in ("acl:relcl", "relcl"):
        for child in clause.children:
            _add_oblique(roles, child, words, passive=True)
        return
    for child in clause.children:
        if child.dep_ in _OBJECTS and lemma in words.list("target_verbs"):
            _add(roles, "obj", child)
        elif child.dep_ in _SUBJECTS and child.pos_ != "PRON":
            _add(roles, "subj", child)
        _add_oblique(roles, child, words, passive=False)


def _add_governor(roles: Roles, noun: Token, words: EventWords) -> None:
    """What the verb above lends to the noun: "mener une attaque contre", "l'attaque a visé"."""
    verb = noun.head
    if verb.pos_ == "ADP" and noun.dep_ == "pobj":
        verb = verb.head
    if verb.pos_ not in ("VERB", "ADJ", "AUX") or verb is noun:
        return
    lemma = verb.lemma_.lower()
    if (
        noun.dep_ in _SUBJECTS
        and lemma in words.list("target_verbs")
        and not is_passive(verb, words)
    ):
        for child in verb.children:
            if child.dep_ in _OBJECTS:
                _add(roles, "obj", child)
    if lemma not in words.list("light_verbs"):
        return
    governing = verb_roles(verb, words)
    if noun.dep_ in _OBJECTS | _PASSIVE_SUBJECTS | {"obl:arg", "obl:mod", "pobj", "nsubj"}:
        role = "obj" if lemma in words.list("passive_light_verbs") else "subj"
        for subject in governing.get("subj", ()):
            if subject is not noun:
                _add(roles, role, subject)
        for name, tokens in governing.items():
            if name not in ("subj", "obj", "comp"):
                for token in tokens:
                    if token is not noun:
                        _add(roles, name, token)


def _add_oblique(roles: Roles, child: Token, words: EventWords, passive: bool) -> None:
    if child.dep_ in ("prep", "agent", "dative") and child.pos_ == "ADP":
        for nominal in child.children:
            if nominal.dep_ in ("pobj", "pcomp") and nominal.pos_ in _NOMINAL:
                _add(roles, _role(str(child.lower_), words, passive), nominal)
            elif nominal.dep_ == "prep":
                _add_oblique(roles, nominal, words, passive)
        return
    if child.pos_ == "ADV" and child.dep_ == "advmod":
        # "auprès de", "près de", "loin de".
        for nominal in child.children:
            if nominal.pos_ in _NOMINAL and nominal.dep_ in _OBLIQUES:
                _add(roles, str(child.lower_), nominal)
        return
    if child.dep_ in _OBLIQUES and child.pos_ in _NOMINAL:
        case = preposition(child, words)
        if case:
            _add(roles, _role(case, words, passive or child.dep_ == "obl:agent"), child)
        elif child.dep_ in ("iobj", "dative"):
            _add(roles, "à" if words.language == "fr" else "to", child)


def _add_nested(roles: Roles, noun: Token, words: EventWords, with_of: bool) -> None:
    """Complements that parsers hang on the last noun of a chain: "l'expulsion de … par …"."""
    level = [noun]
    for depth in range(3):
        below: Roles = {}
        for token in level:
            for child in token.children:
                _add_oblique(below, child, words, passive=True)
        for name, tokens in below.items():
            if name not in roles and (name != "of" or (with_of and depth == 0)):
                roles[name] = list(tokens)
        level = [token for tokens in below.values() for token in tokens]


def _role(case: str, words: EventWords, passive: bool) -> str:
    if passive and case in words.list("agent_prepositions"):
        return "subj"
    return "of" if case in words.list("of_prepositions") else case


def _finite_subjects(clause: Token) -> list[Token]:
    return [c for c in clause.children if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]


def _antecedents(tokens: list[Token], words: EventWords) -> list[Token]:
    """Puts what a relative pronoun stands for in its place."""
    return [_antecedent(token, words) for token in tokens]


def _antecedent(token: Token, words: EventWords) -> Token:
    if token.lower_ not in words.list("pronouns_relative"):
        return token
    clause = token.head
    for _ in range(_MAX_STEPS):
        if clause.dep_ in _CLAUSES and clause.head.pos_ in _NOMINAL:
            return clause.head
        if clause.head is clause:
            break
        clause = clause.head
    return token


def _is_participle(token: Token) -> bool:
    if token.tag_ == "VBN":
        return True
    if "Part" in token.morph.get("VerbForm", []):
        return "Pres" not in token.morph.get("Tense", [])
    # French participles before "par" are often tagged as adjectives ("prise d'assaut").
    return token.pos_ == "ADJ" and token.lower_.endswith(_PARTICIPLE_ENDINGS)


_PARTICIPLE_ENDINGS = ("é", "ée", "és", "ées", "i", "ie", "is", "ise", "ises", "ies", "u", "ue",
                       "us", "ues", "t", "te", "ts", "tes")  # fmt: skip


def _is_possessive(token: Token, words: EventWords) -> bool:
    return token.lower_ in words.list("vague_possessives") or token.pos_ == "PRON"


def _add(roles: Roles, name: str, token: Token) -> None:
    found = roles.setdefault(name, [])
    if token not in found:
        found.append(token)
