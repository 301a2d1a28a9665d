"""The bytes of a file into an estate: which encoding, JSON or CSV, and every way in which a file can be neither."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from typing import NoReturn

from activation.rules.catalogue import Catalogue
from activation.rules.estate import Estate
from activation.rules.estate_csv import has_header, read_estate_csv
from activation.rules.estate_document import read_estate
from activation.rules.reading import EstateError, EstateErrors, Repeated

#: UTF-32 before UTF-16: the mark of the one starts with the mark of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"PK\x03\x04": "This is an Excel workbook or a ZIP file. Save it as CSV UTF-8.",
    b"\xd0\xcf\x11\xe0": "This is an old or protected Excel workbook. Save it as CSV UTF-8.",
    b"%PDF": "This is a PDF. Enter JSON or CSV.",
    b"\x1f\x8b": "This is a compressed file. Unpack it first.",
}
#: Longest number that is read as one; longer ones keep their first digits, which is far out of every range.
_DIGITS = 30
_JSON_ERRORS = {
    "Expecting property name": "enter a field name in double quotes (is there a comma too many?)",
    "Illegal trailing comma": "remove the comma after the last entry",
    "Expecting ':'": "enter a colon after the field name",
    "Expecting ','": "enter a comma between two entries, or close the bracket",
    "Expecting value": "enter a value: a text in quotes, a number, true, false, null, a list or an object",
    "Unterminated string": "close this text with a double quote",
    "Invalid control character": "remove the line break or tab inside this text",
    "Invalid": "write this backslash twice, or remove it",
    "Extra data": "remove what follows the end of the document",
}


def estate_of_file(data: bytes, catalogue: Catalogue, today: str, json_only: bool = False) -> Estate:
    """The estate in a JSON or CSV file, told apart by content unless `json_only`.

    Raises EstateErrors; what is neither JSON nor CSV has one error with the path `$`.
    """
    text = decoded(data)
    if json_only or text.lstrip()[:1] in ("{", "["):
        return read_estate(parsed(text), catalogue, today)
    if not has_header(text):
        _stop("Enter JSON, an object in { }, or CSV with a first line that names the columns product and count.")
    return read_estate_csv(text, catalogue, today)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 or UTF-32 with its mark. Raises EstateErrors with the path `$`."""
    for magic, remedy in _BINARY.items():
        if data.startswith(magic):
            _stop(remedy)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        _stop(f"Save the file as UTF-8: line {line:,} holds a byte that UTF-8 has not ({data[error.start]:#04x}).")
    if not text.strip():
        _stop("The file is empty. Enter an estate as JSON or CSV.")
    return text


def parsed(text: str) -> object:
    """The JSON document in a text. A repeated field is kept to be reported. Raises EstateErrors with the path `$`."""
    try:
        return json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_object, parse_int=_integer, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        remedy = next((words for start, words in _JSON_ERRORS.items() if error.msg.startswith(start)), "look here")
        _stop(f"This is not JSON: at line {error.lineno:,}, column {error.colno:,}, {remedy}.")
    except RecursionError:
        _stop("This is nested too deeply for an estate: a few brackets within each other are enough.")


def _unmarked(data: bytes) -> str:
    """UTF-16 without its mark shows as a zero in every second byte."""
    start = data[:200]
    if len(start) > 1 and start.count(0) * 3 > len(start):
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    return "utf-8"


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = Repeated(pairs)
    if len(fields) < len(pairs):
        times = Counter(name for name, _ in pairs)
        fields.twice = tuple(name for name, number in times.items() if number > 1)
    return fields


def _integer(digits: str) -> int:
    return int(digits[:_DIGITS])


def _no_constant(name: str) -> NoReturn:
    _stop(f"This is not JSON: it has no number {name}. Enter a whole number.")


def _stop(message: str) -> NoReturn:
    raise EstateErrors([EstateError("$", message)])
