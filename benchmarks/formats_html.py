"""How well and how fast pages are read: `python -m benchmarks.formats_html PATH` prints JSON.

PATH is the article extraction benchmark of Scrapinghub (MIT): `ground-truth.json` with the
`articleBody` of each page, and `html/ID.html.gz`. Scores are its own: sequences of four words,
counted with repeats; precision and recall are averaged over pages, F1 is made of the averages.

- `trafilatura` and `bulk`: the text as extracted, the body after cleaning, pages a second of
  processor time, and for the bulk tier the speed of resiliparse alone, as the machine may be busy.
- `metadata`: how many pages gave each field.
- `tagless`: the pages as text that lost its tags; with other articles of the source, too. The
  sample has hardly two pages of a site, so the others are made: each line that is not the article's
  stands in each of them with a given chance, around the text of another page. What a real source
  repeats lies above that for menus and footers, and below it for teasers.
"""

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from pipeline.config import CleanConfig
from pipeline.errors import RejectError
from pipeline.formats.html import Tier, parse_page
from pipeline.formats.html_charset import page_text
from pipeline.records import Article, ParsedItem, RawItem
from pipeline.text.article import to_article
from pipeline.text.recurring import learn, uses, without_recurring

_WORD = re.compile(r"\w+")
_CONFIG = CleanConfig(languages=("fr", "en"))
_OTHERS = ((12, 0.6), (24, 0.6), (24, 0.8), (40, 0.6))
_TEMPLATE = to_article(ParsedItem("", "Un texte."), _CONFIG)
_SKIPPED = ("script", "style", "template", "noscript", "svg", "iframe")
_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol"
    " optgroup option p pre section select summary table tbody td tfoot th thead title tr"
    " ul".split()
)


class Overlap(NamedTuple):
    """Sequences of words that are right, too many, and missing."""

    right: int
    extra: int
    missing: int


def overlap(truth: str, found: str) -> Overlap:
    """Compares two texts by their sequences of four words."""
    expected, given = _shingles(truth), _shingles(found)
    return Overlap(
        (expected & given).total(), (given - expected).total(), (expected - given).total()
    )


def scores(rows: Sequence[Overlap]) -> dict[str, float]:
    """Precision and recall averaged over pages, and their harmonic mean."""
    precision = statistics.mean(r.right / (r.right + r.extra) for r in rows if r.right + r.extra)
    recall = statistics.mean(r.right / (r.right + r.missing) for r in rows if r.right + r.missing)
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words)


def measure(path: Path) -> dict[str, Any]:
    """Reads all pages in both tiers, and without their tags."""
    pages, truth = read_pages(path)
    result: dict[str, Any] = {"pages": len(pages)}
    for tier in ("trafilatura", "bulk"):
        result[tier], articles = _measure_tier(pages, truth, tier)
        if tier == "trafilatura":
            result["metadata"] = {
                field: sum(bool(getattr(article, field)) for article in articles)
                for field in ("headline", "byline", "source", "url", "published_edtf", "marks")
            }
    result["bulk"]["resiliparse_alone_pages_per_second"] = _speed(
        pages.values(), lambda payload: _alone(payload)
    )
    result["tagless"] = _measure_tagless(pages, truth)
    return result


def read_pages(path: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """The pages and their gold texts, by identifier."""
    gold = json.loads((path / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {
        name: gzip.decompress((path / "html" / f"{name}.html.gz").read_bytes())
        for name in sorted(gold)
    }
    return pages, {name: gold[name]["articleBody"] for name in sorted(gold)}


def _measure_tier(
    pages: Mapping[str, bytes], truth: Mapping[str, str], tier: Tier
) -> tuple[dict[str, Any], list[Article]]:
    extracted: list[Overlap] = []
    cleaned: list[Overlap] = []
    articles: list[Article] = []
    for name, payload in pages.items():
        try:
            item = parse_page(RawItem(name, payload, "html"), tier)
        except RejectError:
            item = ParsedItem(name, "")
        extracted.append(overlap(truth[name], item.text))
        article = to_article(item, _CONFIG) if item.text else None
        cleaned.append(overlap(truth[name], article.body if article else ""))
        articles += [article] if article else []
    speed = _speed(pages.values(), lambda payload: parse_page(RawItem("", payload, "html"), tier))
    return {
        "extracted": scores(extracted),
        "cleaned": scores(cleaned),
        "read": len(articles),
        "pages_per_second": speed,
    }, articles


def _speed(payloads: Iterable[bytes], read: Callable[[bytes], object]) -> float:
    """Pages a second of processor time, the best of three passes."""
    seconds: list[float] = []
    batch = list(payloads)
    for _ in range(3):
        start = time.process_time()
        for payload in batch:
            read(payload)
        seconds.append(time.process_time() - start)
    return round(len(batch) / min(seconds), 1)


def _alone(payload: bytes) -> str:
    tree = HTMLTree.parse(payload.decode("utf-8", "replace"))
    text: str = extract_plain_text(tree, main_content=True, preserve_formatting=True)
    return text


def without_tags(page: str) -> str:
    """The text of a page, one line a block, as careless copying leaves it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml_html.document_fromstring(page.encode(), parser=parser)
    for element in list(tree.iter(*_SKIPPED)):
        element.drop_tree()
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        pieces += ["\n"] if element.tag in _BLOCKS else []
        text = element.text if event == "start" else element.tail
        pieces += [text.replace("\n", " ")] if text else []
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _measure_tagless(pages: Mapping[str, bytes], truth: Mapping[str, str]) -> dict[str, Any]:
    texts = {name: without_tags(page_text(payload)) for name, payload in pages.items()}
    articles = {name: _article(name, text) for name, text in texts.items()}
    result: dict[str, Any] = {
        "nothing_done": scores([overlap(truth[name], texts[name]) for name in texts]),
        "alone": scores([overlap(truth[name], articles[name].body) for name in texts]),
    }
    for count, chance in _OTHERS:
        rows = []
        for name, article in articles.items():
            others = _others(name, texts[name], truth, count, chance)
            least = _CONFIG.recurring_articles
            learnt = learn([uses([*others, article])], least)
            rows.append(overlap(truth[name], without_recurring(article, learnt, least).body))
        result[f"with_{count}_others_chance_{chance}"] = scores(rows)
    return result


def _article(source: str, text: str) -> Article:
    return to_article(ParsedItem(source, text, source=source), _CONFIG)


def _others(
    name: str, text: str, truth: Mapping[str, str], count: int, chance: float
) -> list[Article]:
    """Articles of the same source as they would reach the learning of lines."""
    gold = set(_shingles(truth[name]))
    plain = " ".join(_WORD.findall(truth[name]))
    around = [line for line in text.split("\n") if not _is_gold(line, gold, plain)]
    names = sorted(truth)
    made: list[Article] = []
    for number in range(count):
        other = truth[names[(names.index(name) + 1 + 7 * number) % len(names)]]
        lines = [line for line in around if _draw(name, line, number) < chance]
        body = "\n\n".join([*(line for line in other.split("\n") if line.strip()), *lines])
        made.append(_TEMPLATE._replace(article_id=f"{name} {number}", source=name, body=body))
    return made


def _is_gold(line: str, gold: set[tuple[str, ...]], plain: str) -> bool:
    words = _WORD.findall(line)
    if len(words) < 4:
        return " ".join(words) in plain
    found = _shingles(line)
    return sum(n for shingle, n in found.items() if shingle in gold) > 0.6 * found.total()


def _draw(*what: object) -> float:
    digest = blake2b(repr(what).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    print(json.dumps(measure(parser.parse_args().path), indent=2))


if __name__ == "__main__":
    main()
