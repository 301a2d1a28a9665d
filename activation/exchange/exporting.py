"""The catalogue in use as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from activation.exchange import workbook, zip_file
from activation.rows import Rows
from activation.shipped import rows_from_files, shipped
from activation.state import read_state, rows_at
from activation.tables import read_tables

#: Ending of the file name -> what makes the file of a version, a digest and rows.
FORMS: Mapping[str, Callable[[str, str, Rows], bytes]] = {"zip": zip_file.packed, "xlsx": workbook.written}


def exported(form: str) -> tuple[str, bytes]:
    """A name for the file, and the file: the state that plans are made with. Raises TooLongForSheetError.

    Edits past the site that are not in use yet are not in it, so that the file is what its digest names.
    """
    state = read_state()
    if state is None:
        version, digest, rows = shipped().version, shipped().digest, rows_from_files().rows
    else:
        version, digest, rows = state.version, state.digest, rows_at(state.digest) or read_tables()[0]
    return f"catalogue-{version}-{digest[7:15]}.{form}", FORMS[form](version, digest, rows)
