"""From bytes to characters: which encoding it is, and what is no text at all."""

import re
import unicodedata

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.sniff import utf16

_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, lone surrogates, non-characters, and characters that show nothing and would
# break words in two: soft hyphen, zero-width space, word joiner, byte order mark.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufdd0-\ufdef"
    "\ufffe\uffff]"
)

# Above ASCII, what text in the languages of Western Europe is made of. Left out are the low single
# quotation mark and the capital Z with caron: they are rare, and are what the accented e of DOS and
# of old Macs looks like.
_PLAUSIBLE = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøùúûüýÿœšžßðþ"
    "ÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝŸŒŠÐÞ"
    "«»‹›“”„‘’…–—•·€£°²³½¼¾©®™§¶ªº¡¿×\xa0\xad´¨±"
)
# Bytes that cp1252 leaves undefined.
_NOT_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_ASCII_BYTES = bytes(range(128))


def decode(payload: bytes) -> str:
    """Decodes text and normalises it; see `characters` and `normalise`.

    Raises:
        RejectError: `undecodable`.
    """
    return normalise(characters(payload))


def characters(payload: bytes) -> str:
    """Decodes text.

    In this order: byte order marks (UTF-8, UTF-16, UTF-32); UTF-16 without one, by its NULs; UTF-8;
    UTF-8 with a few wrong bytes (at most one in ten sequences), which are read as cp1252; cp1252;
    latin-1 where cp1252 does not define a byte. The last two are taken only where the result looks
    like Western text: another eight-bit encoding would otherwise become silent rubbish.

    Raises:
        RejectError: `undecodable`.
    """
    wide = utf16(payload[:65_536])
    if wide:
        return payload.decode(wide, "replace").removeprefix("\ufeff")
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    high = payload.translate(None, _ASCII_BYTES)
    sequences = _UTF8_SEQUENCE.findall(payload)
    stray = len(high) - sum(map(len, sequences))
    if stray * 10 <= len(sequences):
        return _mostly_utf8(payload.removeprefix(b"\xef\xbb\xbf"))
    return _single_byte(payload, high)


def normalise(text: str) -> str:
    """Makes every line break a line feed, and drops control characters and lone surrogates.

    Letters and their accents become one character (NFC), so that equal words are equal strings.
    Tabs stay. Double-encoded text ("Ã©") is not repaired: it cannot be told from what was meant.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _DROPPED.sub("", _LINE_BREAK.sub("\n", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _mostly_utf8(payload: bytes) -> str:
    pieces: list[str] = []
    position = 0
    for match in _UTF8_SEQUENCE.finditer(payload):
        if match.start() > position:
            pieces.append(_western(payload[position : match.start()]))
        pieces.append(match[0].decode("utf-8", "replace"))
        position = match.end()
    pieces.append(_western(payload[position:]))
    return "".join(pieces)


def _western(payload: bytes) -> str:
    return payload.decode("cp1252", "ignore")


def _single_byte(payload: bytes, high: bytes) -> str:
    encoding = "latin-1" if _NOT_CP1252.intersection(high) else "cp1252"
    characters = high.decode(encoding)
    plausible = sum(character in _PLAUSIBLE for character in characters)
    # Of French letters one in 25 is accented; of Greek or Russian bytes nearly all are high.
    crowded = len(high) >= 8 and len(high) > 0.5 * len(payload.translate(None, b" \t\r\n"))
    if crowded or plausible < 0.8 * len(high):
        raise RejectError(
            RejectReason.UNDECODABLE,
            "the encoding is none of UTF-8, UTF-16, cp1252 and latin-1; convert it to UTF-8",
        )
    return payload.decode(encoding)
