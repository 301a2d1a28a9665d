"""A plan as a file to download, named after organisation, plan and day."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TypeVar

from django.http import FileResponse, Http404, HttpResponse
from django.utils.text import slugify

from planner.exports.export import Export
from planner.exports.formats import FORMATS

Response = TypeVar("Response", HttpResponse, FileResponse)

IN_MEMORY = 1_000_000  #: bytes; a larger file is made on the disk and sent from there, piece by piece


def plan_file(export: Export, kind: str) -> HttpResponse | FileResponse:
    """The file. Raises Http404 for a kind that there is not."""
    if kind not in FORMATS:
        raise Http404("No such file.")
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed below, or by the response once it is sent
    FORMATS[kind].write(export, file)
    length = file.tell()
    file.seek(0)
    parts = (export.plan.organisation, export.name, "plan", export.plan.as_of)
    content_type = FORMATS[kind].content_type
    if length > IN_MEMORY:
        response = FileResponse(file, content_type=content_type, headers={"Content-Length": str(length)})
        return as_download(response, parts, kind)
    with file:
        return as_download(HttpResponse(file.read(), content_type=content_type), parts, kind)


def attachment(content: str, parts: tuple[str, ...], kind: str) -> HttpResponse:
    """The content as a file to download, its name made of the parts that say something."""
    return as_download(HttpResponse(content.encode(), content_type=FORMATS[kind].content_type), parts, kind)


def as_download(response: Response, parts: tuple[str, ...], kind: str) -> Response:
    """The answer with a file name of letters, digits and hyphens, kept nowhere on the way."""
    name = "-".join(filter(None, (slugify(part)[:60] for part in parts)))
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind.rpartition(".")[2]}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
