"""Boilerplate: a site's own lines and sentences make no copy, a dispatch's do."""

import random

import pytest

from pipeline.config import CopiesConfig
from pipeline.copies.boilerplate import count_lines, learn, lines
from pipeline.copies.find import find_copies
from pipeline.copies.order import CopyInput, edtf_interval
from pipeline.copies.tokens import tokenise

CONFIG = CopiesConfig()
SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve ci do ra len tor mis pal ver".split()
APPEAL = (
    "Abonnez-vous à partir de 1 euro par mois pour soutenir une information libre, lire tous les"
    " articles de notre rédaction, recevoir chaque matin la lettre qui résume la journée, et"
    " retrouver sur tous vos écrans les éditions du jour, les archives et les jeux."
)


def _prose(seed: int, words: int) -> str:
    chance = random.Random(seed)
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(words)]
    for first in range(0, words, 15):
        made[first] = made[first].capitalize()
        made[min(first + 15, words) - 1] += "."
    return " ".join(made)


def _article(article_id: str, body: str, date: str, source: str = "") -> CopyInput:
    return CopyInput(article_id, 1, source, "", body, *edtf_interval(date), False, "")


def _relations(articles: list[CopyInput]) -> set[str]:
    return {pair.relation for pair in find_copies(articles, CONFIG).pairs}


def _in_one_line(count: int, days: int, source: str, seed: int = 100) -> list[CopyInput]:
    """Articles of one line with an appeal in the middle, spread over some days."""
    return [
        _article(
            f"{source}{n:02}",
            f"{_prose(seed + n, 30)} {APPEAL} {_prose(seed + 100 + n, 30)}",
            f"2024-05-{2 + n * days // count:02}",
            source,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("source", ["", "Le Journal"])
def test_an_appeal_within_the_only_line_that_comes_back_over_time_makes_no_copy(source: str):
    assert _relations(_in_one_line(2, 4, source)) == {"partial"}  # what it is before it is known
    assert _relations(_in_one_line(8, 12, source)) == set()


def test_an_appeal_in_very_many_articles_of_one_source_needs_no_time():
    assert _relations(_in_one_line(40, 1, "Le Journal")) == set()


def test_a_sentence_with_other_numbers_is_the_same_appeal():
    articles = [
        article._replace(body=article.body.replace("1 euro", f"{n + 2} euros".replace("s", "", 1)))
        for n, article in enumerate(_in_one_line(8, 12, ""))
    ]
    assert _relations(articles) == set()


def test_a_dispatch_reprinted_within_days_in_one_line_with_other_sentences_stays_a_copy():
    dispatch = _prose(1, 90)
    articles = [
        _article(f"{n:02}", f"{_prose(100 + n, 40)} {dispatch}", f"2024-05-0{2 + n % 3}")
        for n in range(20)
    ]
    found = find_copies(articles, CONFIG).pairs
    assert {
        pair.article_id for pair in found if pair.relation in {"near_duplicate", "reprint"}
    } >= {article.article_id for article in articles if article.article_id not in {"00", "03"}}


def test_a_sentence_of_one_source_is_not_unlearnt_for_another():
    articles = _in_one_line(8, 12, "Le Journal")
    elsewhere = _in_one_line(2, 4, "Autre", seed=300)
    assert _relations([*articles, *elsewhere]) == {"partial"}


def test_what_was_learnt_depends_neither_on_order_nor_on_batches():
    articles = _in_one_line(8, 12, "Le Journal")

    def counted(some: list[CopyInput]):
        return count_lines(lines(tokenise([a.body for a in some])), some, CONFIG)

    whole = learn([counted(articles)])
    assert len(whole) > 0
    parts = [counted(articles[5:][::-1]), counted(articles[:2]), counted(articles[2:5])]
    assert learn(parts).tolist() == whole.tolist()
