"""What wire files give: `python -m benchmarks.formats_wire PATH` prints JSON.

PATH holds folders of NewsML-G2, ninjs and digital wires (`.xml`, `.json`; files with `should_fail`
or `invalid` in their name break their schema). Each file is read as a run reads it. What it should
give is found independently, with the standard library alone: an item whose content has words is an
article with that id, version, time, status, headline and language; everything else is a reject.
Examples filled with Latin are Latin, whatever they declare.

`files` says what each file gave; `wrong` lists items that differ from what was expected.
"""

import argparse
import collections
import json
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.config import Config, ReadConfig
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import Reject
from pipeline.text.dates import parse_date
from pipeline.transforms.clean import Noticed, deliver
from pipeline.versions.resolve import Delivery

_G2 = "{http://iptc.org/std/nar/2006-10-01/}"
_WORD = re.compile(r"\w+")
_STATUS = {"cancelled": "canceled"}
_LATER = "2040-01-01T00:00:00Z"


class Expected(NamedTuple):
    """What a file's item says, as plainly read.

    Attributes:
        guid: Identifier.
        version: As a number.
        created: When the version was made, in microseconds since the epoch.
        status: `corrected` is left to the signals: both it and `usable` are right.
        headline: Without double blanks.
        language: As declared.
        words: Words of its content that the article must have most of.
    """

    guid: str
    version: int
    created: int | None
    status: str
    headline: str
    language: str
    words: frozenset[str]


def measure(path: Path) -> dict[str, Any]:
    """Reads every file under a folder."""
    config = Config(read=ReadConfig(now=_LATER))
    files: list[dict[str, Any]] = []
    wrong: list[str] = []
    reasons: collections.Counter[str] = collections.Counter()
    totals: collections.Counter[str] = collections.Counter()
    size = 0
    names = sorted(p for p in path.rglob("*") if p.suffix in (".xml", ".json"))
    started = time.process_time()
    results: list[tuple[Path, list[Delivery | Noticed | Reject]]] = []
    for name in names:
        size += name.stat().st_size
        results.append((name, list(_read(name, config))))
    seconds = time.process_time() - started
    for name, found in results:
        wanted = {e.guid: e for e in _expected(name)}
        invalid = "should_fail" in name.name or "invalid" in name.name
        totals["files_read"] += 1
        totals["invalid_files"] += invalid
        totals["text_items"] += len(wanted) * (not invalid)
        got: set[str] = set()
        for result in found:
            files.append({"file": name.name, **_shown(result)})
            if isinstance(result, Reject):
                reasons[result.reason] += 1
                totals["rejects"] += 1
                continue
            totals["articles"] += 1
            article = (result.delivery if isinstance(result, Noticed) else result).article
            got.add(article.guid)
            expected = wanted.get(article.guid)
            if invalid:
                totals["invalid_files_read"] += 1
            elif expected is None and article.status not in ("canceled", "withheld"):
                wrong.append(f"{name.name}: {article.guid} has text, but none was expected")
            elif expected is not None:
                faults = list(_faults(expected, result))
                wrong += [f"{name.name}: {article.guid}: {fault}" for fault in faults]
                totals["text_items_right"] += not faults
        if not invalid:
            wrong += [f"{name.name}: {guid} is missing" for guid in sorted(wanted.keys() - got)]
    return {
        **totals,
        "reasons": dict(sorted(reasons.items())),
        "files_per_second": round(len(names) / seconds) if seconds else 0,
        "megabytes": round(size / 1e6, 2),
        "wrong": wrong,
        "files": files,
    }


def _read(name: Path, config: Config) -> Iterator[Delivery | Noticed | Reject]:
    for item in read_items(Source(name.name, str(name)), config.read):
        if isinstance(item, Reject):
            yield item
        else:
            yield deliver(item, config, config.read.now_micros())


def _shown(result: Delivery | Noticed | Reject) -> dict[str, Any]:
    if isinstance(result, Reject):
        return {"reject": result.reason, "detail": result.detail}
    delivery = result.delivery if isinstance(result, Noticed) else result
    article = delivery.article
    return {
        "id": article.guid,
        "version": article.version,
        "published": article.published_edtf,
        "status": article.status,
        "headline": article.headline,
        "language": article.language,
        "words": article.word_count,
        **({"hold": delivery.hold} if delivery.hold else {}),
        **({"notice": result.notice.action} if isinstance(result, Noticed) else {}),
    }


def _faults(expected: Expected, result: Delivery | Noticed) -> Iterator[str]:
    delivery = result.delivery if isinstance(result, Noticed) else result
    article = delivery.article
    if article.version != expected.version:
        yield f"version {article.version}, expected {expected.version}"
    if expected.created is not None and article.modified_at != expected.created:
        yield f"made at {article.modified_at}, expected {expected.created}"
    if article.status != expected.status and article.status != "corrected":
        yield f"status {article.status}, expected {expected.status}"
    if expected.headline and article.headline != expected.headline:
        yield f"headline {article.headline!r}, expected {expected.headline!r}"
    language = expected.language.lower().partition("-")[0]
    if language and article.language not in (language, "la"):
        yield f"language {article.language}, expected {language}"
    said = frozenset(_WORD.findall(f"{article.body} {article.headline} {article.byline}"))
    said |= frozenset(word for piece in article.removed for word in _WORD.findall(piece.text))
    if missing := expected.words - said:
        yield f"{len(missing)} of {len(expected.words)} words missing: {sorted(missing)[:5]}"


def _expected(name: Path) -> Iterator[Expected]:
    try:
        if name.suffix == ".xml":
            yield from _expected_g2(ElementTree.parse(name).getroot())
        else:
            data = json.loads(name.read_text(encoding="utf-8-sig"), strict=False)
            for item in data if isinstance(data, list) else [data]:
                yield from _expected_json({k.lower(): v for k, v in item.items()})
    except (ElementTree.ParseError, ValueError):
        return


def _expected_g2(root: ElementTree.Element) -> Iterator[Expected]:
    for item in root.iter(f"{_G2}newsItem"):
        kind = item.find(f"{_G2}itemMeta/{_G2}itemClass")
        if kind is None or kind.get("qcode", "text").split(":")[-1] not in ("text", "composite"):
            continue
        words = _g2_words(item)
        if not words:
            continue
        meta, content = f"{_G2}itemMeta/{_G2}", f"{_G2}contentMeta/{_G2}"
        status = item.find(f"{meta}pubStatus")
        code = (status.get("qcode", "") if status is not None else "").split(":")[-1] or "usable"
        language = item.find(f"{content}language")
        xml_language = item.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        yield Expected(
            item.get("guid", ""),
            int(item.get("version", "1")),
            parse_date(item.findtext(f"{meta}versionCreated", "")).at_micros,
            _STATUS.get(code, code),
            " ".join(item.findtext(f"{content}headline", "").split()),
            language.get("tag", "") if language is not None else xml_language,
            words,
        )


def _g2_words(item: ElementTree.Element) -> frozenset[str]:
    """Words in paragraphs of NITF or XHTML, or of inline data."""
    found: set[str] = set()
    for part in item.findall(f"{_G2}contentSet/*"):
        if part.tag == f"{_G2}inlineData":
            found.update(_WORD.findall("".join(part.itertext())))
        for element in part.iter():
            if element.tag.rpartition("}")[2] == "p":
                found.update(_WORD.findall(" ".join(element.itertext())))
    return frozenset(found)


def _expected_json(item: Mapping[str, Any]) -> Iterator[Expected]:
    if "article_html" in item:
        body, guid = item["article_html"] or "", item.get("urn", "")
        created, headline = item.get("version_created"), item.get("headline")
    else:
        if item.get("type", "text") not in ("text", "composite") or "eventdetails" in item:
            return
        body, guid = _ninjs_body(item), item.get("uri", "")
        created = item.get("versioncreated")
        headline = item.get("headline", item.get("headline_main", ""))
        for entry in item.get("headlines") or ():
            if isinstance(entry, dict):
                headline = headline or entry.get("value")
    words = frozenset(_WORD.findall(re.sub(r"<[^>]*>|&#?\w+;", " ", body)))
    if not words:
        return
    status = str(item.get("pubstatus") or "usable")
    yield Expected(
        guid,
        int(item.get("version", 1)),
        parse_date(created or "").at_micros,
        _STATUS.get(status, status),
        " ".join(re.sub(r"<[^>]*>", " ", headline or "").split()),
        item.get("language", ""),
        words,
    )


def _ninjs_body(item: Mapping[str, Any]) -> str:
    bodies = item.get("bodies")
    if isinstance(bodies, list) and bodies and isinstance(bodies[0], dict):
        return str(bodies[0].get("value", ""))
    return next((str(v) for k, v in sorted(item.items()) if k.startswith("body_") and v), "")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="The folder of wire files.")
    figures = measure(parser.parse_args().path)
    print(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
