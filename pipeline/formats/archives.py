"""Archives: zip and tar. Nothing is ever written under the names that they hold."""

import io
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from pipeline.errors import RejectReason
from pipeline.formats.sources import is_passed_over
from pipeline.formats.streams import OVERSPENT, Budget, Metered, copy_capped
from pipeline.records import Reject

_MAX_NAME = 1_000
_MAX_DIRECTORY = 64_000_000
"""Bytes of a zip file's list of members: half a million of them."""
_MAX_TAR_HEADER = 1_000_000
_SPOOLED = 16_000_000
# Zip files that are documents, told by a member that their format asks for.
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "content.xml"})
_END = struct.Struct("<4s4H2LH")
_DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OSError, struct.error, MemoryError, UnicodeError,
)  # fmt: skip


class Member(NamedTuple):
    """A file inside another.

    Attributes:
        uri: `outer.zip!inner/path`.
        stream: Its bytes; to be read before the next member is asked for. Damage ends it and is
            said by its `failure`.
        url: Its address, where the container says so.
        content_type: What a server said it is.
    """

    uri: str
    stream: Metered
    url: str = ""
    content_type: str = ""


def zip_members(uri: str, stream: BinaryIO, budget: Budget) -> Iterator[Member | Reject]:
    """The files in a zip archive, in the order of its list.

    Folders, and files that folders pass over too (`pipeline.formats.sources.expand`), are left out.
    """
    with tempfile.SpooledTemporaryFile(max_size=_SPOOLED) as spool:
        if not _seekable(stream):
            if not copy_capped(stream, cast(BinaryIO, spool), budget.left):
                yield _reject(uri, RejectReason.TOO_LARGE, "the zip archive is too large")
                return
            stream = cast(BinaryIO, spool)
        try:
            trouble = _directory_trouble(stream)
            if not trouble:
                archive = zipfile.ZipFile(stream)
        except _DAMAGE as error:
            trouble = f"the zip archive is damaged: {_said(error)}"
        if trouble:
            yield _reject(uri, RejectReason.MALFORMED, trouble)
            return
        with archive:
            yield from _zip_members(uri, archive, budget)


def _zip_members(uri: str, archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member | Reject]:
    entries = archive.infolist()
    if any(entry.filename in _DOCUMENTS for entry in entries[:3]):
        yield _reject(uri, RejectReason.BINARY, "this is an office document or book, not text")
        return
    found = 0
    for entry in entries:
        if entry.filename.endswith("/") or _is_left_out(entry.filename):
            continue
        found += 1
        budget.members -= 1
        if budget.members < 0:
            yield _too_many(uri)
            return
        inside = _inside(uri, entry.filename)
        refused = _refused_name(entry.filename) or _refused_zip(entry)
        if refused:
            yield _reject(inside, RejectReason.UNREADABLE, refused)
            continue
        try:
            data = archive.open(entry)
        except _DAMAGE as error:
            yield _reject(
                inside, RejectReason.MALFORMED, f"damaged in the zip archive: {_said(error)}"
            )
            continue
        with data:
            packed = Metered(cast(BinaryIO, data), budget, _DAMAGE, entry.compress_size)
            yield Member(inside, packed)
        if not budget.left:
            yield _reject(uri, RejectReason.TOO_LARGE, OVERSPENT)
            return
    if not found:
        yield _reject(uri, RejectReason.EMPTY, "there are no files in the zip archive")


def _directory_trouble(stream: BinaryIO) -> str:
    """Looks at the size of the list of members before it is read into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        return "the zip archive is cut short: its list of files is missing"
    directory = int(_END.unpack_from(tail, at)[5])
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if directory == 0xFFFFFFFF and 0 <= wide <= len(tail) - 56:
        directory = int(struct.unpack_from("<Q", tail, wide + 40)[0])
    return "the zip archive lists too many files" if directory > _MAX_DIRECTORY else ""


def _refused_zip(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & 0x1:
        return "encrypted; give it without a password"
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a link or device, not a regular file"
    return ""


class _CheckedInfo(tarfile.TarInfo):
    """A header that does not end the archive in silence when it is damaged."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_CheckedInfo":
        try:
            info = super().frombuf(buf, encoding, errors)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error
        if info.type not in tarfile.SUPPORTED_TYPES or (
            info.type not in tarfile.REGULAR_TYPES and info.size > _MAX_TAR_HEADER
        ):
            # Long names are read into memory whole.
            raise tarfile.ReadError("a header of the archive is larger than headers are")
        return info


def tar_members(uri: str, stream: BinaryIO, budget: Budget) -> Iterator[Member | Reject]:
    """The files in a tar archive, in their order; see `zip_members`."""
    found = 0
    trouble = ""
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_CheckedInfo) as archive:
            for entry in archive:
                archive.members.clear()  # type: ignore[attr-defined]
                if entry.isdir() or _is_left_out(entry.name):
                    continue
                found += 1
                budget.members -= 1
                if budget.members < 0:
                    yield _too_many(uri)
                    return
                inside = _inside(uri, entry.name)
                refused = _refused_name(entry.name)
                if not refused and (not entry.isreg() or entry.issparse()):
                    refused = "a link or device, not a regular file"
                data = None if refused else archive.extractfile(entry)
                if data is None:
                    yield _reject(inside, RejectReason.UNREADABLE, refused)
                    continue
                yield Member(inside, Metered(cast(BinaryIO, data), budget, _DAMAGE))
                if not budget.left:
                    break
    except _DAMAGE as error:
        trouble = f"the tar archive is damaged: {_said(error)}"
    if not budget.left:
        yield _reject(uri, RejectReason.TOO_LARGE, OVERSPENT)
    elif trouble:
        yield _reject(uri, RejectReason.MALFORMED, trouble)
    elif not found:
        yield _reject(uri, RejectReason.EMPTY, "there are no files in the tar archive")


def _refused_name(name: str) -> str:
    """Names that would lead out of a folder: nothing is written, but such an archive means harm."""
    if not name:
        return "it has no name"
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":":
        return "its name leads out of the archive"
    if len(name) > _MAX_NAME:
        return "its name is too long"
    return ""


def _is_left_out(name: str) -> bool:
    *folders, last = name.split("/")
    hidden = any(part.startswith((".", "_")) and part not in (".", "..") for part in folders)
    return hidden or is_passed_over(last)


def _inside(uri: str, name: str) -> str:
    readable = name[:_MAX_NAME].encode("utf-8", "backslashreplace").decode("utf-8")
    readable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in readable)
    return f"{uri}!{readable.removeprefix('./')}"


def _seekable(stream: BinaryIO) -> bool:
    try:
        return stream.seekable()
    except (OSError, ValueError):
        return False


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _too_many(uri: str) -> Reject:
    detail = "there are more files in the archive than read.max_members allows; the rest is left"
    return _reject(uri, RejectReason.TOO_LARGE, detail)


def _reject(uri: str, reason: RejectReason, detail: str) -> Reject:
    return Reject(uri, "read", reason.value, detail)
