"""A file that somebody chose -> what it says of the catalogue. What it is, its content tells, not its name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from activation.exchange.unpacking import UnreadableFileError, members
from activation.exchange.workbook_reading import read_workbook
from activation.exchange.zip_file import STATE
from activation.files import ABOUT, FILES, FOLDER, read_contents
from activation.rows import Rows

WORKBOOK = "xl/workbook.xml"  #: the member by which a workbook is known
NAME_LENGTH = 100  #: characters of a file name that are kept to show


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What a file says. `state`: the digest of the catalogue that it was exported from, "" when it does not tell.

    `notes`: what it says and an import does not take over, in sentences.
    """

    name: str
    version: str
    state: str
    rows: Rows
    notes: tuple[str, ...] = ()


def read_upload(name: str, data: bytes) -> Uploaded:
    """Read a ZIP of data files or a workbook.

    Raises UnreadableFileError when it is neither, CatalogueFilesError with everything that is wrong in it.
    """
    if not data:
        raise UnreadableFileError("The selected file is empty.")
    if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFileError("The selected file must be a ZIP of the data files or a workbook (.xlsx).")
    contents = members(data)
    shown = shown_name(name)
    return _of_workbook(shown, contents) if WORKBOOK in contents else _of_zip(shown, contents)


def shown_name(name: str) -> str:
    """A file name as it is shown: its last part, without what is not seen or turns the letters around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:NAME_LENGTH] or "without a name"


def _of_workbook(name: str, contents: dict[str, bytes]) -> Uploaded:
    facts, rows = read_workbook(contents)
    return Uploaded(name, facts.get("version", ""), facts.get("state", ""), rows)


def _of_zip(name: str, contents: dict[str, bytes]) -> Uploaded:
    """The data files, also when they stand in a folder, as a program that packs a folder puts them."""
    files = {path.replace("\\", "/").rpartition("/")[2]: content for path, content in contents.items()}
    if not {ABOUT, *FILES.values()} & files.keys():
        raise UnreadableFileError("The selected file holds none of the catalogue's data files. Export one to see them.")
    read = read_contents(files)
    return Uploaded(name, read.version, _state(files), read.rows, tuple(_not_taken(files)))


def _state(files: Mapping[str, bytes]) -> str:
    try:
        return str(tomllib.loads(files[STATE].decode()).get("state", ""))
    except (KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return ""


def _not_taken(files: Mapping[str, bytes]) -> list[str]:
    """The shipped files that are no tables here: an import cannot change them."""
    return [
        f"{path.name} differs from the shipped one. It is no part of the tables and is not imported."
        for path in sorted(FOLDER.glob("*.toml"))
        if path.name not in (ABOUT, *FILES.values()) and files.get(path.name, path.read_bytes()) != path.read_bytes()
    ]
