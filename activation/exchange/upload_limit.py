"""A file that is sent is counted while it comes, and dropped when it is larger than it may be."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from activation.exchange.unpacking import LIMITS

PATIENCE = 5  #: a body of up to so many limits is read to its end, so that the browser gets to show the answer


class SizeLimit(FileUploadHandler):
    """Stops an upload over the limit, in bytes. `exceeded` tells afterwards that it did."""

    def __init__(self, request: HttpRequest, limit: int = LIMITS.packed) -> None:
        super().__init__(request)
        self.limit, self.taken, self.exceeded = limit, 0, False
        length = str(request.META.get("CONTENT_LENGTH") or "")
        self.announced = int(length) if length.isascii() and length.isdigit() else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > self.limit:
            self.exceeded = True
            raise StopUpload(connection_reset=self.announced > PATIENCE * self.limit)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
