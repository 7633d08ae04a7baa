"""Splits a JSON array into its elements without loading it whole."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_CHUNK = 262_144
_STRUCTURE = re.compile(rb'[\[\]{}",]')
_IN_STRING = re.compile(rb'["\\]')


class Element(NamedTuple):
    """One element of the array.

    Attributes:
        payload: Its bytes; only the first ones if it is longer than the cap.
        too_large: True if it is longer than the cap.
    """

    payload: bytes
    too_large: bool


class ArraySplitter:
    """Walks over `[element, element, …]` and yields the bytes of each element.

    It follows strings and brackets only; whether an element is right JSON is for the parser.
    Elements longer than `cap` bytes are walked over without being kept.

    Args:
        stream: Positioned at the start of the file.
        cap: Most bytes of one element.
    """

    def __init__(self, stream: BinaryIO, cap: int) -> None:
        self.complete = False
        """True once the closing bracket was reached."""
        self.rest = b""
        """What stood after the last whole element, where the array is not complete."""
        self._stream = stream
        self._cap = cap
        self._kept = bytearray()
        self._length = 0

    def __iter__(self) -> Iterator[Element]:
        depth = 0
        in_string = False
        escaped = False
        while chunk := self._stream.read(_CHUNK):
            start = position = 0
            if escaped:
                position, escaped = 1, False
            while True:
                match = (_IN_STRING if in_string else _STRUCTURE).search(chunk, position)
                if match is None:
                    break
                position = match.end()
                byte = match[0]
                if in_string:
                    if byte == b'"':
                        in_string = False
                    elif position == len(chunk):
                        escaped = True
                    else:
                        position += 1
                elif byte == b'"':
                    in_string = True
                elif byte in b"[{":
                    depth += 1
                    if depth == 1:
                        start = position
                elif byte == b",":
                    if depth == 1:
                        yield self._element(chunk[start : position - 1])
                        start = position
                else:
                    depth -= 1
                    if depth == 0:
                        last = self._element(chunk[start : position - 1])
                        if last.payload:
                            yield last
                        self.complete = True
                        return
            self._keep(chunk[start:])
        self.rest = bytes(self._kept)

    def _keep(self, piece: bytes) -> None:
        self._length += len(piece)
        if len(self._kept) <= self._cap:
            self._kept += piece[: self._cap + 1 - len(self._kept)]

    def _element(self, piece: bytes) -> Element:
        self._keep(piece)
        payload = bytes(self._kept).strip()
        element = Element(payload, self._length > self._cap and len(payload) > self._cap)
        self._kept.clear()
        self._length = 0
        return element
