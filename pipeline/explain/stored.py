"""Articles of an output folder as the tables hold them: one that is meant, and those around it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from pipeline.config import CopiesConfig
from pipeline.errors import InputError, OutputError
from pipeline.months import UNKNOWN_MONTH
from pipeline.records import Article, Story, Tags
from pipeline.schemas.record import article_of, story_of, tags_of
from pipeline.store.folder import OutputFolder
from pipeline.store.partition import month_in

WITHDRAWN = "canceled"
"""Status of an article that is neither compared nor told."""

_NAMED = 4  # ids that an ambiguous beginning is answered with

Versions = Mapping[str, int]
"""The number of the current version of each article that has one above 1."""


class StoredArticle(NamedTuple):
    """The current version of an article as the tables hold it.

    Attributes:
        article: The article.
        tags: What tagging found in it.
        story: The story that it belongs to; None where it belongs to none.
        superseded: How many versions it replaced.
        anchor: The day against which its tags resolve relative dates (EDTF); may be empty.
    """

    article: Article
    tags: Tags
    story: Story | None
    superseded: int
    anchor: str


def load_article(folder: OutputFolder, wanted: str) -> tuple[StoredArticle, Versions]:
    """Finds an article.

    Args:
        folder: The output.
        wanted: An article_id, the beginning of one that no other has, or a source_uri.

    Returns:
        The article, and what `current_articles` needs.

    Raises:
        OutputError: There is no output in the folder.
        InputError: No article is meant, or several.
    """
    if folder.manifest() is None:
        raise OutputError(f"{folder.root}: there is no output here (no manifest.json)")
    versions: dict[str, int] = {}
    superseded: dict[str, int] = {}
    exact: dict[str, dict[str, Any]] = {}
    begun: dict[str, dict[str, Any]] = {}
    more = 0
    for row in folder.rows("articles"):
        article_id, version = row["article_id"], row["version"]
        if version > 1:
            versions[article_id] = max(version, versions.get(article_id, 1))
        if wanted in (article_id, row["source_uri"]):
            kept = exact
        elif wanted and article_id.startswith(wanted):
            kept = begun
        else:
            continue
        if article_id in kept:
            superseded[article_id] = superseded.get(article_id, 0) + 1
        elif len(kept) > _NAMED:
            more += 1
            continue
        if article_id not in kept or version > kept[article_id]["version"]:
            kept[article_id] = row
    meant = exact or begun
    if len(meant) != 1:
        raise InputError(_not_one(folder.root, wanted, sorted(meant), more))
    ((article_id, row),) = meant.items()
    story = _story(folder, row["story_id"])
    replaced, anchor = superseded.get(article_id, 0), row["anchor_edtf"] or ""
    return StoredArticle(article_of(row), tags_of(row), story, replaced, anchor), versions


def _not_one(root: str, wanted: str, found: list[str], more: int) -> str:
    if not found:
        return f"{root}: no article has the id or source_uri {wanted!r}; `wirecopy inspect` lists"
    several = ", ".join(found[:_NAMED]) + (", …" if more or len(found) > _NAMED else "")
    return f"{root}: {wanted!r} could mean {several}; write more of the id"


def _story(folder: OutputFolder, story_id: str) -> Story | None:
    rows = (row for row in folder.rows("stories") if row["story_id"] == story_id)
    return next((story_of(row) for row in rows), None)


def copy_rule(folder: OutputFolder, default: CopiesConfig) -> tuple[CopiesConfig, bool]:
    """The thresholds with which the copies of an output were found, as its manifest has them.

    Returns:
        Them and True; `default` and False where an older version wrote the output.
    """
    manifest = folder.manifest()
    try:
        if manifest is not None and manifest.copy_rule:
            return CopiesConfig.model_validate(manifest.copy_rule), True
    except ValidationError:
        pass  # another version's thresholds
    return default, False


def current_articles(
    folder: OutputFolder, versions: Versions, months: tuple[str, str] | None
) -> Iterator[Article]:
    """The current version of each article, withdrawn ones left out.

    Args:
        folder: The output.
        versions: As `load_article` gives them.
        months: First and last month to read (`2019-12`), with the articles whose month is not
            known; None reads all.
    """
    manifest = folder.manifest()
    if manifest is None:
        return
    for file in manifest.datasets["articles"].files:
        if months is not None and not _is_in(file.path, months):
            continue
        for row in folder.read_file(file.path):
            current = row["version"] == versions.get(row["article_id"], row["version"])
            if current and row["status"] != WITHDRAWN:
                yield article_of(row)


def _is_in(path: str, months: tuple[str, str]) -> bool:
    month = month_in(path)
    return month == UNKNOWN_MONTH or months[0] <= month <= months[1]


def articles_by_id(
    folder: OutputFolder, versions: Versions, wanted: Collection[str]
) -> dict[str, Article]:
    """The current versions of some articles."""
    found = current_articles(folder, versions, None)
    return {a.article_id: a for a in found if a.article_id in wanted}
