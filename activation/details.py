"""What the rows of a catalogue hold beyond what plans need: sources of setup keys, other names, ids, notes."""

from __future__ import annotations

from functools import lru_cache

from activation.rows import Rows
from activation.rules.catalogue import Catalogue
from activation.shipped import rows_from_files, shipped
from activation.state import rows_at
from activation.tables import read_tables


def rows_of(catalogue: Catalogue) -> Rows:
    """The rows that this catalogue was built from. Kept, so that only a changed catalogue takes a query."""
    return _rows_of(catalogue.digest)


@lru_cache(maxsize=2)
def _rows_of(digest: str) -> Rows:
    """Of tables that are older than the history and were not loaded since, what they hold now."""
    if digest == shipped().digest:
        return rows_from_files().rows
    return rows_at(digest) or read_tables()[0]
