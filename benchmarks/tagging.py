"""How right and how fast tags are: `python -m benchmarks.tagging GOLD` prints JSON.

GOLD is a folder with `seeds.json`, `seeds-rich.json` and `score_tagging.py`, or such a JSON file;
the scorer beside the gold scores. The articles are looked for in `--texts`, else above the gold.
They are cleaned and tagged as `wirecopy run` does, and the offsets counted back to the raw text.
Names in text that cleaning took away (a title, a photo credit) are tagged where they stood.
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.tagging_gold import (
    boilerplate_right,
    credits_right,
    dates_right,
    prediction,
    read_article,
)
from benchmarks.tagging_speed import measure_speed, read_texts
from pipeline.config import Config
from pipeline.tagging.tagger import Tagger


def measure_gold(gold_file: Path, texts: Path | None) -> dict[str, Any]:
    """Everything that the gold can tell."""
    gold = json.loads(gold_file.read_text("utf-8"))
    scorer = load_scorer(gold_file.parent / "score_tagging.py")
    rich_file = gold_file.with_name("seeds-rich.json")
    rich = json.loads(rich_file.read_text("utf-8"))["articles"] if rich_file.exists() else {}
    tagger = Tagger(Config().tagging)
    tally, with_day = scorer.Tally(), scorer.Tally()
    details: dict[str, Any] = {"credits": {}, "boilerplate": {}, "dates_alone": {}, "dates": {}}
    for article_id, truth in sorted(gold["articles"].items()):
        raw = find_text(gold_file, texts, truth["text_file"]).read_bytes().decode("utf-8")
        read = read_article(article_id, raw)
        tags = tagger.tag_one(read.article)
        tally.add(article_id, truth, prediction(read, tags, tagger), gold["registry"])
        if article_id not in rich:
            continue
        more = rich[article_id]
        details["credits"][article_id] = credits_right(more, read.article)
        details["boilerplate"][article_id] = boilerplate_right(more, read.article)
        details["dates_alone"][article_id] = dates_right(more, read, tags, scorer)
        # The day that the other articles of its story pin down, as the pipeline would find it.
        day = more["publication"]["inferred_edtf"].split("/")[0]
        anchored = tagger.tag_one(read.article, day)
        with_day.add(article_id, truth, prediction(read, anchored, tagger), gold["registry"])
        details["dates"][article_id] = dates_right(more, read, anchored, scorer)
    if rich:
        details["events_with_story_day"] = {"": with_day.report()["events"]}
    return {**tally.report(), **{key: _summed(value) for key, value in details.items()}}


def _summed(by_article: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Numbers added up over the articles, lists put together."""
    total: dict[str, Any] = {}
    for figures in by_article.values():
        for key, value in figures.items():
            total[key] = total[key] + value if key in total else value
    return total


def load_scorer(path: Path) -> ModuleType:
    """The scorer that lies beside the gold."""
    spec = importlib.util.spec_from_file_location("score_tagging", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no scorer beside the gold")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def find_text(gold_file: Path, texts: Path | None, name: str) -> Path:
    """An article's file: in `texts`, else in a folder above the gold."""
    places = [texts / Path(name).name] if texts else [p / name for p in gold_file.resolve().parents]
    for place in places:
        if place.is_file():
            return place
    raise SystemExit(f"{name}: not found; name the folder of the articles with --texts")


def main(arguments: Sequence[str]) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="the gold's folder or file")
    parser.add_argument("--texts", type=Path, help="the folder of the gold's articles")
    parser.add_argument("--speed", type=Path, help="JSON Lines with `text`: what speed is taken on")
    parser.add_argument("--articles", type=int, default=150, help="how many of them")
    options = parser.parse_args(arguments)
    gold_file = options.gold / "seeds.json" if options.gold.is_dir() else options.gold
    report = measure_gold(gold_file, options.texts)
    bodies = (
        read_texts(options.speed, options.articles)
        if options.speed
        else _bodies(gold_file, options.texts)
    )
    report["speed"] = measure_speed(bodies, "fr")
    print(json.dumps(report, ensure_ascii=False, indent=1))


def _bodies(gold_file: Path, texts: Path | None) -> list[str]:
    """The gold's articles ten times over, each time a little different: nothing is cached."""
    gold = json.loads(gold_file.read_text("utf-8"))["articles"]
    raws = [
        find_text(gold_file, texts, truth["text_file"]).read_text("utf-8")
        for truth in gold.values()
    ]
    return [f"{number}. {raw}" for number in range(10) for raw in raws]


if __name__ == "__main__":
    main(sys.argv[1:])
