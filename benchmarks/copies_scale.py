"""How finding copies grows: `python -m benchmarks.copies_scale PATH` prints JSON.

PATH is the file of `benchmarks.copies`. Its articles are repeated with three in five of their words
changed, other ones in each repetition: the copies among them remain, and nothing is shared between
repetitions. They keep their days, so that ten times as many articles lie within the horizon. The
other cases are made up. Each case runs in a process of its own; seconds are processor seconds.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.copies import read_samples
from pipeline.config import CopiesConfig
from pipeline.copies.clusters import clusters
from pipeline.copies.find import find_copies
from pipeline.copies.order import CopyInput, edtf_interval

_WORD = re.compile(r"\w+")
_FIRST_DAY = date(2024, 1, 1)
_CHANGED, _OF = 3, 5
_VOCABULARY = 60_000
Case = Callable[[], list[CopyInput]]


def article(number: int, body: str, day: str, source: str = "") -> CopyInput:
    """An article as the rule for copies sees it."""
    return CopyInput(f"{number:08}", 1, source, "", body, *edtf_interval(day), False, "")


def varied(path: Path, count: int) -> list[CopyInput]:
    """`count` articles: those of the file, and repetitions of them with other words."""
    samples = read_samples(path, 20_000)
    articles: list[CopyInput] = []
    for repetition in range(-(-count // len(samples))):
        known: dict[str, str] = {}

        def change(match: re.Match[str], repetition: int = repetition, known=known) -> str:  # type: ignore[no-untyped-def]
            word = match.group()
            if word not in known:
                changed = zlib.crc32(f"{repetition} {word.lower()}".encode()) % _OF < _CHANGED
                known[word] = f"{word}{repetition}" if changed and repetition else word
            return known[word]

        for sample in samples[: count - len(articles)]:
            articles.append(
                article(len(articles), _WORD.sub(change, sample.text), sample.date[:10])
            )
    return articles


def made_up(seed: int, words: int) -> Iterator[str]:
    """Endless texts of about so many words, a few of them common and most rare, as in language."""
    chance = np.random.default_rng(seed)
    while True:
        sizes = chance.integers(words * 2 // 3, words * 4 // 3, 1_000)
        ranks = (_VOCABULARY * chance.random(int(sizes.sum())) ** 3).astype(int).tolist()
        first = 0
        for size in sizes.tolist():
            yield " ".join(f"m{rank}" for rank in ranks[first : first + size]).capitalize() + "."
            first += size


def day(number: int, days: int) -> str:
    """One of so many days."""
    return str(_FIRST_DAY + timedelta(days=number % days))


def reprinted(count: int) -> list[CopyInput]:
    """One dispatch, printed under ever another introduction within two days."""
    dispatch = " ".join(islice(made_up(1, 60), 5))
    return [
        article(n, f"{introduction}\n\n{dispatch}", day(n, 2), f"journal {n % 500}")
        for n, introduction in enumerate(islice(made_up(2, 25), count))
    ]


def with_one_line(count: int) -> list[CopyInput]:
    """Different texts of twenty sources; all end in the same line of forty words."""
    line = next(made_up(3, 50))
    return [
        article(n, f"{text}\n\n{line}", day(n, 90), f"journal {n % 20}")
        for n, text in enumerate(islice(made_up(4, 60), count))
    ]


def short(count: int) -> list[CopyInput]:
    """Different texts of some thirty words; every tenth is a copy of the one before."""
    articles: list[CopyInput] = []
    for number, text in enumerate(islice(made_up(5, 30), count)):
        own = text if number % 10 else (articles[-1].body if articles else text)
        articles.append(article(number, own, day(number, 365)))
    return articles


def measure(articles: list[CopyInput]) -> dict[str, Any]:
    """Figures of one case; the memory is that of the whole process."""
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    find_copies(articles[:200], CopiesConfig())  # what is loaded once does not count
    began = time.process_time()
    found = find_copies(articles, CopiesConfig())
    seconds = time.process_time() - began
    groups = clusters(found.pairs)
    return {
        "articles": len(articles),
        "words": sum(a.body.count(" ") + 1 for a in articles),
        "seconds": round(seconds, 1),
        "microseconds_per_article": round(1e6 * seconds / len(articles)),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "memory_of_the_articles_mb": made // 1024,
        "pairs": len(found.pairs),
        "clusters": len(groups),
        "largest_cluster": max(map(len, groups), default=0),
        "capped": dict(found.capped),
    }


def measure_alone(name: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Runs one case in a new process."""
    command = [sys.executable, "-m", "benchmarks.copies_scale", *arguments, "--case", name]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    figures: dict[str, Any] = json.loads(ended.stdout)
    print(name, json.dumps(figures), file=sys.stderr, flush=True)
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full sizes")
    parser.add_argument("--only", nargs="*", help="names of the cases to run")
    parser.add_argument("--case", help="run this case in this process")
    arguments = sys.argv[1:] if arguments is None else arguments
    chosen = parser.parse_args(arguments)

    def size(full: int) -> int:
        return max(1_000, int(full * chosen.scale))

    cases: dict[str, Case] = {
        "small": partial(varied, chosen.path, size(20_000)),
        "large": partial(varied, chosen.path, size(200_000)),
        "reprinted": partial(reprinted, size(10_000)),
        "one_line": partial(with_one_line, size(100_000)),
        "short": partial(short, size(1_000_000)),
    }
    if chosen.case:
        print(json.dumps(measure(cases[chosen.case]())))
        return
    names = [name for name in cases if not chosen.only or name in chosen.only]
    own = [str(chosen.path), "--scale", str(chosen.scale)]
    figures: dict[str, Any] = {name: measure_alone(name, own) for name in names}
    if {"small", "large"} <= figures.keys():
        small, large = (figures[name]["microseconds_per_article"] for name in ("small", "large"))
        figures["growth_per_article"] = round(large / small, 2)
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
