"""The catalogue out of the admin and back: export, upload, and what waits to be imported."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET

from activation.admin.acts import frame, page
from activation.exchange.exporting import exported
from activation.exchange.pending import keep, waiting
from activation.exchange.shipped_review import differing
from activation.exchange.unpacking import LIMITS, MEGABYTE, UnreadableFileError
from activation.exchange.upload_limit import SizeLimit
from activation.exchange.uploaded import read_upload
from activation.exchange.workbook import TooLongForSheetError
from activation.reading import CatalogueFilesError
from activation.tables import MODELS

TYPES = {"zip": "application/zip", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SHOWN_ERRORS = 200
TOO_LARGE = f"The selected file must be smaller than {LIMITS.packed // MEGABYTE} MB."


def may(request: HttpRequest, *acts: str) -> bool:
    """Whether this user may do this to every kind of row: `view`, `add`, `change`, `delete`."""
    names = [f"activation.{act}_{model._meta.model_name}" for act in acts for model in MODELS.values()]
    return request.user.has_perms(names)


def may_import(request: HttpRequest) -> bool:
    """An import may do anything to any row."""
    return may(request, "view", "add", "change", "delete")


def require(allowed: bool) -> None:
    """Stop whoever is not allowed."""
    if not allowed:
        raise PermissionDenied


@page("view_key", "change_key")
@csrf_exempt
def exchange(request: HttpRequest) -> HttpResponse:
    """The page of exports and imports. The size of an upload is watched before anything else reads it."""
    limit = SizeLimit(request)
    request.upload_handlers.insert(0, limit)
    return _checked(request, limit)


@csrf_protect
def _checked(request: HttpRequest, limit: SizeLimit) -> HttpResponse:
    require(may(request, "view"))
    if request.method != "POST":
        return show(request)
    require(may_import(request))
    return _upload(request, limit)


def _upload(request: HttpRequest, limit: SizeLimit) -> HttpResponse:
    file = request.FILES.get("file")
    if limit.exceeded:
        return show(request, [TOO_LARGE], status=413)
    if file is None or not file.name:
        return show(request, ["Select a file."], status=422)
    try:
        uploaded = read_upload(file.name, file.read())
    except UnreadableFileError as error:
        return show(request, [str(error)], status=422)
    except CatalogueFilesError as error:
        return show(request, [str(one) for one in error.errors], status=422)
    return redirect("catalogue-import", keep(uploaded, request.user).token)


def show(request: HttpRequest, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong with a file."""
    errors = errors or []
    context: dict[str, Any] = {
        "may_import": may_import(request),
        "waiting": waiting(request.user),
        "errors": errors[:SHOWN_ERRORS],
        "more_errors": max(0, len(errors) - SHOWN_ERRORS),
        "limit": LIMITS.packed // MEGABYTE,
        "to_decide": sum(1 for row in differing() if row.verdict != "kept" and not row.follows),
    }
    framed = frame(request, "Export and import", **context)
    return TemplateResponse(request, "admin/activation/exchange.html", dict(framed), status=status)


@page("view_key", "change_key")
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The catalogue in use as a file."""
    require(may(request, "view"))
    try:
        name, data = exported(form)
    except TooLongForSheetError as error:
        return show(request, [f"{error} Take the ZIP."], status=422)
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
