"""The whole tagger on the installed models."""

from collections.abc import Sequence

import pytest

from pipeline.config import TaggingConfig
from pipeline.errors import ModelError
from pipeline.records import Article, Tags
from pipeline.tagging.fingerprint import tagging_fingerprint
from pipeline.tagging.model import LanguageModel, NamedSpan
from pipeline.tagging.tagger import Tagger

_BODY = (
    "Le ministre norvégien des Transports Paul Exemple a rencontré lundi à Bagdad un homologue"
    ".\n\n"
    '"Nous restons en Irak", a déclaré M. Exemple. Oslo accuse Stockholm de mentir.'
)


def article(body: str, language: str = "fr", number: int = 0) -> Article:
    return Article(
        f"a{number}",
        language=language,
        body=body,
        published_edtf="2020-01-06",
        word_count=len(body.split()),
    )


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(TaggingConfig())


def test_an_article_gets_entities_quotes_and_dates(tagger: Tagger) -> None:
    tags = tagger.tag_one(article(_BODY))
    found = {e.entity_id: e for e in tags.entities}
    assert [m.text for m in found["per:paul-exemple"].mentions] == ["Paul Exemple", "Exemple"]
    assert found["per:paul-exemple"].country == "NO"
    assert [(m.text, m.metonym) for m in found["country:NO"].mentions] == [
        ("norvégien", False),
        ("Oslo", True),
    ]
    assert "city:IQ/baghdad" in found
    assert [q.speaker_id for q in tags.quotes] == ["per:paul-exemple"]
    assert [d.edtf for d in tags.dates] == ["2020-01-06"]


def test_tags_do_not_depend_on_the_batch(tagger: Tagger) -> None:
    articles = [article(_BODY, number=1), article("Le Japon vote.", number=2)]
    alone = [Tagger(TaggingConfig()).tag_one(a) for a in articles]
    assert tagger.tag(articles) == alone
    assert tagger.tag(articles[::-1]) == alone[::-1]


def test_a_language_without_a_model_is_left_untagged(tagger: Tagger) -> None:
    assert not tagger.speaks("xx")
    assert tagger.tag_one(article("Ein Satz über Oslo am Montag.", "xx")) == Tags()


def test_a_known_language_without_a_model_has_dates() -> None:
    tags = Tagger(TaggingConfig(models={})).tag_one(article("Il est venu le 3 mars 2019."))
    assert [d.edtf for d in tags.dates] == ["2019-03-03"]
    assert tags.entities == ()


def test_a_missing_model_is_one_line_that_says_what_to_install() -> None:
    config = TaggingConfig(models={"fr": "fr_no_such_model"})
    for use in (
        lambda: tagging_fingerprint(config),
        lambda: Tagger(config).tag_one(article("Un.")),
    ):
        with pytest.raises(ModelError, match="pip install fr-no-such-model") as error:
            use()
        assert "\n" not in str(error.value)


def test_the_fingerprint_changes_with_the_configuration() -> None:
    prints = {
        tagging_fingerprint(TaggingConfig()),
        tagging_fingerprint(TaggingConfig(models={"fr": "fr_core_news_md"})),
        tagging_fingerprint(TaggingConfig(enabled=False)),
    }
    assert len(prints) == 3
    assert tagging_fingerprint(TaggingConfig()) in prints


@pytest.mark.parametrize(
    "body",
    ["", " ", "\x00\x01", "a" * 50_000, "\u202eמוסקבה تقول", "«" * 2_000, "A-" * 3_000,
     "É. " * 2_000, "\n" * 1_000, "Oslo " * 2_000, "Oslo accuse Paul Exemple. " * 400],
)  # fmt: skip
def test_hostile_text_does_no_harm(tagger: Tagger, body: str) -> None:
    for language in ("fr", "en"):
        tags = tagger.tag_one(article(body, language))
        for entity in tags.entities:
            assert all(m.text == body[m.start : m.end] for m in entity.mentions)


def test_repeated_paragraphs_reach_the_model_once_and_give_the_same_tags(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paragraph = "Le ministre norvégien Paul Exemple est arrivé à Oslo."
    articles = [
        article(f"{paragraph}\n\nIl repart le {n + 1} mai de Bergen.", number=n) for n in range(3)
    ]
    apart = [Tagger(TaggingConfig()).tag_one(one).entities for one in articles]
    read: list[str] = []
    names = LanguageModel.names

    def counted(self: LanguageModel, texts: Sequence[str]) -> list[tuple[NamedSpan, ...]]:
        read.extend(texts)
        return names(self, texts)

    monkeypatch.setattr(LanguageModel, "names", counted)
    assert [tags.entities for tags in Tagger(TaggingConfig()).tag(articles)] == apart
    assert read.count(paragraph) == 1
