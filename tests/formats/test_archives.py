import gzip
import io
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import ReadConfig
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import RawItem, Reject

TEXT = b"Un article tout simple."
PAGE = b"<!doctype html><html><body><p>Une page.</p></body></html>"
LINES = b'{"text": "un"}\n{"text": "deux"}\n'


def _read(payload: bytes, name: str = "a.zip", **config):
    source = Source(name, name)
    return list(read_items(source, ReadConfig(**config), io.BytesIO(payload)))


def _zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _tar(files: dict[str, bytes], *, infos: tuple[tarfile.TarInfo, ...] = ()) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in infos:
            archive.addfile(info)
    return out.getvalue()


def _shown(found):
    return [
        (i.source_uri, i.reason) if isinstance(i, Reject) else (i.source_uri, i.kind) for i in found
    ]


@pytest.mark.parametrize("pack", [_zip, _tar], ids=["zip", "tar"])
def test_files_of_all_kinds_are_read_in_their_order(pack):
    files = {"b/un.txt": TEXT, "a/page.html": PAGE, "lignes.jsonl": LINES, "image": b"\x89PNG\r\n"}
    assert _shown(_read(pack(files), "x")) == [
        ("x!b/un.txt", "text"),
        ("x!a/page.html", "html"),
        ("x!lignes.jsonl#L1", "json"),
        ("x!lignes.jsonl#L2", "json"),
        ("x!image", "binary"),
    ]


def test_layers_are_opened_down_to_a_depth():
    inner = _zip({"inner.tar": _tar({"un.txt.gz": gzip.compress(TEXT)})})
    (item,) = _read(gzip.compress(_tar({"outer.zip": inner})), "x", max_ratio=10_000)
    assert item.reason == "malformed"
    assert "too often" in item.detail
    (item,) = _read(_tar({"outer.zip": inner}), "x")
    assert item == RawItem("x!outer.zip!inner.tar!un.txt.gz", TEXT, "text")


def test_what_folders_pass_over_archives_pass_over_too():
    names = ["README.md", ".hidden", "__MACOSX/un.txt", "dossier/", "un.txt"]
    assert _shown(_read(_zip(dict.fromkeys(names, TEXT)), "x")) == [("x!un.txt", "text")]


@pytest.mark.parametrize("pack", [_zip, _tar], ids=["zip", "tar"])
@pytest.mark.parametrize("name", ["../un.txt", "/etc/un.txt", "a/../../un.txt", "C:\\un.txt"])
def test_names_that_lead_out_are_refused_and_the_rest_is_read(pack, name):
    found = _read(pack({name: TEXT, "deux.txt": TEXT}), "x")
    assert [isinstance(item, Reject) for item in found] == [True, False]
    assert "leads out" in found[0].detail


def test_a_file_without_a_name_is_refused_and_the_rest_is_read():
    # Names end at a zero byte.
    payload = _zip({"un.txt": TEXT, "deux.txt": TEXT}).replace(b"un.txt", b"\0n.txt")
    refused, read = _read(payload, "x")
    assert (refused.reason, refused.detail) == ("unreadable", "it has no name")
    assert read == RawItem("x!deux.txt", TEXT, "text")


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_in_tar_are_refused(kind):
    info = tarfile.TarInfo("lien")
    info.type, info.linkname = kind, "/etc/passwd"
    (reject,) = _read(_tar({}, infos=(info,)), "x")
    assert (reject.source_uri, reject.reason) == ("x!lien", "unreadable")


def test_links_in_zip_are_refused():
    info = zipfile.ZipInfo("lien")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (reject,) = _read(out.getvalue(), "x")
    assert (reject.source_uri, reject.reason) == ("x!lien", "unreadable")


def test_an_encrypted_file_is_refused():
    payload = bytearray(_zip({"un.txt": TEXT}))
    payload[6] |= 1  # the flag in the file's header, and in the list
    payload[payload.rfind(b"PK\x01\x02") + 8] |= 1
    (reject,) = _read(bytes(payload), "x")
    assert reject.reason == "unreadable"
    assert "encrypted" in reject.detail


def test_documents_that_are_zip_files_are_no_archives():
    (reject,) = _read(_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "x")
    assert reject.reason == "binary"


def test_an_empty_archive_is_a_reject():
    assert _shown(_read(_zip({}), "x")) == [("x", "empty")]
    assert _shown(_read(_tar({"README": TEXT}), "x")) == [("x", "empty")]


@pytest.mark.parametrize("name", ["un.txt", "un.jsonl", "un.json", "un.html"])
def test_a_zip_bomb_is_refused(name):
    (reject,) = _read(_zip({name: bytes(30_000_000)}), "x", max_ratio=100)
    assert reject.reason in ("too_large", "binary")
    found = _read(_zip({name: b"a" * 30_000_000}), "x", max_item_bytes=10**9, max_ratio=100)
    assert _shown(found)[-1][0].startswith(f"x!{name}")
    assert _shown(found)[-1][1] == "too_large"


def test_a_gzip_bomb_is_refused():
    bomb = gzip.compress(gzip.compress(b"a" * 50_000_000))
    (reject,) = _read(bomb, "x", max_item_bytes=10**9, max_ratio=100)
    assert (reject.reason, len(reject.payload) <= 1_000_000) == ("too_large", True)


def test_a_tar_bomb_is_refused():
    bomb = gzip.compress(_tar({"un.txt": b"a" * 50_000_000, "deux.txt": TEXT}))
    found = _read(bomb, "x", max_item_bytes=10**9, max_ratio=100)
    assert {item.reason for item in found} <= {"too_large", "malformed"}
    assert len(found) <= 3


def test_all_layers_and_members_share_one_budget():
    inner = _zip({f"{n}.txt": b"abc " * 20_000 for n in range(10)})
    outer = _zip({f"{n}.zip": inner for n in range(10)}, zipfile.ZIP_STORED)
    found = _read(outer, "x", max_unpacked_bytes=500_000)
    assert sum(len(item.payload) for item in found if isinstance(item, RawItem)) <= 500_000
    assert found[-1].reason == "too_large"


def test_the_number_of_files_is_limited():
    found = _read(_zip({f"{n}.txt": TEXT for n in range(9)}), "x", max_members=5)
    assert _shown(found)[-1] == ("x", "too_large")
    assert len(found) == 6


def test_a_huge_name_in_tar_is_refused_before_it_is_read():
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    payload = info.tobuf(tarfile.GNU_FORMAT) + bytes(10_000)
    assert _read(payload, "x")[-1].reason == "malformed"


def test_a_damaged_tar_gives_what_was_whole_and_a_reject():
    payload = bytearray(_tar({f"{n}.txt": TEXT for n in range(4)}))
    payload[2 * 1024 + 150] ^= 0xFF  # inside the third header
    found = _shown(_read(bytes(payload), "x"))
    assert found[:2] == [("x!0.txt", "text"), ("x!1.txt", "text")]
    assert found[-1] == ("x", "malformed")


def test_a_tar_that_is_cut_short_is_a_reject():
    found = _read(_tar({"un.txt": TEXT, "deux.txt": TEXT * 100})[:2_000], "x")
    assert "malformed" in [item.reason for item in found if isinstance(item, Reject)]
    assert found[0] == RawItem("x!un.txt", TEXT, "text")


def test_a_damaged_file_in_zip_is_a_reject_and_the_rest_is_read():
    payload = bytearray(_zip({"un.txt": TEXT * 40, "deux.txt": TEXT}, zipfile.ZIP_STORED))
    payload[60] ^= 0xFF
    assert _shown(_read(bytes(payload), "x")) == [("x!un.txt", "malformed"), ("x!deux.txt", "text")]


def test_a_zip_file_that_is_cut_short_is_a_reject():
    assert _shown(_read(_zip({"un.txt": TEXT})[:-30], "x")) == [("x", "malformed")]


def test_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _read(_zip({"un.txt": TEXT, "../deux.txt": TEXT}), "x")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("pack", [_zip, _tar], ids=["zip", "tar"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_damage_gives_items_or_rejects(pack, data):
    payload = bytearray(pack({"a/un.txt": TEXT * 9, "deux.html": PAGE, "trois.jsonl": LINES}))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(payload) - 1))
        payload[place] = data.draw(st.integers(0, 255))
    del payload[data.draw(st.integers(len(payload) // 2, len(payload))) :]
    assert _read(bytes(payload), "x")
