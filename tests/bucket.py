"""A file system that only Beam knows: `bucket://` stands for the folder that `BUCKET` names."""

import os
import posixpath
from pathlib import Path

from apache_beam.io.filesystem import FileMetadata
from apache_beam.io.localfilesystem import LocalFileSystem

SCHEME = "bucket://"
FOLDER = "BUCKET"
"""Environment variable: an engine's worker in another process finds the same folder."""


class BucketFileSystem(LocalFileSystem):
    """Objects by name, kept as local files; Beam finds it by its scheme."""

    @classmethod
    def scheme(cls):
        return SCHEME.removesuffix("://")

    def join(self, basepath, *paths):
        return posixpath.join(basepath, *paths)

    def split(self, path):
        return posixpath.split(path)

    def mkdirs(self, path):
        super().mkdirs(_local(path))

    def _list(self, dir_or_prefix):
        for found in super()._list(_local(dir_or_prefix)):
            name = Path(found.path).relative_to(_local(SCHEME)).as_posix()
            yield FileMetadata(SCHEME + name, found.size_in_bytes)

    def exists(self, path):
        return super().exists(_local(path))

    def metadata(self, path):
        return FileMetadata(path, super().metadata(_local(path)).size_in_bytes)

    def create(self, path, *rest, **settings):
        return super().create(_local(path), *rest, **settings)

    def open(self, path, *rest, **settings):
        return super().open(_local(path), *rest, **settings)

    def rename(self, source_file_names, destination_file_names):
        super().rename(
            [_local(path) for path in source_file_names],
            [_local(path) for path in destination_file_names],
        )

    def delete(self, paths):
        super().delete([_local(path) for path in paths])


def _local(path: str) -> str:
    return os.path.join(os.environ[FOLDER], path.removeprefix(SCHEME))


def put(name: str, content: bytes = b"Un article.") -> str:
    """Makes an object; returns its address."""
    path = Path(_local(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return SCHEME + name
