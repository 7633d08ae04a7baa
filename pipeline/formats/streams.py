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


class Gunzip(_Chunked):
    """Unpacks gzip, member after member, and stops at a cap or at the first damage.

    It does not raise: what was readable is served, then the stream ends, and `failure` says what
    was wrong, so that complete items before the damage are kept.

    Args:
        stream: The packed bytes.
        cap: Most bytes that come out.
    """

    def __init__(self, stream: BinaryIO, cap: int) -> None:
        super().__init__()
        self.failure = ""
        self._stream = stream
        self._left = cap
        self._packed = b""
        self._member: zlib._Decompress | None = zlib.decompressobj(wbits=31)
        self._done = False

    def _next(self) -> bytes:
        while not self._done:
            if not self._packed:
                self._packed = self._stream.read(_CHUNK)
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
        if len(out) > self._left:
            out = out[: self._left]
            self._end("the gzip file unpacks to more than max_unpacked_bytes")
        self._left -= len(out)
        return out

    def _end(self, failure: str) -> bytes:
        self.failure = failure
        self._done = True
        return b""


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
