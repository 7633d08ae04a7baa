"""Binary streams that unpack, transcode or put back what was read ahead."""

import codecs
import io
import zlib
from typing import BinaryIO

_CHUNK = 65_536
# WriteableBuffer of typeshed is not importable at run time.
_Buffer = bytearray | memoryview


class _Chunked(io.RawIOBase):
    """A read-only stream made of chunks; subclasses say what the next chunk is."""

    def __init__(self) -> None:
        super().__init__()
        self._pending = memoryview(b"")

    def readable(self) -> bool:
        return True

    def _next(self) -> bytes:
        """The next chunk; empty at the end."""
        raise NotImplementedError

    def readinto(self, buffer: _Buffer) -> int:  # type: ignore[override]
        if not self._pending:
            self._pending = memoryview(self._next())
        count = min(len(buffer), len(self._pending))
        buffer[:count] = self._pending[:count]
        self._pending = self._pending[count:]
        return count


class PutBack(_Chunked):
    """`head`, then what remains of `stream`."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._pending = memoryview(head)
        self._stream = stream

    def _next(self) -> bytes:
        return self._stream.read(_CHUNK)


class Budget:
    """What one source may unpack to, all its layers and members together.

    Args:
        left: Bytes.
        members: Files inside archives.
        max_ratio: How many times its packed size something may unpack to, after the first million
            bytes. Text hardly exceeds fifty; deflate can reach a thousand.
    """

    def __init__(self, left: int, members: int = 1_000_000, max_ratio: int = 1_000_000) -> None:
        self.left = left
        self.members = members
        self.max_ratio = max_ratio

    def spend(self, count: int) -> int:
        """Takes at most `count` bytes; returns how many it had left to give."""
        given = min(count, self.left)
        self.left -= given
        return given


_FREE_BYTES = 1_000_000
OVERSPENT = "it unpacks to more than max_unpacked_bytes"
TOO_DENSE = "it unpacks to more than max_ratio times its size"


class Gunzip(_Chunked):
    """Unpacks gzip, member after member, and stops at a cap or at the first damage.

    It does not raise: what was readable is served, then the stream ends, and `failure` says what
    was wrong, so that complete items before the damage are kept.

    Args:
        stream: The packed bytes.
        budget: What may come out.
    """

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        super().__init__()
        self.failure = ""
        self._stream = stream
        self._budget = budget
        self._allowed = _FREE_BYTES
        self._packed = b""
        self._member: zlib._Decompress | None = zlib.decompressobj(wbits=31)
        self._done = False

    def _next(self) -> bytes:
        while not self._done:
            if not self._packed:
                self._packed = self._stream.read(_CHUNK)
                self._allowed += len(self._packed) * self._budget.max_ratio
            if not self._packed:
                return self._end("" if self._member is None else "the gzip file is cut short")
            if self._member is None and not self._open_member():
                continue
            out = self._unpack()
            if out:
                return out
        return b""

    def _open_member(self) -> bool:
        # Zero bytes may pad the end; anything else must be another member.
        self._packed = self._packed.lstrip(b"\0")
        if not self._packed:
            return False
        if not self._packed.startswith(b"\x1f"):
            self._end("bytes follow the gzip data; they were left out")
            return False
        self._member = zlib.decompressobj(wbits=31)
        return True

    def _unpack(self) -> bytes:
        member = self._member
        if member is None:
            return b""
        try:
            out = member.decompress(self._packed, _CHUNK)
        except zlib.error as error:
            return self._end(f"the gzip data is damaged: {error}")
        self._packed = member.unused_data if member.eof else member.unconsumed_tail
        if member.eof:
            self._member = None
        self._allowed -= len(out)
        given = self._budget.spend(len(out))
        if given < len(out):
            out = out[:given]
            self._end(OVERSPENT)
        elif self._allowed < 0:
            self._end(TOO_DENSE)
        return out

    def _end(self, failure: str) -> bytes:
        self.failure = failure
        self._done = True
        return b""


class Metered(_Chunked):
    """Counts what comes out of a file in an archive, and ends it at a cap or at the first damage.

    It does not raise what `damage` names; `failure` says what was wrong.

    Args:
        stream: The unpacked bytes.
        budget: What may come out.
        damage: What reading may raise.
        packed: Bytes that it takes in the archive; None if it is not packed.
    """

    def __init__(
        self,
        stream: BinaryIO,
        budget: Budget,
        damage: tuple[type[Exception], ...] = (OSError,),
        packed: int | None = None,
    ) -> None:
        super().__init__()
        self.failure = ""
        self._stream = stream
        self._budget = budget
        self._damage = damage
        self._allowed = None if packed is None else _FREE_BYTES + packed * budget.max_ratio

    def _next(self) -> bytes:
        if self.failure:
            return b""
        try:
            chunk = self._stream.read(_CHUNK)
        except self._damage as error:
            self.failure = f"it is damaged: {' '.join(str(error).split())[:200]}"
            return b""
        given = self._budget.spend(len(chunk))
        if given < len(chunk):
            self.failure = OVERSPENT
        if self._allowed is not None:
            self._allowed -= given
            if self._allowed < 0:
                self.failure = TOO_DENSE
        return chunk[:given]


def copy_capped(stream: BinaryIO, target: BinaryIO, cap: int) -> bool:
    """Copies a stream to its end, or until more than `cap` bytes came; says whether all came."""
    while chunk := stream.read(_CHUNK):
        cap -= len(chunk)
        if cap < 0:
            return False
        target.write(chunk)
    return True


class ToUtf8(_Chunked):
    """Text in another encoding, as UTF-8 without a byte order mark.

    What the encoding does not allow becomes U+FFFD.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._first = True

    def _next(self) -> bytes:
        while True:
            chunk = self._stream.read(_CHUNK)
            text = self._decoder.decode(chunk, final=not chunk)
            if text and self._first:
                text = text.removeprefix("\ufeff")
                self._first = False
            if text or not chunk:
                return text.encode("utf-8", "replace")
