"""A ZIP of the data files, as they are shipped: the same catalogue always gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

from activation.exchange.toml_text import file_text, statement
from activation.files import ABOUT, FILES, FOLDER
from activation.rows import Rows
from activation.shipped import rows_from_files

STATE = "state.toml"  #: beside the data files: which state of which catalogue was exported
NO_TIME = (1980, 1, 1, 0, 0, 0)  #: the first moment that a ZIP knows: the time of the export is not in the file


def data_files(version: str, rows: Rows) -> dict[str, bytes]:
    """Every data file by name, for these rows. Those that the tables do not hold are the shipped ones."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}
    shipped = rows_from_files()
    for kind, name in FILES.items():
        texts[name] = file_text(kind, rows, shipped.rows, texts[name])
    if version != shipped.version:
        texts[ABOUT] = re.sub(r"(?m)^version = .*$", lambda _: statement("version", version), texts[ABOUT], count=1)
    return {name: text.encode() for name, text in texts.items()}


def packed(version: str, digest: str, rows: Rows) -> bytes:
    """The ZIP. `digest` names the state, so that an import knows what the file comes from."""
    files = data_files(version, rows) | {STATE: (statement("state", digest) + "\n").encode()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()
