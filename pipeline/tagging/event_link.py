"""Triggers of one sentence that tell one happening: "des raids ont tué 25 combattants"."""

from collections.abc import Sequence

from pipeline.tagging.event_draft import Draft

# What a protest or attack "denounces", "provokes" or "threatens" is no event of its own.
_TOPICS = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
_HAPPENINGS = frozenset({"ASSAULT", "PROTEST"})


def link_drafts(drafts: Sequence[Draft]) -> list[Draft]:
    """Joins a verb to the noun that names the same happening, and drops mere topics.

    Args:
        drafts: The events of one sentence, in text order.

    Returns:
        Fewer or as many events, in text order.
    """
    kept: list[Draft | None] = list(drafts)
    for place, verb in enumerate(drafts):
        if verb.trigger.part != "verb":
            continue
        for other, noun in enumerate(drafts):
            if noun.trigger.part != "noun" or kept[other] is None:
                continue
            is_subject = noun.token in verb.subjects
            if is_subject and noun.type in _HAPPENINGS and verb.type in _TOPICS:
                kept[other] = _with_target(noun, verb)
                kept[place] = None
                break
            if verb.type == "ACCUSE" and verb.token in noun.above and noun.type in _HAPPENINGS:
                # "accusée d'une attaque": who is accused of it has done it, as the text tells it.
                kept[other] = noun._replace(
                    actor=noun.actor or verb.recipient, taken_from=noun.taken_from + verb.taken_from
                )
                continue
            same = noun.type == verb.type and noun.type in _HAPPENINGS
            if same and (is_subject or noun.above[:1] == (verb.token,)):
                kept[other], kept[place] = None, _joined(noun, verb, is_subject)
                break
    return [draft for draft in kept if draft is not None and not _is_bare(draft)]


def _is_bare(draft: Draft) -> bool:
    """Tells a mention that only points back ("ces attaques")."""
    return draft.anaphoric and not draft.date_edtf


def _with_target(noun: Draft, verb: Draft) -> Draft:
    target = verb.recipient if noun.type == "PROTEST" else noun.recipient
    return noun._replace(
        recipient=noun.recipient or target, taken_from=noun.taken_from + verb.taken_from
    )


def _joined(noun: Draft, verb: Draft, is_subject: bool) -> Draft:
    first, second = (noun, verb) if noun.start <= verb.start else (verb, noun)
    actor = noun.actor or verb.actor if is_subject else verb.actor or noun.actor
    return first._replace(
        trigger=first.trigger._replace(
            strength=min((noun.trigger.strength, verb.trigger.strength), key=_STRENGTH.index)
        ),
        mode=noun.mode or verb.mode,
        actor=actor,
        recipient=verb.recipient or noun.recipient,
        date_edtf=verb.date_edtf or noun.date_edtf,
        place=first.place or second.place,
        status=verb.status,
        attributed_by=first.attributed_by or second.attributed_by,
        anaphoric=noun.anaphoric and verb.anaphoric,
        taken_from=noun.taken_from + verb.taken_from,
    )


_STRENGTH = ("strong", "medium", "weak")
