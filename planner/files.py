"""Files on this machine, in and out, with words for everything that can go wrong."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

STANDARD_INPUT = "-"


class FileUseError(Exception):
    """A file that cannot be read or written; the message says which one and why."""


def read_file(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises FileUseError."""
    try:
        if name != STANDARD_INPUT:
            return Path(name).read_bytes()
        if sys.stdin is None:  # closed by the caller
            raise FileUseError("Standard input is closed. Enter a file, or send an estate to standard input.")
        return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        raise FileUseError(_why(name, error, "read")) from error


def write_file(name: str, data: bytes) -> None:
    """Write the whole file or nothing: what stood there before stays until all is written. Raises FileUseError."""
    try:
        path = Path(os.path.realpath(name))
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe is written to, never replaced
        else:
            _replace(path, data)
    except (OSError, ValueError) as error:
        raise FileUseError(_why(name, error, "written")) from error


def file_name(name: str) -> str:
    """A file name that every terminal can show, in one line."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name[:100]}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _why(name: str, error: Exception, done: str) -> str:
    shown = "Standard input" if name == STANDARD_INPUT else file_name(name)
    if isinstance(error, FileNotFoundError):
        return f"There is no {'file' if done == 'read' else 'folder for'} {shown}."
    if isinstance(error, IsADirectoryError):
        return f"{shown} is a folder. Enter a file."
    reason = (error.strerror or "no reason given").lower() if isinstance(error, OSError) else "its name is not possible"
    return f"{shown} cannot be {done}: {reason}."
