"""Other tools on the same task, as their documentation uses them: MinHash, LSH, then closure.

Both get the same sequences of five words. `pip install wirecopy[benchmarks]` brings them; a tool
that is not installed is left out.
"""

import importlib.util
import re
from collections.abc import Callable, Sequence

_WORD = re.compile(r"\w+")
_THRESHOLD = 0.5
_PERMUTATIONS = 128


def _sequences(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    return sorted({" ".join(words[n : n + 5]) for n in range(max(1, len(words) - 4))})


def datasketch_groups(texts: Sequence[str]) -> list[list[int]]:
    """Datasketch MinHashLSH at Jaccard 0.5, candidates checked by their estimated similarity."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)
    hashes = []
    edges = []
    for number, text in enumerate(texts):
        own = MinHash(num_perm=_PERMUTATIONS)
        own.update_batch([sequence.encode() for sequence in _sequences(text)])
        hashes.append(own)
        edges += [
            (number, other)
            for other in index.query(own)
            if own.jaccard(hashes[other]) >= _THRESHOLD
        ]
        index.insert(number, own)
    return _closed(len(texts), edges)


def rensa_groups(texts: Sequence[str]) -> list[list[int]]:
    """Rensa RMinHash with LSH at Jaccard 0.5, candidates checked by their estimated similarity."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS, num_bands=32)
    hashes = []
    edges = []
    for number, text in enumerate(texts):
        own = RMinHash(num_perm=_PERMUTATIONS, seed=42)
        own.update(_sequences(text))
        hashes.append(own)
        edges += [
            (number, other)
            for other in index.query(own)
            if own.jaccard(hashes[other]) >= _THRESHOLD
        ]
        index.insert(number, own)
    return _closed(len(texts), edges)


def _closed(size: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    parent = list(range(size))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in edges:
        parent[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for item in range(size):
        groups.setdefault(root(item), []).append(item)
    return [group for group in groups.values() if len(group) > 1]


_ALL: dict[str, Callable[[Sequence[str]], list[list[int]]]] = {
    "datasketch": datasketch_groups,
    "rensa": rensa_groups,
}

PEERS = {name: groups for name, groups in _ALL.items() if importlib.util.find_spec(name)}
"""The tools that are installed."""
