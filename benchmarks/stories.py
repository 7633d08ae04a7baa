"""How well one happening is told from another: `python -m benchmarks.stories PATH` prints JSON.

PATH is a table of pairs judged by people (tab-separated, one header line): `INPUT:first_title`,
`INPUT:first_text`, the same for `second`, and `GOLDEN:quality`, OK for the same event and BAD for
another. Each pair is given to the rule for stories by itself, without dates, so that the words
alone decide.
"""

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.config import StoriesConfig
from pipeline.stories.cluster import find_stories
from pipeline.stories.interval import UNDATED
from pipeline.stories.linkage import similarity, vector_of
from pipeline.stories.signature import StoryInput, sign


class Judged(NamedTuple):
    """Two articles, and whether people say that they tell the same event."""

    one: StoryInput
    other: StoryInput
    same: bool


def _signed(article_id: str, title: str, text: str) -> StoryInput:
    return StoryInput(article_id, "en", "", title, None, UNDATED, (), *sign(title, text, "en"))


def read_judged(path: Path) -> list[Judged]:
    """Reads the judged pairs of a table."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Judged(
            _signed("1", row["INPUT:first_title"], row["INPUT:first_text"]),
            _signed("2", row["INPUT:second_title"], row["INPUT:second_text"]),
            row["GOLDEN:quality"] == "OK",
        )
        for row in rows
        if row["GOLDEN:quality"] in ("OK", "BAD")
    ]


def measure(pairs: Sequence[Judged], config: StoriesConfig) -> dict[str, Any]:
    """How often the rule agrees with the people, and how often any threshold could."""
    told = [len(find_stories((p.one, p.other), (), config)) == 1 for p in pairs]
    alike = [similarity(vector_of(p.one), vector_of(p.other)) for p in pairs]
    best = max(
        (sum((a >= bound) == p.same for a, p in zip(alike, pairs, strict=True)), bound)
        for bound in sorted({*alike, 2.0})
    )
    right = [t == p.same for t, p in zip(told, pairs, strict=True)]
    return {
        "pairs": len(pairs),
        "same_event": sum(p.same for p in pairs),
        "threshold": config.similarity,
        "right": sum(right),
        "share_right": round(sum(right) / len(pairs), 4),
        "wrongly_joined": sum(t and not p.same for t, p in zip(told, pairs, strict=True)),
        "wrongly_apart": sum(p.same and not t for t, p in zip(told, pairs, strict=True)),
        "right_at_best_threshold": best[0],
        "best_threshold": round(best[1], 3),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    chosen = parser.parse_args(arguments)
    print(json.dumps(measure(read_judged(chosen.path), StoriesConfig()), indent=2))


if __name__ == "__main__":
    main()
