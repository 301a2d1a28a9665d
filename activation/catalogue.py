"""The catalogue in use: from the data files (`shipped`) or from the tables (`current`)."""

from __future__ import annotations

from functools import cache

from activation.build import build
from activation.files import Files, read_files
from activation.rules.catalogue import Catalogue


@cache
def rows_from_files() -> Files:
    """The rows of the data files that come with this version. Raises CatalogueFilesError."""
    return read_files()


@cache
def shipped() -> Catalogue:
    """The catalogue that comes with this version, straight from the data files, without a database."""
    files = rows_from_files()
    return build(files.version, files.rows)
