"""The tagger: articles to entities, quotes, dates and events."""

from collections import OrderedDict
from collections.abc import Sequence

from pipeline.config import TaggingConfig
from pipeline.records import Article, Tags
from pipeline.tagging.dates import find_dates
from pipeline.tagging.entities import find_entities
from pipeline.tagging.events import code_events, parse_ahead
from pipeline.tagging.gazetteer import load_gazetteer
from pipeline.tagging.model import LanguageModel, NamedSpan, load_model
from pipeline.tagging.passages import split_passages
from pipeline.tagging.quotes import find_quotes

# Languages that have rules for dates without a model.
_DATED = frozenset({"fr", "en"})
_REMEMBERED = 20_000
# `2019-12-31`: a date that is known to the day, or finer.
_DAY_LENGTH = 10


class Tagger:
    """Tags articles in any language that has a model; tags of an article depend on it alone.

    Each distinct paragraph is given to the model once: copies of one text reuse what was found.

    Args:
        config: Which model tags which language.

    Raises:
        ModelError: A configured model is not installed. Models are loaded when they are needed.
    """

    def __init__(self, config: TaggingConfig) -> None:
        self._config = config
        self._names: OrderedDict[tuple[str, str], tuple[NamedSpan, ...]] = OrderedDict()

    def speaks(self, language: str) -> bool:
        """Whether articles in this language get entities, quotes and events."""
        return language in self._config.models

    def tag(self, articles: Sequence[Article], anchors: Sequence[str] = ()) -> list[Tags]:
        """Tags each article, in the order given.

        Args:
            articles: Of any languages.
            anchors: For each article the day that its story pins down (EDTF), for relative dates;
                empty where none.
        """
        days = anchors or [""] * len(articles)
        for language in sorted({a.language for a in articles if self.speaks(a.language)}):
            bodies = [a.body for a in articles if a.language == language]
            self._read_ahead(language, bodies)
            parse_ahead(bodies, language, self._model(language))
        return [self.tag_one(a, day) for a, day in zip(articles, days, strict=True)]

    def tag_one(self, article: Article, anchor: str = "") -> Tags:
        """Tags one article."""
        body, language = article.body, article.language
        if not self.speaks(language):
            known = language in _DATED
            return Tags(
                dates=find_dates(body, language, article.published_edtf, anchor) if known else ()
            )
        model = self._model(language)
        self._read_ahead(language, [body])
        entities = find_entities(
            body,
            language,
            self._names_of(language, body),
            load_gazetteer(),
            model.is_word,
            article.headline,
        )
        quotes = find_quotes(body, language, entities)
        dates = find_dates(body, language, article.published_edtf, anchor)
        events = code_events(
            article.article_id,
            body,
            language,
            model,
            entities,
            quotes,
            dates,
            dated_by(article.published_edtf, anchor),
        )
        return Tags(entities, events, quotes, dates)

    def _model(self, language: str) -> LanguageModel:
        return load_model(self._config.models[language])

    def _read_ahead(self, language: str, bodies: Sequence[str]) -> None:
        """Finds the names of all passages that are not remembered, in one batch."""
        passages = dict.fromkeys(
            body[span.start : span.end] for body in bodies for span in split_passages(body)
        )
        for text in passages:
            if (language, text) in self._names:
                self._names.move_to_end((language, text))
        missing = [text for text in passages if (language, text) not in self._names]
        if missing:
            for text, names in zip(missing, self._model(language).names(missing), strict=True):
                self._names[language, text] = names
        while len(self._names) > max(_REMEMBERED, len(passages)):
            self._names.popitem(last=False)

    def _names_of(self, language: str, body: str) -> tuple[NamedSpan, ...]:
        """The model's names of a body whose passages are remembered."""
        return tuple(
            NamedSpan(name.start + span.start, name.end + span.start, name.label)
            for span in split_passages(body)
            for name in self._names[language, body[span.start : span.end]]
        )


def dated_by(published_edtf: str, anchor: str) -> str:
    """The day that what is said in an article is dated by: its own, else its story's.

    Where neither is known, the coarser date that the article has.
    """
    if len(published_edtf) >= _DAY_LENGTH:
        return published_edtf
    return anchor or published_edtf
