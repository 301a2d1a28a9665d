"""Files that were sent, on the disk: under generated names, counted while they come, gone when nobody needs them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

FOLDER = "imports"


def path_of(stored: str) -> Path:
    """Where a file of that generated name is. No web server serves the folder."""
    return Path(settings.DATA) / FOLDER / stored


def remove(stored: str) -> None:
    """Delete a file and its refused rows, which may be gone already."""
    for path in (path_of(stored), refused_of(stored)):
        path.unlink(missing_ok=True)


def refused_of(stored: str) -> Path:
    """Where its refused rows are."""
    return path_of(f"{stored}.refused.csv")


class StoredFile(UploadedFile):
    """A file that was stored. `stored`: its generated name; `name`: what it was called, for people."""

    def __init__(self, stored: str, name: str, size: int) -> None:
        super().__init__(None, name, None, size)
        self.stored = stored


class Store(FileUploadHandler):
    """Writes a file to the disk piece by piece, up to a limit in bytes; nothing of it stays in memory.

    `exceeded` tells afterwards that it was larger, `full` that the disk had no room; then nothing is left of it.
    """

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit, self.taken, self.exceeded, self.full = limit, 0, False, False
        self.stored = ""
        self.part: BinaryIO | None = None  # not `file`, which Django would close

    def new_file(self, *args: object, **more: object) -> None:
        """A file begins; of several only the last is kept."""
        super().new_file(*args, **more)
        self._drop()
        self.taken, self.stored = 0, uuid4().hex
        path = path_of(self.stored)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        self.part = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken > self.limit:
            self.exceeded = True
            self._stop()
        try:
            self.part.write(raw_data)
        except OSError:
            self.full = True
            self._stop()

    def file_complete(self, file_size: int) -> StoredFile | None:
        if self.part is None:
            return None
        try:
            self.part.close()
        except OSError:
            self.full = True
            self._drop()
            return None
        self.part = None
        return StoredFile(self.stored, self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        self._drop()

    def _stop(self) -> None:
        self._drop()
        raise StopUpload(connection_reset=True)

    def _drop(self) -> None:
        """Forget what came so far."""
        if self.part is not None:
            with suppress(OSError):  # what is left to write finds no room
                self.part.close()
            self.part = None
        if self.stored:
            path_of(self.stored).unlink(missing_ok=True)
            self.stored = ""
