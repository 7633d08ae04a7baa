"""One output folder on any file system that Beam knows (local paths, gs://, s3://, …).

    OUT/manifest.json                                    the current state
    OUT/DATASET/month=YYYY-MM/part-NNNNN-HASH.avro       what the manifest names
    OUT/.staging/…                                       what a run is writing

Files are named by their content, so a new state never overwrites a file of the old one. A run
writes under `.staging`, then moves its files into place, replaces the manifest in one step, and
only then deletes what the new manifest no longer names. Each step can be repeated after a crash.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from pipeline.errors import OutputError
from pipeline.schemas.avro import DATASETS
from pipeline.schemas.codec import read_container
from pipeline.store.manifest import FILE_NAME, Manifest, parse_manifest

STAGING = ".staging"


class OutputFolder:
    """Reads and replaces the state of one output folder.

    Args:
        root: Path or URL of the folder; it need not exist yet.
    """

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/") or "/"

    def join(self, relative: str) -> str:
        """The path of something in the folder."""
        return str(FileSystems.join(self.root, *relative.split("/")))

    def manifest(self) -> Manifest | None:
        """The current manifest, or None where nothing was written yet.

        Raises:
            OutputError: There is a manifest.json that is not ours.
        """
        path = self.join(FILE_NAME)
        if not FileSystems.exists(path):
            return None
        with FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED) as stream:
            text = stream.read()
        try:
            return parse_manifest(text.decode("utf-8"), path)
        except UnicodeDecodeError as error:
            raise OutputError(f"{path}: this is no wirecopy manifest") from error

    def rows(self, dataset: str) -> Iterator[dict[str, Any]]:
        """Reads a dataset's records through the manifest; nothing where there is no manifest."""
        manifest = self.manifest()
        if manifest is None or dataset not in manifest.datasets:
            return
        for file in manifest.datasets[dataset].files:
            yield from self.read_file(file.path)

    def read_file(self, relative: str) -> Iterator[dict[str, Any]]:
        """Reads the records of one data file."""
        path = self.join(relative)
        with FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED) as stream:
            yield from read_container(stream)

    def stage(self, relative: str, content: bytes) -> None:
        """Writes one data file under `.staging`; writing it again changes nothing."""
        self._write(self.join(f"{STAGING}/{relative}"), content)

    def commit(self, manifest: Manifest) -> None:
        """Makes the staged files and the manifest the folder's state, in one visible step."""
        wanted = {file.path for part in manifest.datasets.values() for file in part.files}
        for relative in sorted(wanted):
            self._publish(relative)
        temporary = self.join(f"{STAGING}/{FILE_NAME}")
        self._write(temporary, manifest.to_json().encode("utf-8"))
        FileSystems.rename([temporary], [self.join(FILE_NAME)])
        self._delete(set(self._existing()) - wanted)
        self.clear_staging()

    def clear_staging(self) -> None:
        """Removes what a run that died may have left."""
        staging = self.join(STAGING)
        if FileSystems.exists(staging):
            FileSystems.delete([staging])

    def _publish(self, relative: str) -> None:
        staged, final = self.join(f"{STAGING}/{relative}"), self.join(relative)
        if FileSystems.exists(final):  # named by content: what stands there is the same
            return
        _make_parent(final)
        FileSystems.rename([staged], [final])

    def _existing(self) -> Iterator[str]:
        patterns = [self.join(f"{dataset}/month=*/*.avro") for dataset in DATASETS]
        for match in FileSystems.match(patterns):
            for metadata in match.metadata_list:
                yield "/".join(metadata.path.replace("\\", "/").rsplit("/", 3)[-3:])

    def _delete(self, relatives: Iterable[str]) -> None:
        for relative in sorted(relatives):
            FileSystems.delete([self.join(relative)])

    @staticmethod
    def _write(path: str, content: bytes) -> None:
        _make_parent(path)
        with FileSystems.create(
            path, "application/octet-stream", CompressionTypes.UNCOMPRESSED
        ) as stream:
            stream.write(content)


def _make_parent(path: str) -> None:
    parent = FileSystems.split(path)[0]
    try:
        FileSystems.mkdirs(parent)
    except OSError:
        if not FileSystems.exists(parent):
            raise
