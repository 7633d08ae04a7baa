"""`manifest.json`: what a complete output holds. A reader that follows it never sees half a run."""

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import OutputError

FILE_NAME = "manifest.json"
FORMAT = "wirecopy/1"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class DataFile(_Part):
    """One Avro file of a dataset.

    Attributes:
        path: Relative to the output folder, with `/`.
        rows: Records in it.
        bytes: Its size.
        sha256: Of its content, in hex.
    """

    path: str
    rows: int
    bytes: int
    sha256: str


class Dataset(_Part):
    """One dataset: the fingerprint of its schema (CRC-64-AVRO), its rows, its files by path."""

    schema_fingerprint: str
    rows: int
    files: tuple[DataFile, ...]


class Ledger(_Part):
    """Where the items of the run that wrote the manifest went; every item is counted once.

    Attributes:
        read: Items that were read.
        articles: New articles.
        versions: New versions of articles.
        tombstones: Items that withdrew an article.
        rejects: Items that became rejects.
        already_seen: Items that an earlier delivery or run had brought already.
    """

    read: int = 0
    articles: int = 0
    versions: int = 0
    tombstones: int = 0
    rejects: int = 0
    already_seen: int = 0

    @property
    def balance(self) -> int:
        """Items that are not accounted for: 0, or something is wrong."""
        accounted = self.articles + self.versions + self.tombstones + self.rejects
        return self.read - accounted - self.already_seen


class Manifest(_Part):
    """The whole state of an output folder.

    Attributes:
        format: `wirecopy/1`.
        wirecopy: The version that wrote it.
        configuration: `Config.fingerprint()` of the run.
        copy_rule: The `[copies]` section of the configuration: what the pairs were found with.
        tagging: Fingerprint of what tagged the articles; other tags are made anew.
        ledger: Of the run that wrote it.
        rules: `Config.rules()` of the run, with the tagging: files of other rules are made anew.
        counts: What the output holds, by name: `copies.partial`, `rejects.empty`, …; what the
            comparisons of the last run left out (`capped.…`); and the files that it read, wrote
            and carried over (`files.…`).
        months: The counts of each month that has some; `counts` has their sums.
        datasets: By name.
    """

    format: str = FORMAT
    wirecopy: str
    configuration: str
    copy_rule: dict[str, int | float] = {}
    tagging: str
    rules: str = ""
    ledger: Ledger
    counts: dict[str, int]
    months: dict[str, dict[str, int]] = {}
    datasets: dict[str, Dataset]

    def files(self, dataset: str) -> tuple[DataFile, ...]:
        """The files of a dataset; none of one that an older version did not write."""
        found = self.datasets.get(dataset)
        return found.files if found is not None else ()

    def to_json(self) -> str:
        """Renders the file's text: stable key order, one trailing newline."""
        return self.model_dump_json(indent=2) + "\n"


def parse_manifest(text: str, where: str) -> Manifest:
    """Reads a manifest's text.

    Raises:
        OutputError: It is not a manifest of this format.
    """
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise OutputError(
            f"{where}: this is no wirecopy manifest; choose another --output, or remove the folder"
        ) from error
    if manifest.format != FORMAT:
        raise OutputError(
            f"{where}: format {manifest.format!r} is not {FORMAT!r}; it was written by another"
            f" version of wirecopy ({manifest.wirecopy})"
        )
    return manifest
