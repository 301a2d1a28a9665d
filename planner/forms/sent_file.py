"""Rows that are sent as text: pasted, or in a file whose text takes its place."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from activation.exchange.upload_limit import SizeLimit
from activation.rules.files import decoded
from activation.rules.interchange import without_keys
from activation.rules.reading import EstateErrors

LARGEST = 2_000_000  #: bytes: less than a form may hold, for the text comes back in the form to be mended


@dataclass(frozen=True, slots=True)
class Sent:
    """The text, product keys cut, and what is wrong with the file, "" for nothing."""

    text: str = ""
    problem: str = ""


def watched(request: HttpRequest) -> SizeLimit:
    """Count the file of the request while it comes. Before anything reads the body, also before the token is read."""
    limit = SizeLimit(request, LARGEST)
    request.upload_handlers.insert(0, limit)
    return limit


def rows_sent(request: HttpRequest, limit: SizeLimit) -> Sent:
    """The rows of a form with the fields `text` and `file`."""
    text = _cut(request.POST.get("text", ""))
    if limit.exceeded:
        return Sent(text, f"Select a file smaller than {LARGEST // 1_000_000} MB.")
    file = request.FILES.get("file")
    if file is None:
        return Sent(text)
    if text.strip():
        return Sent(text, "Select a file or paste rows, not both at once.")
    return _of_file(file.read())


def _of_file(data: bytes) -> Sent:
    if not data.strip(b"\xef\xbb\xbf\r\n\t "):
        return Sent(problem="The selected file is empty. Select one with rows.")
    try:
        return Sent(_cut(decoded(data)))
    except EstateErrors as errors:
        return Sent(problem=errors.errors[0].message)


def _cut(text: str) -> str:
    return without_keys(text).replace("\x00", "")
