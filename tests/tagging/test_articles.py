"""Invented articles, marked before the tagger saw them: what is found must stay found."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.config import Config
from pipeline.records import Article
from pipeline.tagging.named import LABELS_OF_TYPES
from pipeline.tagging.tagger import Tagger

_MARK = re.compile(r"\[([^|\]]+)\|(PER|LOC|ORG)\|([A-Z]{2}|)\]")
_FILES = sorted((Path(__file__).parent / "articles").glob("*.txt"))


class Truth(NamedTuple):
    """One article: its language, its text and the country of each (start, end, label)."""

    language: str
    body: str
    names: dict[tuple[int, int, str], str]


def read_marked(path: Path) -> Truth:
    language, marked = path.read_text("utf-8").split("\n", 1)
    body, at = "", 0
    names: dict[tuple[int, int, str], str] = {}
    for mark in _MARK.finditer(marked):
        body += marked[at : mark.start()]
        names[len(body), len(body) + len(mark[1]), mark[2]] = mark[3]
        body, at = body + mark[1], mark.end()
    return Truth(language, body + marked[at:], names)


def found_in(tagger: Tagger, truth: Truth, number: int) -> dict[tuple[int, int, str], str]:
    article = Article(
        article_id=f"a{number}",
        language=truth.language,
        body=truth.body,
        word_count=len(truth.body.split()),
        content_hash=str(number),
    )
    return {
        (m.start, m.end, "LOC" if m.metonym else LABELS_OF_TYPES[e.type]): e.country
        for e in tagger.tag_one(article).entities
        for m in e.mentions
        if m.kind == "name" and e.type != "OTHER"
    }


@pytest.mark.parametrize(("language", "least"), [("fr", 0.88), ("en", 0.85)])
def test_names_and_countries_of_invented_articles(language: str, least: float) -> None:
    tagger = Tagger(Config().tagging)
    truths = [t for t in map(read_marked, _FILES) if t.language == language]
    right = gold = found = countries = 0
    for number, truth in enumerate(truths):
        names = found_in(tagger, truth, number)
        both = truth.names.keys() & names.keys()
        right, gold, found = right + len(both), gold + len(truth.names), found + len(names)
        countries += sum(truth.names[key] == names[key] for key in both)
    f = 2 * right / (gold + found)
    assert f >= least
    assert countries / right >= 0.85
