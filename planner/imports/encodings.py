"""Which encoding a text has, told by its first bytes, and whether it is a text at all."""

from __future__ import annotations

import codecs

from planner.imports.shapes import ENCODINGS, UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TABLES = {
    b"\xd0\xcf\x11\xe0": "The file is password protected or an old workbook (.xls). Save it as CSV UTF-8.",
    b"%PDF": "The file is a PDF. Choose a CSV, XLSX or JSON file.",
    b"\x1f\x8b": "The file is compressed. Unpack it first.",
    b"\x89PNG": "The file is a picture. Choose a CSV, XLSX or JSON file.",
    b"MZ": "The file is a program. Choose a CSV, XLSX or JSON file.",
    b"<": "The file is HTML or XML. Choose a CSV, XLSX or JSON file; docs/imports.md has a command for each source.",
}
#: Bytes of the letters ä ö ü ß é è ñ and ®, by code page.
_WINDOWS, _OEM = b"\xe4\xf6\xfc\xdf\xc4\xd6\xdc\xe9\xe8\xf1\xae", b"\x84\x94\x81\xe1\x8e\x99\x9a\x82\x8a\xa4\xa9"


def refuse_what_is_no_table(start: bytes) -> None:
    """Raises UnreadableFileError for an empty file, and for one that begins like something else."""
    if not start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise UnreadableFileError("The selected file is empty.")
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, remedy in _NO_TABLES.items():
        if text.startswith(magic):
            raise UnreadableFileError(remedy)


def encoding_of(start: bytes) -> str:
    """The likeliest encoding. UTF-16 without a mark has a NUL beside each plain letter."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.3:
        return "utf-16-le"
    if half and start[::2].count(0) > half * 0.3:
        return "utf-16-be"
    if readable(start, "utf-8"):
        return "utf-8"
    windows, oem = (sum(map(start.count, map(bytes, zip(letters)))) for letters in (_WINDOWS, _OEM))
    return "cp850" if oem > windows else "cp1252"


def encodings_of(start: bytes) -> tuple[str, ...]:
    """All encodings that can read these bytes."""
    return tuple(encoding for encoding in ENCODINGS if readable(start, encoding))


def shown(text: str) -> str:
    """The text with a question mark for each byte that was no letter."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def readable(start: bytes, encoding: str) -> bool:
    """Whether the bytes are letters of the encoding; they may end in the middle of one."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return False
    return True
