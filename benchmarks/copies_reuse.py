"""Levels of reuse judged by people (Clough and Stevenson, 2011), told by coverage alone."""

from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from pipeline.copies.align import align, index
from pipeline.copies.tokens import tokenise

LEVELS = ("cut", "light", "heavy", "non")

_LIST = "all-plagiarised-files.txt"


def measure_reuse(folder: Path) -> dict[str, Any]:
    """Coverage of each answer in its source, level by level.

    Args:
        folder: Holds `all-plagiarised-files.txt` (source,answer,level) and the texts, or a folder
            `Corpus` that does.

    Returns:
        The median coverage of each level, and the best F1 at which one bound on coverage tells any
        reuse from none.

    Raises:
        SystemExit: The list of files is in neither.
    """
    folder = corpus_folder(folder)
    rows = [line.split(",") for line in (folder / _LIST).read_text("utf-8").split()]
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


def corpus_folder(folder: Path) -> Path:
    """The folder that holds the list of files: the given one, or `Corpus` in it.

    Raises:
        SystemExit: It is in neither.
    """
    for place in (folder, folder / "Corpus"):
        if (place / _LIST).is_file():
            return place
    raise SystemExit(f"--clough: no {_LIST} in {folder} or in its folder Corpus")


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
