"""The data files of the catalogue: TOML tables -> rows, with everything that is wrong named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from activation.consistency import problems
from activation.rows import KINDS, Content, Field, Kind, Rows
from activation.values import checked

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
        return str(checked(about.get("version", ""), Field("version", needed=True, limit=40)))
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
                content[field.name] = checked(table[field.name], field)
            elif field.needed:
                raise ValueError("is missing")
        except ValueError as error:
            wrong.append((field.name, str(error)))
    return content, wrong
