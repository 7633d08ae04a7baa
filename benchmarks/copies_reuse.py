"""Levels of reuse judged by people (Clough and Stevenson, 2011), told by coverage alone."""

from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from pipeline.copies.align import align, index
from pipeline.copies.tokens import tokenise

LEVELS = ("cut", "light", "heavy", "non")


def measure_reuse(folder: Path) -> dict[str, Any]:
    """Coverage of each answer in its source, level by level.

    Args:
        folder: Holds `all-plagiarised-files.txt` (source,answer,level) and the texts.

    Returns:
        The median coverage of each level, and the best F1 at which one bound on coverage tells any
        reuse from none.
    """
    rows = [
        line.split(",")
        for line in (folder / "all-plagiarised-files.txt").read_text("utf-8").split()
    ]
    covered = []
    for source, answer, _ in rows:
        tokens = tokenise([_read(folder / answer), _read(folder / source)])
        one, other = (index(tokens.text(n).hashes) for n in (0, 1))
        covered.append(float(align(one, other).lengths.sum()) / max(1, len(one.hashes)))
    coverage = np.array(covered)
    levels = np.array([level for _, _, level in rows])
    reused = levels != "non"
    best = max(
        (
            2
            * float((coverage[reused] >= bound).sum())
            / float((coverage >= bound).sum() + reused.sum()),
            bound,
        )
        for bound in sorted(set(covered) - {0.0})
    )
    return {
        "median_coverage": {
            level: round(median(coverage[levels == level].tolist()), 3) for level in LEVELS
        },
        "reuse_f1": round(best[0], 4),
        "at_coverage": round(best[1], 3),
    }


def _f1(told: np.ndarray[Any, Any], true: np.ndarray[Any, Any]) -> float:
    return float(2 * (told & true).sum() / (told.sum() + true.sum()))


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
