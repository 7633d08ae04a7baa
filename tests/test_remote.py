"""Input on a file system of Beam's: a scheme that stands for a folder of this machine."""

import gzip
import os
from collections.abc import Iterator

import pytest
from apache_beam.io.filesystem import FileMetadata
from apache_beam.io.localfilesystem import LocalFileSystem

from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.formats.sources import Source
from pipeline.job import Job, run_job
from pipeline.records import Reject
from pipeline.remote import expand_remote, is_remote, read_remote

_SCHEME = "bucket://"


class BucketFileSystem(LocalFileSystem):
    """Objects of a bucket, kept in the folder that the environment names; found by its scheme."""

    @classmethod
    def scheme(cls):
        return "bucket"

    def _local(self, path):
        return os.path.join(os.environ["BUCKET"], path.removeprefix(_SCHEME))

    def _list(self, dir_or_prefix):
        for found in super()._list(self._local(dir_or_prefix)):
            path = _SCHEME + os.path.relpath(found.path, os.environ["BUCKET"])
            yield FileMetadata(path, found.size_in_bytes)

    def exists(self, path):
        return super().exists(self._local(path))

    def metadata(self, path):
        return FileMetadata(path, super().metadata(self._local(path)).size_in_bytes)

    def _path_open(self, path, mode, *rest, **settings):
        return super()._path_open(self._local(path), mode, *rest, **settings)


@pytest.fixture
def bucket(tmp_path, monkeypatch) -> Iterator[str]:
    monkeypatch.setenv("BUCKET", str(tmp_path / "bucket"))
    return str(tmp_path / "bucket")


def _put(bucket: str, name: str, content: bytes = b"Un article.") -> None:
    path = os.path.join(bucket, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def test_addresses_of_pages_are_fetched_and_are_no_remote_files():
    assert is_remote("gs://bucket/a.txt")
    assert not is_remote("https://journal.example/rss")
    assert not is_remote("folder/a.txt")


def test_a_remote_folder_is_walked_in_order_and_conventions_hold(bucket):
    for name in ("in/b.txt", "in/a.txt", "in/sub/c.txt", "in/.hidden", "in/_x/d.txt", "in/README"):
        _put(bucket, name)
    found = expand_remote([f"{_SCHEME}in"])
    assert [each.uri for each in found] == [
        f"{_SCHEME}in/a.txt",
        f"{_SCHEME}in/b.txt",
        f"{_SCHEME}in/sub/c.txt",
    ]


def test_a_remote_pattern_and_a_remote_file_are_one_source(bucket):
    _put(bucket, "in/a.txt")
    _put(bucket, "in/b.csv")
    found = expand_remote([f"{_SCHEME}in/*.txt", f"{_SCHEME}in/a.txt"])
    assert found == [Source(f"{_SCHEME}in/a.txt", f"{_SCHEME}in/a.txt")]


def test_an_output_inside_the_input_is_not_read(bucket):
    _put(bucket, "in/a.txt")
    _put(bucket, "in/out/articles/x.avro")
    found = expand_remote([f"{_SCHEME}in"], exclude=[f"{_SCHEME}in/out"])
    assert [each.uri for each in found] == [f"{_SCHEME}in/a.txt"]


def test_a_remote_folder_without_articles_is_a_reject(bucket):
    _put(bucket, "in/.keep")
    (reject,) = expand_remote([f"{_SCHEME}in"])
    assert isinstance(reject, Reject)
    assert reject.reason == "no_readable_files"


@pytest.mark.parametrize("given", ["bucket://nowhere", "bucket://nowhere/*.txt"])
def test_nothing_there_is_an_error_that_names_it(bucket, given):
    with pytest.raises(InputError, match="nowhere"):
        expand_remote([given])


def test_a_scheme_that_beam_does_not_know_is_an_error_that_names_it():
    with pytest.raises(InputError, match="nosuch://"):
        expand_remote(["nosuch://a/b"])


def test_a_packed_remote_file_is_told_from_its_bytes(bucket):
    _put(bucket, "in/a.txt.gz", gzip.compress("Une dépêche.".encode()))
    (item,) = read_remote(Source("u", f"{_SCHEME}in/a.txt.gz"), Config().read)
    assert item.payload.decode() == "Une dépêche."


def test_a_remote_file_that_is_gone_is_a_reject(bucket):
    (reject,) = read_remote(Source("u", f"{_SCHEME}in/gone.txt"), Config().read)
    assert isinstance(reject, Reject)
    assert (reject.source_uri, reject.reason) == ("u", "unreadable")


def test_a_run_reads_remote_and_local_input_together(bucket, tmp_path):
    _put(bucket, "in/a.txt", "Le conseil municipal a voté le budget lundi à Namur.".encode())
    local = tmp_path / "b.txt"
    local.write_text("Le tribunal de Liège a rendu son jugement mardi matin.", encoding="utf-8")
    untagged = Config.model_validate({"tagging": {"enabled": False}})
    manifest = run_job(Job([f"{_SCHEME}in", str(local)], str(tmp_path / "out"), untagged))
    assert (manifest.ledger.read, manifest.ledger.articles) == (2, 2)
