"""Names against labelled sentences: `python -m benchmarks.tagging_silver FILE` prints JSON.

FILE has a word a line and its label (`B-PER`) in the last column, as WikiNEuRal's files have.
The labels are silver: made by machine from Wikipedia. They show whether a change breaks something,
not how good names in the press are. spaCy's own names on the same sentences stand beside.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.config import TaggingConfig
from pipeline.tagging.entities import find_entities
from pipeline.tagging.gazetteer import load_gazetteer
from pipeline.tagging.mentions import MODEL_LABELS
from pipeline.tagging.model import load_model
from pipeline.tagging.named import LABELS_OF_TYPES

_Span = tuple[int, int, str]
# The files part all words by a space; running text does not.
_TIGHT = frozenset(",.;:)]%")
_OPENERS = frozenset("'’([")


def read_sentences(path: Path) -> Iterator[tuple[str, set[_Span]]]:
    """Each sentence's text and its spans; miscellaneous names are left out."""
    for block in path.read_text("utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        text = ""
        spans: list[_Span] = []
        for row in rows:
            if row[1][0] in _TIGHT:
                text = text.rstrip(" ")
            start, label = len(text), row[-1]
            text += row[1]
            if label.startswith("B-") or (label.startswith("I-") and not spans):
                spans.append((start, len(text), label[2:]))
            elif label.startswith("I-"):
                spans[-1] = (spans[-1][0], len(text), spans[-1][2])
            if row[1][-1] not in _OPENERS:
                text += " "
        yield text, {span for span in spans if span[2] in ("PER", "LOC", "ORG")}


def measure(path: Path, language: str, limit: int) -> dict[str, Any]:
    """Strict micro F of wirecopy and of the bare model."""
    sentences = [s for s, _ in zip(read_sentences(path), range(limit), strict=False)]
    model = load_model(TaggingConfig().models[language])
    gazetteer = load_gazetteer()
    ours: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    found = model.names([text for text, _ in sentences])
    for (text, gold), spans in zip(sentences, found, strict=True):
        entities = find_entities(text, language, spans, gazetteer, model.is_word)
        mentions = {
            (m.start, m.end, "LOC" if m.metonym else LABELS_OF_TYPES[e.type])
            for e in entities
            for m in e.mentions
            if m.kind == "name" and e.type != "OTHER"
        }
        _count(ours, gold, mentions)
        labelled = {(s.start, s.end, MODEL_LABELS.get(s.label, "")) for s in spans}
        _count(bare, gold, {s for s in labelled if s[2] in ("PER", "LOC", "ORG")})
    return {"sentences": len(sentences), "wirecopy": _figures(ours), "spacy": _figures(bare)}


def _count(tally: Counter[str], gold: set[_Span], found: set[_Span]) -> None:
    tally["right"] += len(gold & found)
    tally["found"] += len(found)
    tally["gold"] += len(gold)


def _figures(tally: Counter[str]) -> dict[str, float]:
    precision = tally["right"] / max(tally["found"], 1)
    recall = tally["right"] / max(tally["gold"], 1)
    f = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"p": round(precision, 4), "r": round(recall, 4), "f": round(f, 4)}


def main(arguments: Sequence[str]) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", default="fr")
    parser.add_argument("--sentences", type=int, default=700)
    options = parser.parse_args(arguments)
    report = measure(options.file, options.language, options.sentences)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
