"""Content codings of HTTP, unpacked piece by piece under a cap."""

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

from pipeline.errors import RejectReason
from pipeline.fetch.answer import FetchError

ACCEPTED = "gzip, deflate, br"
_PIECE = 65_536
_MAX_CODINGS = 2


class _Coding(Protocol):
    def unpack(self, packed: bytes) -> Iterator[bytes]:
        """The bytes that these packed ones give, in pieces."""

    def finish(self) -> None:
        """Raises ValueError if the packed bytes are not complete."""


class Unpacker:
    """Unpacks one body.

    Args:
        codings: The header `Content-Encoding`.
        cap: Most bytes, packed and unpacked alike.

    Raises:
        FetchError: `http_error` for a coding that was not asked for.
    """

    def __init__(self, codings: str, cap: int) -> None:
        names = [name.strip().lower() for name in codings.split(",")]
        names = [name for name in names if name and name != "identity"]
        unknown = [name for name in names if name not in _CODINGS]
        if unknown or len(names) > _MAX_CODINGS:
            detail = f"the answer is packed in a way that was not asked for: {codings[:80]!r}"
            raise FetchError(RejectReason.HTTP_ERROR, detail)
        self._codings = [_CODINGS[name]() for name in reversed(names)]
        self._cap = cap
        self._packed = 0
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, packed: bytes) -> None:
        """Takes the next bytes of the body.

        Raises:
            FetchError: `too_large` or `malformed`.
        """
        self._packed += len(packed)
        self._check(self._packed)
        try:
            for piece in self._through(packed, 0):
                self._size += len(piece)
                self._check(self._size)
                self._pieces.append(piece)
        except (zlib.error, brotli.error) as error:
            raise _damaged() from error

    def finish(self) -> bytes:
        """The whole body.

        Raises:
            FetchError: `malformed` if packed bytes are missing at the end.
        """
        try:
            if self._packed:
                for coding in self._codings:
                    coding.finish()
        except ValueError as error:
            raise _damaged() from error
        return b"".join(self._pieces)

    def _through(self, data: bytes, layer: int) -> Iterator[bytes]:
        if layer == len(self._codings):
            yield data
            return
        for piece in self._codings[layer].unpack(data):
            yield from self._through(piece, layer + 1)

    def _check(self, size: int) -> None:
        if size > self._cap:
            detail = f"the answer is larger than {self._cap} bytes (fetch.max_bytes)"
            raise FetchError(RejectReason.TOO_LARGE, detail)


class _Zlib:
    """gzip, and deflate with its header or, as some servers send it, without."""

    def __init__(self) -> None:
        self._decompressor = zlib.decompressobj(wbits=47)
        self._started = False

    def unpack(self, packed: bytes) -> Iterator[bytes]:
        while packed:
            try:
                piece = self._decompressor.decompress(packed, _PIECE)
            except zlib.error:
                if self._started:
                    raise
                self._decompressor = zlib.decompressobj(wbits=-15)
                piece = self._decompressor.decompress(packed, _PIECE)
            self._started = True
            if piece:
                yield piece
            packed = self._decompressor.unconsumed_tail
            if self._decompressor.eof:
                packed = self._decompressor.unused_data
                if not packed.startswith(b"\x1f\x8b"):  # else another member of gzip
                    return
                self._decompressor = zlib.decompressobj(wbits=31)

    def finish(self) -> None:
        if not self._decompressor.eof:
            raise ValueError("cut short")


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def unpack(self, packed: bytes) -> Iterator[bytes]:
        piece = self._decompressor.process(packed, output_buffer_limit=_PIECE)
        # It may say that it is ready for more input while it still holds back output.
        while piece or not self._decompressor.can_accept_more_data():
            yield piece
            piece = self._decompressor.process(b"", output_buffer_limit=_PIECE)

    def finish(self) -> None:
        if not self._decompressor.is_finished():
            raise ValueError("cut short")


_CODINGS: dict[str, type[_Zlib] | type[_Brotli]] = {
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": _Zlib,
    "br": _Brotli,
}


def _damaged() -> FetchError:
    return FetchError(RejectReason.MALFORMED, "the packed answer is damaged", passing=True)
