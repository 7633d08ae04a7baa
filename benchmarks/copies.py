"""How well and how fast copies are found: `python -m benchmarks.copies PATH` prints JSON.

PATH is a JSON Lines file (`.gz` too), one article a line: `id`, `cl` (its cluster), `kind` (how it
was edited; `quotes N` for an article that only quotes article `bN`), `date` and `text`. Seconds are
processor seconds of one core, without reading the file.
"""

import argparse
import gzip
import json
import math
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.copies_peers import PEERS
from benchmarks.copies_reuse import measure_reuse
from pipeline.config import CopiesConfig
from pipeline.copies.clusters import clusters
from pipeline.copies.find import find_copies
from pipeline.copies.order import CopyInput
from pipeline.copies.relation import COPY_RELATIONS, PARTIAL, RELATIONS
from pipeline.records import Article, CopyPair

Pair = tuple[str, str]


class Sample(NamedTuple):
    """A labelled article."""

    id: str
    cluster: str
    kind: str
    date: str
    text: str


def read_samples(path: Path, limit: int | None = None) -> list[Sample]:
    """Reads the labelled articles of a file, at most `limit` of them."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line, _ in zip(stream, range(limit or 10**9), strict=False)]
    return [Sample(r["id"], r["cl"], r["kind"], r.get("date") or "", r["text"]) for r in rows]


def record(sample: Sample) -> Article:
    """A sample as an article; nothing says who published it."""
    return Article(
        article_id=sample.id,
        language="fr",
        body=sample.text,
        published_edtf=sample.date,
        word_count=len(sample.text.split()),
        content_hash=blake2b(" ".join(sample.text.split()).encode(), digest_size=16).hexdigest(),
    )


def true_pairs(samples: Sequence[Sample]) -> set[Pair]:
    """All pairs of one cluster."""
    members = defaultdict(list)
    for sample in samples:
        members[sample.cluster].append(sample.id)
    return pairs_within(members.values())


def pairs_within(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """All pairs of ids that stand in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def scores(found: set[Pair], truth: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of pairs."""
    right = len(found & truth)
    precision = right / len(found) if found else 1.0
    recall = right / len(truth) if truth else 1.0
    both = len(found) + len(truth)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * right / both, 4) if both else 1.0,
    }


def adjusted_rand_index(found: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]) -> float:
    """Adjusted Rand index of two labellings (Hubert and Arabie, 1985).

    Args:
        found: One label for each item.
        truth: The true label of each item.
    """
    _, ours = np.unique(found, return_inverse=True)
    _, theirs = np.unique(truth, return_inverse=True)
    cells = np.unique(np.stack([ours, theirs]), axis=1, return_counts=True)[1]
    both, one, other = (_pairs(n) for n in (cells, np.bincount(ours), np.bincount(theirs)))
    expected = one * other / math.comb(len(found), 2)
    highest = (one + other) / 2
    return 1.0 if highest == expected else (both - expected) / (highest - expected)


def _pairs(counts: np.ndarray[Any, Any]) -> float:
    return float((counts * (counts - 1) // 2).sum())


def labels(samples: Sequence[Sample], groups: Iterable[Iterable[str]]) -> np.ndarray[Any, Any]:
    """The group of each sample; one of its own where it has none."""
    number = {one: n for n, group in enumerate(groups) for one in group}
    return np.array([number.get(s.id, -1 - n) for n, s in enumerate(samples)])


def recall_by_kind(samples: Sequence[Sample], found: set[Pair]) -> dict[str, float]:
    """Share of the edited articles of each kind that were joined with another of their cluster."""
    members = defaultdict(list)
    for sample in samples:
        members[sample.cluster].append(sample.id)
    hits: dict[str, list[bool]] = defaultdict(list)
    for sample in samples:
        others = [one for one in members[sample.cluster] if one != sample.id]
        if others and sample.id != sample.cluster:
            joined = any(tuple(sorted((sample.id, one))) in found for one in others)
            hits[sample.kind].append(joined)
    return {kind: round(sum(own) / len(own), 4) for kind, own in sorted(hits.items())}


def merged_by_quotation(samples: Sequence[Sample], found: set[Pair]) -> int:
    """Articles that were joined with the one that they only quote."""
    ids = {sample.id for sample in samples}
    quoting = [
        tuple(sorted((sample.id, "b" + sample.kind.removeprefix("quotes "))))
        for sample in samples
        if sample.kind.startswith("quotes ") and "b" + sample.kind[7:] in ids
    ]
    return sum(pair in found for pair in quoting)


def measure(samples: Sequence[Sample]) -> dict[str, Any]:
    """Runs the rule without Beam."""
    articles = [CopyInput.of(record(sample)) for sample in samples]
    began = time.process_time()
    result = find_copies(articles, CopiesConfig())
    seconds = time.process_time() - began
    groups = clusters(result.pairs)
    truth = true_pairs(samples)
    joined = pairs_within(groups)
    relations = [pair.relation for pair in result.pairs]
    wanted = np.array([sample.cluster for sample in samples])
    return {
        "articles": len(samples),
        "seconds": round(seconds, 2),
        "articles_per_second": round(len(samples) / seconds),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "relations": {name: relations.count(name) for name in RELATIONS},
        "capped": dict(result.capped),
        "pairs": scores(_pairs_of(result.pairs, COPY_RELATIONS), truth),
        "pairs_with_partial": scores(_pairs_of(result.pairs, COPY_RELATIONS | {PARTIAL}), truth),
        "cluster_pairs": scores(joined, truth),
        "adjusted_rand_index": round(adjusted_rand_index(labels(samples, groups), wanted), 4),
        "recall_by_kind": recall_by_kind(samples, joined),
        "merged_by_quotation": merged_by_quotation(samples, joined),
    }


def _pairs_of(pairs: Iterable[CopyPair], relations: Iterable[str]) -> set[Pair]:
    return {
        (min(p.article_id, p.of_article_id), max(p.article_id, p.of_article_id))
        for p in pairs
        if p.relation in relations
    }


def measure_peer(
    samples: Sequence[Sample], groups_of: Callable[[Sequence[str]], list[list[int]]]
) -> dict[str, Any]:
    """Runs another tool on the same texts; its groups are closed transitively, as its users do."""
    began = time.process_time()
    groups = [
        [samples[index].id for index in group]
        for group in groups_of([sample.text for sample in samples])
    ]
    seconds = time.process_time() - began
    wanted = np.array([sample.cluster for sample in samples])
    return {
        "articles_per_second": round(len(samples) / seconds),
        "cluster_pairs": scores(pairs_within(groups), true_pairs(samples)),
        "adjusted_rand_index": round(adjusted_rand_index(labels(samples, groups), wanted), 4),
    }


def measure_beam(samples: Sequence[Sample]) -> dict[str, Any]:
    """Runs the rule on Beam's in-process runner."""
    from benchmarks.copies_beam import run_on_beam

    seconds = run_on_beam([record(sample) for sample in samples])
    return {
        "seconds": round(seconds, 2),
        "articles_per_second": round(len(samples) / seconds),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, help="only the first articles of the file")
    parser.add_argument("--no-peers", action="store_true", help="leave the other tools out")
    parser.add_argument("--beam", action="store_true", help="the same through Beam")
    parser.add_argument("--clough", type=Path, help="folder of the reuse levels judged by people")
    chosen = parser.parse_args(arguments)
    samples = read_samples(chosen.path, chosen.limit)
    figures: dict[str, Any] = {"wirecopy": measure(samples)}
    if chosen.beam:
        figures["beam"] = measure_beam(samples)
    if chosen.clough:
        figures["reuse"] = measure_reuse(chosen.clough)
    peers: Mapping[str, Any] = {} if chosen.no_peers else PEERS
    for name, groups_of in peers.items():
        figures[name] = measure_peer(samples, groups_of)
    print(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
