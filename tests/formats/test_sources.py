import os

import pytest

from pipeline.errors import InputError
from pipeline.formats.sources import Source, expand
from pipeline.records import Reject


def _write(path, text="Un article."):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_walked_in_order_whatever_the_extensions(tmp_path, monkeypatch):
    for name in ("b.txt", "a.weird", "sub/c", "sub/deeper/d.jsonl"):
        _write(tmp_path / "in" / name)
    monkeypatch.chdir(tmp_path)
    assert [source.uri for source in expand(["in"])] == [
        "in/a.weird",
        "in/b.txt",
        "in/sub/c",
        "in/sub/deeper/d.jsonl",
    ]


def test_names_that_are_no_articles_by_convention_are_passed_over(tmp_path):
    for name in (".hidden", "_state/x.txt", "README.md", "LICENSE", ".git/config", "real.txt"):
        _write(tmp_path / name)
    assert [os.path.basename(source.uri) for source in expand([str(tmp_path)])] == ["real.txt"]


def test_a_file_named_outright_is_read_whatever_its_name(tmp_path):
    readme = _write(tmp_path / "README.md")
    assert expand([str(readme)]) == [Source(str(readme), str(readme))]


def test_a_file_reached_twice_is_read_once(tmp_path):
    file = _write(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(file)
    found = expand([str(tmp_path), str(file), f"{tmp_path}/*.txt"])
    assert [source.uri for source in found] == [str(file)]


def test_the_order_of_the_arguments_changes_nothing(tmp_path):
    one, two = str(_write(tmp_path / "1.txt")), str(_write(tmp_path / "2.txt"))
    assert expand([one, two]) == expand([two, one])


def test_a_loop_of_symlinks_ends(tmp_path):
    _write(tmp_path / "a" / "x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert len(expand([str(tmp_path)])) == 1


def test_an_output_folder_inside_the_input_is_not_entered(tmp_path):
    _write(tmp_path / "x.txt")
    _write(tmp_path / "out" / "y.txt")
    out = str(tmp_path / "out")
    assert len(expand([str(tmp_path)], exclude=[out])) == 1
    assert len(expand([f"{tmp_path}/**"], exclude=[out])) == 1


def test_a_glob_matches_files_and_enters_folders(tmp_path):
    _write(tmp_path / "2020" / "a.txt")
    _write(tmp_path / "2021" / "b.txt")
    _write(tmp_path / "other" / "c.txt")
    found = expand([f"{tmp_path}/20*"])
    assert [os.path.basename(source.uri) for source in found] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("given", ["missing.txt", "missing/*.txt", "", "a\0b"])
def test_what_does_not_exist_is_one_clear_line(given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        expand([given])
    assert "\n" not in str(caught.value)


def test_a_folder_without_articles_is_a_reject(tmp_path):
    _write(tmp_path / ".hidden")
    (reject,) = expand([str(tmp_path)])
    assert isinstance(reject, Reject)
    assert reject.reason == "no_readable_files"


def test_a_pipe_in_a_folder_is_a_reject_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (reject,) = expand([str(tmp_path)])
    assert isinstance(reject, Reject)
    assert reject.reason == "unreadable"


def test_a_broken_symlink_in_a_folder_is_a_reject(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (reject,) = expand([str(tmp_path)])
    assert isinstance(reject, Reject)
    assert reject.reason == "unreadable"


def test_a_file_name_that_is_no_utf8_gets_a_printable_uri(tmp_path):
    name = os.fsencode(tmp_path) + b"/\xe9t\xe9.txt"
    with open(name, "wb") as file:
        file.write(b"Un article.")
    (source,) = expand([str(tmp_path)])
    source.uri.encode("utf-8")
    with open(source.path, "rb") as file:
        assert file.read() == b"Un article."


def test_standard_input_stands_for_itself():
    assert expand(["-", "-"]) == [Source("-", "-")]
