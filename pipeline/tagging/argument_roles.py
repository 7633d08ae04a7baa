"""Who stands where around a word that tells an event.

Roles are logical: the subject of a passive is the `obj`, its agent the `subj`. Prepositional roles
carry the preposition's name; `of` is "de". `obj_outer` holds other candidates for the object of a
participle, `purpose` the object of what the verb is done for.
"""

from spacy.tokens import Token

from pipeline.tagging.argument_syntax import (
    CLAUSES,
    NOMINAL,
    OBJECTS,
    OBLIQUES,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    antecedent,
    controller,
    estimated_subject,
    inverted_subject,
    is_gerund,
    is_one_of,
    is_participle,
    is_passive,
    patients,
    preposition,
    purposes,
    scanned_agent,
    subject_of_state,
)
from pipeline.tagging.trigger_lexicon import EventWords

Roles = dict[str, list[Token]]

_COMPLEMENTS = {"xcomp", "ccomp", "advcl", "pcomp"}
_GOVERNED = OBJECTS | PASSIVE_SUBJECTS | {"obl:arg", "obl:mod", "pobj", "nsubj"}


def verb_roles(verb: Token, words: EventWords) -> Roles:
    """Logical arguments of a verb form."""
    roles: Roles = {}
    passive = is_passive(verb, words)
    inverted = None if passive else inverted_subject(verb, words)
    for child in verb.children:
        if child == inverted:
            roles["subj"] = [child]
        elif child.dep_ in PASSIVE_SUBJECTS or (child.dep_ in SUBJECTS and passive):
            _add(roles, "obj", child)
        elif child.dep_ in SUBJECTS and child.lower_ not in words.list("never_actors"):
            _add(roles, "obj" if is_gerund(verb) and child.i > verb.i else "subj", child)
        elif child.dep_ in OBJECTS and child.lower_ not in words.list("never_actors"):
            _add(roles, "obj", child)
        elif child.dep_ in _COMPLEMENTS:
            for subject in child.children:
                if subject.dep_ in SUBJECTS | PASSIVE_SUBJECTS:
                    _add(roles, "comp", subject)
        _add_oblique(roles, child, words, passive)
    for patient in roles.get("obj", [])[:1]:
        # "rejette la proposition de …", "promet une aide à …": parsers hang both on the object.
        _add_nested(roles, patient, words, with_of=True)
    for aim in purposes(verb):
        _add(roles, "purpose", aim)
    if passive and "obj" not in roles:
        found = patients(verb, words)
        roles["obj"], roles["obj_outer"] = found[:1], found[1:]
    if passive and "subj" not in roles:
        roles["subj"] = scanned_agent(verb, words)
    if "subj" not in roles and (estimated := estimated_subject(verb)):
        _add(roles, "obj" if passive else "subj", estimated)
    if not passive and "subj" not in roles:
        roles["subj"] = controller(verb, words)
    return _resolved(roles, words)


def noun_roles(noun: Token, words: EventWords) -> Roles:
    """Arguments of a noun that names a happening, light verbs and participles included."""
    roles: Roles = {}
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod:poss") or child.pos_ == "ADJ":
            _add(roles, "adj", child)
        elif child.dep_ in ("det", "poss") and child.lower_ in words.list("vague_possessives"):
            _add(roles, "poss", child)
        elif child.dep_ == "poss":
            _add(roles, "adj", child)
        if child.dep_ in CLAUSES or (child.dep_ == "amod" and is_participle(child)):
            _add_clause(roles, child, words)
        _add_oblique(roles, child, words, passive=True)
    _add_nested(roles, noun, words, with_of=False)
    if preposition(noun, words) in words.list("state_prepositions") and "subj" not in roles:
        roles["subj"] = subject_of_state(noun)
    _add_governor(roles, noun, words)
    return _resolved(roles, words)


def _resolved(roles: Roles, words: EventWords) -> Roles:
    return {
        name: [antecedent(token, words) for token in tokens]
        for name, tokens in roles.items()
        if tokens
    }


def _add_clause(roles: Roles, clause: Token, words: EventWords) -> None:
    """What a participle or relative clause says of the noun: "menées contre … par …"."""
    lemma = clause.lemma_.lower()
    if is_participle(clause) and clause.dep_ not in ("acl:relcl", "relcl"):
        for child in clause.children:
            _add_oblique(roles, child, words, passive=True)
        return
    for child in clause.children:
        if child.dep_ in OBJECTS and lemma in words.list("target_verbs"):
            _add(roles, "obj", child)
        elif child.dep_ in SUBJECTS and child.pos_ != "PRON":
            _add(roles, "subj", child)
        _add_oblique(roles, child, words, passive=False)


def _add_governor(roles: Roles, noun: Token, words: EventWords) -> None:
    """What the verb above lends to the noun: "mener une attaque contre", "l'attaque a visé"."""
    verb = noun.head
    if verb.pos_ == "ADP" and noun.dep_ == "pobj":
        verb = verb.head
    if verb.lemma_.lower() in words.list("target_nouns") and verb != noun:
        # "X a été la cible de sanctions".
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                _add(roles, "obj", child)
        return
    if verb.pos_ not in ("VERB", "ADJ", "AUX") or verb == noun:
        return
    lemma = verb.lemma_.lower()
    if noun.dep_ in SUBJECTS and lemma in words.list("target_verbs"):
        for child in verb.children:
            if child.dep_ in OBJECTS and not is_passive(verb, words):
                _add(roles, "obj", child)
    if lemma not in words.list("light_verbs") or noun.dep_ not in _GOVERNED:
        return
    if preposition(noun, words) not in ("", "à", "of", "de", "in", "to", "on"):
        return  # "après l'attaque, … ont annoncé"
    role = "obj" if lemma in words.list("passive_light_verbs") else "subj"
    for name, tokens in verb_roles(verb, words).items():
        for token in tokens:
            if token == noun or name in ("obj", "obj_outer", "comp", "of"):
                continue
            _add(roles, role if name == "subj" else name, token)


def _add_oblique(roles: Roles, child: Token, words: EventWords, passive: bool) -> None:
    if child.dep_ in ("prep", "agent", "dative") and child.pos_ == "ADP":
        for nominal in child.children:
            if nominal.dep_ in ("pobj", "pcomp") and nominal.pos_ in NOMINAL:
                _add(roles, _role(str(child.lower_), words, passive), nominal)
            elif nominal.dep_ == "prep":
                _add_oblique(roles, nominal, words, passive)
        return
    if child.pos_ == "ADV" and child.dep_ == "advmod":
        # "auprès de", "près de", "loin de".
        for nominal in child.children:
            if nominal.pos_ in NOMINAL and nominal.dep_ in OBLIQUES:
                _add(roles, str(child.lower_), nominal)
        return
    if child.dep_ in OBLIQUES and child.pos_ in NOMINAL:
        case = preposition(child, words)
        if case and is_one_of(child, words.list("place_nouns")):
            # "aux abords de l'ambassade": before it.
            for nominal in child.children:
                if nominal.dep_ in OBLIQUES and nominal.pos_ in NOMINAL:
                    _add(roles, "devant", nominal)
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


def _add(roles: Roles, name: str, token: Token) -> None:
    found = roles.setdefault(name, [])
    if token not in found:
        found.append(token)
