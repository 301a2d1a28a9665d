"""The data files of the catalogue: TOML tables -> rows, with everything that is wrong named at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from activation.consistency import problems
from activation.rows import FIGURE_NAME, KINDS, Content, Field, Kind, Rows

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
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class FileError:
    """What is wrong in one place. `row` and `field` are empty when the file as a whole is meant."""

    file: str
    row: str
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.field, self.message) if part)


class CatalogueFilesError(Exception):
    """The data files are wrong; `errors` has everything that is."""

    def __init__(self, errors: tuple[FileError, ...]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Files:
    """What the data files hold."""

    version: str
    rows: Rows


def read_files(folder: Path = FOLDER) -> Files:
    """Read the data files. Raises CatalogueFilesError with all that is wrong in syntax, fields and references."""
    errors: list[FileError] = []
    version = _version(_tables(folder, ABOUT, errors), errors)
    rows: Rows = {kind: {} for kind in KINDS}
    for kind, file in FILES.items():
        for position, table in enumerate(_rows_of(_tables(folder, file, errors), kind, errors), start=1):
            _add_row(rows, kind, table, f"{kind} {position}", position * 10, errors)
    if not errors:
        errors += [FileError(FILE_OF[p.kind], f"{p.kind} {p.identity}", p.field, p.message) for p in problems(rows)]
    if errors:
        raise CatalogueFilesError(tuple(errors))
    return Files(version, rows)


def _tables(folder: Path, file: str, errors: list[FileError]) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        errors.append(FileError(file, "", "", "the file is missing"))
    except UnicodeDecodeError:
        errors.append(FileError(file, "", "", "the file is not UTF-8"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        errors.append(FileError(file, "", "", f"not TOML: {error}"))
    return {}


def _version(about: dict[str, Any], errors: list[FileError]) -> str:
    try:
        return str(_text(about.get("version", ""), Field("version", needed=True, limit=40)))
    except ValueError as error:
        errors.append(FileError(ABOUT, "", "version", str(error)))
        return ""


def _rows_of(tables: dict[str, Any], kind: str, errors: list[FileError]) -> Iterator[dict[str, Any]]:
    for name, value in tables.items():
        if name != kind or not _is_tables(value):
            errors.append(FileError(FILES[kind], "", name, f"only tables [[{kind}]] belong here"))
        else:
            yield from value


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _add_row(
    rows: Rows, kind: str, table: dict[str, Any], place: str, position: int, errors: list[FileError]
) -> str | None:
    """Add one row, and for a key the rows inside it. Returns the identity, or None when it cannot be told."""
    spec, own = KINDS[kind], {name: value for name, value in table.items() if kind != "key" or name not in INSIDE_KEY}
    named = "/".join(str(table.get(name, "?")) for name in spec.identity)
    row = f"{kind} {named}" if named.strip("?/") else place
    content, wrong = _content(spec, own, position)
    errors += [FileError(FILE_OF[kind], row, field, message) for field, message in wrong]
    if {field for field, _ in wrong} & set(spec.identity):
        return None
    identity = spec.identify(content)
    if identity in rows[kind]:
        errors.append(FileError(FILE_OF[kind], row, spec.identity[-1], "stands in the file twice"))
    rows[kind][identity] = content
    if kind == "key":
        _add_inside(rows, identity, table, errors)
    return identity


def _add_inside(rows: Rows, key: str, table: dict[str, Any], errors: list[FileError]) -> None:
    for name, kind in INSIDE_KEY.items():
        inside = table.get(name, [])
        if not _is_tables(inside):
            errors.append(FileError(FILES["key"], f"key {key}", name, "must be a list of tables"))
            continue
        for number, row in enumerate(inside):
            _add_row(rows, kind, {"key": key, **row}, f"key {key}, {name}[{number}]", 0, errors)


def _content(spec: Kind, table: dict[str, Any], position: int) -> tuple[Content, list[tuple[str, str]]]:
    wrong = [(name, "there is no such field") for name in sorted(table.keys() - {field.name for field in spec.fields})]
    content: Content = {}
    for field in spec.fields:
        content[field.name] = field.absent()
        try:
            if field.type == "position":
                content[field.name] = position
            elif field.name in table:
                content[field.name] = CHECKS[field.type](table[field.name], field)
            elif field.needed:
                raise ValueError("is missing")
        except ValueError as error:
            wrong.append((field.name, str(error)))
    return content, wrong


def _text(value: object, field: Field) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    if any(ord(character) < 32 and character != "\n" for character in value):
        raise ValueError("holds a control character")
    if field.needed and not value.strip():
        raise ValueError("must not be empty")
    if field.limit and len(value) > field.limit:
        raise ValueError(f"is longer than {field.limit} characters")
    if field.choices and value not in field.choices:
        raise ValueError(f'must be one of {", ".join(field.choices)}, not "{value}"')
    if field.pattern and not re.fullmatch(field.pattern, value):
        raise ValueError(f'"{value}" does not have the form of a {field.name}')
    return value


def _flag(value: object, field: Field) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _date(value: object, field: Field) -> str:
    text = _text(value, field)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError("must be a day in quotes, YYYY-MM-DD")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"there is no day {text}") from None


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise ValueError(f"must be a whole number from 0 to {LARGEST}")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return value


def _texts(value: object, field: Field) -> list[str]:
    return [_text(entry, Field(field.name, needed=True)) for entry in _list(value)]


def _numbers(value: object, field: Field) -> list[int]:
    return [_number(entry) for entry in _list(value)]


def _figures(value: object, field: Field) -> dict[str, int]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of figures")
    for name in value:
        if not re.fullmatch(FIGURE_NAME, name):
            raise ValueError(f'"{name}" is no name of a figure')
    return {name: _number(figure) for name, figure in value.items()}


def _many(value: object, field: Field) -> list[str]:
    named = _texts(value, field)
    if field.needed and not named:
        raise ValueError("must not be empty")
    if len(set(named)) < len(named):
        raise ValueError("names a row twice")
    return sorted(named)


CHECKS: Mapping[str, Callable[[Any, Field], Any]] = {
    "text": _text,
    "flag": _flag,
    "maybe": _flag,
    "date": _date,
    "texts": _texts,
    "numbers": _numbers,
    "figures": _figures,
    "one": _text,
    "many": _many,
}
