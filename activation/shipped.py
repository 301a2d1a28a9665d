"""The catalogue that comes with this version, straight from the data files. No Django."""

from __future__ import annotations

from functools import cache

from activation.build import build
from activation.files import Files, read_files
from activation.rules.catalogue import Catalogue


@cache
def rows_from_files() -> Files:
    """The rows of the data files. Raises CatalogueFilesError."""
    return read_files()


@cache
def shipped() -> Catalogue:
    """The catalogue of the data files."""
    files = rows_from_files()
    return build(files.version, files.rows)
