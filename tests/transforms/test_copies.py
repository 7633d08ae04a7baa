"""Finding copies on Beam gives what the plain rule gives."""

import random
from hashlib import blake2b

import apache_beam as beam
import pytest
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.testing.util import assert_that, equal_to

from pipeline.config import CopiesConfig
from pipeline.copies.find import find_copies
from pipeline.copies.order import CopyInput
from pipeline.records import Article
from pipeline.transforms.copies import FindCopies

CONFIG = CopiesConfig(max_postings=3, max_candidates=3, max_copies=1)
APPEAL = " ".join(f"appel{n}" for n in range(30))


def _prose(seed: int, words: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"mot{chance.randrange(10**6)}" for _ in range(words))


def _article(number: int, body: str, source: str, date: str) -> Article:
    return Article(
        article_id=f"id{number}",
        source=source,
        language="fr",
        body=body,
        published_edtf=date,
        word_count=1,
        content_hash=blake2b(body.encode(), digest_size=8).hexdigest(),
    )


def _press() -> list[Article]:
    chance = random.Random(5)
    dates = ["2024-05-02", "2024-05-09", "2024-05", "", "2024-06-20"]
    articles = []
    for number in range(60):
        blocks = [_prose(chance.randrange(12), 60) for _ in range(chance.randint(1, 3))]
        if number % 2:
            blocks.append(APPEAL)
        source = "Le Journal" if number % 2 else ""
        articles.append(
            _article(
                number,
                "\n\n".join([_prose(100 + number, 20), *blocks]),
                source,
                chance.choice(dates),
            )
        )
    return articles


@pytest.mark.parametrize("shards", [1, 5])
@pytest.mark.parametrize("order", [1, 2])
def test_it_finds_the_pairs_and_counts_of_the_plain_rule_in_any_order(shards, order):
    articles = _press()
    expected = find_copies(map(CopyInput.of, articles), CONFIG)
    assert len({pair.relation for pair in expected.pairs}) > 1
    assert min(count for _, count in expected.capped) > 0
    random.Random(order).shuffle(articles)
    with beam.Pipeline(runner=FnApiRunner()) as root:
        copies = root | beam.Create(articles) | FindCopies(CONFIG, shards)
        assert_that(copies.pairs, equal_to(list(expected.pairs)), label="Pairs")
        assert_that(
            copies.counts | beam.CombinePerKey(sum),
            equal_to([(f"capped.{name}", count) for name, count in expected.capped]),
            label="Counts",
        )


def test_a_heap_without_copies_gives_none():
    with beam.Pipeline(runner=FnApiRunner()) as root:
        copies = root | beam.Create([_article(0, _prose(1, 50), "", "")]) | FindCopies(CONFIG)
        assert_that(copies.pairs, equal_to([]))
