"""A ZIP, or a workbook, which is one too: opened without trust. Nothing is written to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
OLE = b"\xd0\xcf\x11\xe0"  #: how a workbook with a password begins, and an old .xls


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold. Sizes in bytes; `ratio`: how many times larger than packed; `rows` and `columns` of a
    sheet; `cell` in characters, Excel's own limit."""

    packed: int = 10 * MEGABYTE
    unpacked: int = 50 * MEGABYTE
    ratio: int = 100
    members: int = 200
    rows: int = 20_000
    columns: int = 60
    cell: int = 32_767


LIMITS = Limits()


class UnreadableFileError(Exception):
    """Why a file cannot be read, in words for the person who chose it."""


def members(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The content of each member by name. Raises UnreadableFileError before more than the limits is unpacked."""
    if not data:
        raise UnreadableFileError("The selected file is empty.")
    if len(data) > limits.packed:
        raise UnreadableFileError(f"The selected file must be smaller than {limits.packed // MEGABYTE} MB.")
    if data.startswith(OLE):
        raise UnreadableFileError(
            "The selected file is password protected or an old workbook (.xls). Save it as .xlsx without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _all(archive, len(data), limits)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise UnreadableFileError("The selected file must be a ZIP or XLSX that was exported here.") from error


def _all(archive: zipfile.ZipFile, size: int, limits: Limits) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.members:
        raise UnreadableFileError(f"The selected file holds more than {limits.members} files.")
    if len({entry.filename for entry in entries}) < len(entries):
        raise UnreadableFileError("The selected file holds two files of one name.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError("The selected file is password protected.")
    left = min(limits.unpacked, size * limits.ratio)
    found: dict[str, bytes] = {}
    for entry in entries:
        found[entry.filename] = _content(archive, entry, left)
        left -= len(found[entry.filename])
    return found


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The content of a member, of at most `left` bytes, whatever size the archive says that it has."""
    pieces, taken = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(CHUNK):
            taken += len(piece)
            if taken > left:
                raise UnreadableFileError("The selected file is too large when it is unpacked.")
            pieces.append(piece)
    return b"".join(pieces)


def repacked(contents: dict[str, bytes]) -> bytes:
    """The members as an archive again that says the truth about their sizes, for readers that believe it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()
