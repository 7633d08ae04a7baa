"""Language models: spaCy pipelines, loaded once a process and used in two cheap halves.

Running the full pipeline on all text costs twice what is needed (docs/decisions): names are found
on every paragraph with the `ner` component alone, and only sentences that can hold an event are
parsed. This is the one place that loads spaCy.
"""

import functools
from collections.abc import Container, Sequence
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import ModelError

_PARTS = ("noun", "verb", "adj", "adv")


class NamedSpan(NamedTuple):
    """A name as the model sees it: `text[start:end]` with the model's own label."""

    start: int
    end: int
    label: str


class LanguageModel:
    """One language's spaCy pipeline.

    Both methods give the same result for a text whatever stands beside it in the batch.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            full = spacy.load(name)
        except OSError as error:
            raise ModelError(
                f"the spaCy model {name!r} is not installed: "
                f"`pip install {name.replace('_', '-')}`, or name another one "
                "under [tagging.models] in the configuration"
            ) from error
        self._pipeline = full
        # Loaded once and run in halves: a second copy would cost 300 MB.
        self._all_but_names = [pipe for pipe in full.pipe_names if not _serves_names(full, pipe)]
        self._dictionary = _dictionary_of(full)

    @property
    def vocabulary(self) -> Language:
        """The spaCy pipeline itself, for tokenising and matching."""
        return self._pipeline

    def is_word(self, text: str) -> bool:
        """Whether a word in small letters is in the model's own dictionary of common words.

        A pipeline without lemma tables has no dictionary: then nothing is a common word.
        """
        return any(text in table for table in self._dictionary)

    def names(self, texts: Sequence[str]) -> list[tuple[NamedSpan, ...]]:
        """Finds names in each text with the `ner` component alone."""
        return [
            tuple(NamedSpan(e.start_char, e.end_char, e.label_) for e in doc.ents)
            for doc in self._pipeline.pipe(texts, batch_size=64, disable=self._all_but_names)
        ]

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        """Tags, lemmatises and parses each text (no names)."""
        return list(self._pipeline.pipe(texts, batch_size=64, disable=["ner"]))


def _serves_names(pipeline: Language, name: str) -> bool:
    """Whether a component is the namer, or gives it its vectors.

    In spaCy's own models the namer has a tok2vec of its own, so that the shared one is left out.
    """
    served = getattr(pipeline.get_pipe(name), "listening_components", ())
    return name == "ner" or "ner" in served


def _dictionary_of(pipeline: Language) -> tuple[Container[str], ...]:
    """The word lists that the pipeline's lemmatiser carries."""
    if "lemmatizer" not in pipeline.pipe_names:
        return ()
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None:
        return ()
    tables: list[Container[str]] = []
    if lookups.has_table("lemma_lookup"):
        tables.append(lookups.get_table("lemma_lookup"))
    for name in ("lemma_index", "lemma_exc"):
        if lookups.has_table(name):
            table = lookups.get_table(name)
            tables.extend(frozenset(table[part]) for part in _PARTS if part in table)
    return tuple(tables)


@functools.cache
def load_model(name: str) -> LanguageModel:
    """Loads a model once a process.

    Raises:
        ModelError: It is not installed; the message says what to install.
    """
    return LanguageModel(name)
