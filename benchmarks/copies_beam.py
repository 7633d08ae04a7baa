"""The same rule through Beam's in-process runner, for its cost against the plain function."""

import time
from collections.abc import Sequence

import apache_beam as beam
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipeline.config import CopiesConfig
from pipeline.records import Article
from pipeline.transforms.copies import FindCopies

_ARTICLES: list[Article] = []


def _all_articles(_: None) -> list[Article]:
    return _ARTICLES


def run_on_beam(articles: Sequence[Article]) -> float:
    """Processor seconds of `FindCopies`; the articles come from memory, not from the graph."""
    _ARTICLES[:] = articles
    began = time.process_time()
    with beam.Pipeline(runner=FnApiRunner()) as root:
        read = (
            root | beam.Create([None], reshuffle=False) | "Articles" >> beam.FlatMap(_all_articles)
        )
        _ = read | FindCopies(CopiesConfig())
    return time.process_time() - began
