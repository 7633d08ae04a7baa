"""Input and output on a file system of Beam's."""

import gzip

import pytest

from pipeline.errors import InputError
from pipeline.formats.sources import Source
from pipeline.job import Job, run_job
from pipeline.records import Reject
from pipeline.remote import expand_remote, is_remote, read_remote
from pipeline.store.folder import OutputFolder
from tests.bucket import FOLDER, SCHEME, BucketFileSystem, put
from tests.conftest import UNTAGGED


@pytest.fixture(autouse=True)
def bucket(tmp_path, monkeypatch):
    (tmp_path / "bucket").mkdir()
    monkeypatch.setenv(FOLDER, str(tmp_path / "bucket"))
    return BucketFileSystem


def test_addresses_of_pages_are_fetched_and_are_no_remote_files():
    assert is_remote("gs://bucket/a.txt")
    assert not is_remote("https://journal.example/rss")
    assert not is_remote("folder/a.txt")


def test_a_remote_folder_is_walked_in_order_and_conventions_hold():
    for name in ("in/b.txt", "in/a.txt", "in/sub/c.txt", "in/.hidden", "in/_x/d.txt", "in/README"):
        put(name)
    found = expand_remote([f"{SCHEME}in"])
    assert [each.uri for each in found] == [
        f"{SCHEME}in/a.txt",
        f"{SCHEME}in/b.txt",
        f"{SCHEME}in/sub/c.txt",
    ]


def test_a_remote_pattern_and_a_remote_file_are_one_source():
    put("in/b.csv")
    file = put("in/a.txt")
    assert expand_remote([f"{SCHEME}in/*.txt", file]) == [Source(file, file)]


def test_an_output_inside_the_input_is_not_read():
    file = put("in/a.txt")
    put("in/out/articles/x.avro")
    found = expand_remote([f"{SCHEME}in"], exclude=[f"{SCHEME}in/out"])
    assert found == [Source(file, file)]


def test_a_remote_folder_without_articles_is_a_reject():
    put("in/.keep")
    (reject,) = expand_remote([f"{SCHEME}in"])
    assert isinstance(reject, Reject)
    assert reject.reason == "no_readable_files"


@pytest.mark.parametrize("given", [f"{SCHEME}nowhere", f"{SCHEME}nowhere/*.txt"])
def test_nothing_there_is_an_error_that_names_it(given):
    with pytest.raises(InputError, match="nowhere"):
        expand_remote([given])


def test_a_scheme_that_beam_does_not_know_is_an_error_that_names_it():
    with pytest.raises(InputError, match="nosuch://"):
        expand_remote(["nosuch://a/b"])


def test_a_packed_remote_file_is_told_from_its_bytes():
    file = put("in/a.txt.gz", gzip.compress("Une dépêche.".encode()))
    (item,) = read_remote(Source("u", file), UNTAGGED.read)
    assert item.payload.decode() == "Une dépêche."


def test_a_remote_file_that_is_gone_is_a_reject():
    (reject,) = read_remote(Source("u", f"{SCHEME}in/gone.txt"), UNTAGGED.read)
    assert isinstance(reject, Reject)
    assert (reject.source_uri, reject.reason) == ("u", "unreadable")


def test_a_run_reads_remote_and_local_input_together(tmp_path):
    put("in/a.txt", "Le conseil municipal a voté le budget lundi à Namur.".encode())
    local = tmp_path / "b.txt"
    local.write_text("Le tribunal de Liège a rendu son jugement mardi matin.", encoding="utf-8")
    manifest = run_job(Job([f"{SCHEME}in", str(local)], str(tmp_path / "out"), UNTAGGED))
    assert (manifest.ledger.read, manifest.ledger.articles) == (2, 2)


def test_a_remote_output_remembers_as_a_local_one_does():
    file = put("in/a.txt", "Le conseil municipal a voté le budget lundi à Namur.".encode())
    output = f"{SCHEME}out"
    run_job(Job([file], output, UNTAGGED))
    again = run_job(Job([file], output, UNTAGGED))
    assert (again.ledger.read, again.ledger.already_seen) == (1, 1)
    (article,) = OutputFolder(output).rows("articles")
    assert article["source_uri"] == file
