"""Which encoding bytes are in: byte-order mark, UTF-8, or the likeliest for Arabic."""

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.orthography import RANGES

#: Encodings that Arabic files come in, besides UTF-8.
ARABIC = ["cp1256", "iso8859_6", "cp720", "utf_16_le", "utf_16_be"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark starts with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_ARABIC_OR_LATIN = re.compile(f"[A-Za-z\u00aa-\u024f{RANGES.script}]")


class UndecodableError(ValueError):
    """Bytes that are text in no encoding that we know."""


def detect(data: bytes) -> str:
    """The name of the encoding of ``data`` (a whole text, or the start of one).

    Raises UndecodableError for binary data.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if is_utf8(data):
        return "utf-8"
    if b"\x00" in data and not _utf16_like(data):
        raise UndecodableError("Binary data, not text.")
    best = from_bytes(data, cp_isolation=ARABIC).best()
    if b"\x00" in data and best is not None and not _is_arabic(str(best)):
        raise UndecodableError("Binary data, not text.")
    if best is None:
        raise UndecodableError("Not UTF-8, and no other Arabic encoding fits; binary data?")
    return best.encoding.replace("iso8859_6", "iso-8859-6").replace("cp1256", "windows-1256")


def detect_of_lines(data: bytes) -> str:
    """The encoding of a file of records, one a line, by its start.

    Lines in UTF-8 decide where they are half of all: a broken record must not stand for its file.
    Raises UndecodableError for binary data.
    """
    lines = data.split(b"\n")
    valid = [line for line in lines if is_utf8(line)]
    most = 2 * len(valid) >= len(lines)
    if most and not all(line.isascii() for line in valid):
        return detect(lines[0]) if is_utf8(lines[0]) else "utf-8"  # it may have a mark
    try:
        return detect(data)
    except UndecodableError:
        if most:
            return "utf-8"
        raise


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding of ``data``. Raises UndecodableError."""
    encoding = detect(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise UndecodableError(f"Not valid {encoding}: {error.reason}.") from None


def is_utf8(data: bytes) -> bool:
    """Valid UTF-8, but for a character cut off at the end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in data


def _is_arabic(text: str) -> bool:
    """Whether text guessed to be UTF-16 has a letter, and none of another script than Arabic or
    Latin: any bytes with a NUL make some letters of some script.
    """
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(_ARABIC_OR_LATIN.match(letter) for letter in letters)


def _utf16_like(data: bytes) -> bool:
    """NULs in text without a mark are the high bytes of UTF-16 spaces and Latin letters."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    return bool(data) and min(even, odd) == 0 and max(even, odd) < len(data) / 2
