"""The data files of the catalogue: TOML tables -> rows, with everything that is wrong named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from activation.reading import CatalogueFilesError, FileError, Reading
from activation.rows import Field, Rows
from activation.values import checked

__all__ = ["ABOUT", "FILES", "FOLDER", "CatalogueFilesError", "FileError", "Files", "read_contents", "read_files"]

FOLDER = Path(__file__).parent / "catalogue"
ABOUT = "about.toml"
#: Which file holds the rows of a kind, each as a table named after the kind.
FILES: Mapping[str, str] = {
    "source": "sources.toml",
    "group": "groups.toml",
    "system": "systems.toml",
    "product": "products.toml",
    "key": "keys.toml",
    "support": "support.toml",
    "dispute": "disputes.toml",
    "rule": "rules.toml",
}
#: Rows that stand inside the row of a key: its field -> their kind.
INSIDE_KEY: Mapping[str, str] = {"activates": "coverage", "hosts": "host"}
FILE_OF = {**FILES, **dict.fromkeys(INSIDE_KEY.values(), FILES["key"])}
STEP = 10  #: between the positions of rows whose order counts and that give no position themselves


@dataclass(frozen=True, slots=True)
class Files:
    """What the data files hold."""

    version: str
    rows: Rows


def read_files(folder: Path = FOLDER) -> Files:
    """Read the data files of a folder. Raises CatalogueFilesError."""
    return read_contents({path.name: path.read_bytes() for path in folder.glob("*.toml")})


def read_contents(contents: Mapping[str, bytes]) -> Files:
    """Read data files, by name. Raises CatalogueFilesError with all that is wrong in syntax, fields and references."""
    reading = Reading(FILE_OF)
    version = _version(_tables(contents, ABOUT, reading), reading)
    for kind, file in FILES.items():
        for number, table in enumerate(_rows_of(_tables(contents, file, reading), kind, reading), start=1):
            _add_row(reading, kind, table, number)
    return Files(version, reading.finish())


def _tables(contents: Mapping[str, bytes], file: str, reading: Reading) -> dict[str, Any]:
    try:
        return tomllib.loads(contents[file].decode("utf-8"))
    except KeyError:
        message = "the file is missing"
    except UnicodeDecodeError:
        message = "the file is not UTF-8"
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = f"not TOML: {error}"
    reading.errors.append(FileError(file, "", "", message))
    reading.nameless |= {kind for kind, name in FILE_OF.items() if name == file}
    return {}


def _version(about: dict[str, Any], reading: Reading) -> str:
    try:
        return str(checked(about.get("version", ""), Field("version", needed=True, limit=40)))
    except ValueError as error:
        reading.errors.append(FileError(ABOUT, "", "version", str(error)))
        return ""


def _rows_of(tables: dict[str, Any], kind: str, reading: Reading) -> Iterator[dict[str, Any]]:
    for name, value in tables.items():
        if name != kind or not _is_tables(value):
            reading.unreadable(kind, f"only tables [[{kind}]] belong here", name)
        else:
            yield from value


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _add_row(reading: Reading, kind: str, table: dict[str, Any], number: int) -> None:
    """Add one row, and for a key the rows inside it."""
    inside = {name: table[name] for name in INSIDE_KEY if kind == "key" and name in table}
    own = {name: value for name, value in table.items() if name not in inside}
    identity = reading.add(kind, own, f"{kind} {number}", number * STEP)
    if identity is not None:
        for name, rows in inside.items():
            _add_inside(reading, identity, name, rows)


def _add_inside(reading: Reading, key: str, name: str, rows: Any) -> None:
    if not _is_tables(rows):
        reading.wrong("key", "must be a list of tables", f"key {key}", name)
        return
    for number, row in enumerate(rows):
        reading.add(INSIDE_KEY[name], {"key": key, **row}, f"key {key}, {name}[{number}]", 0)
