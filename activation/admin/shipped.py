"""The shipped catalogue beside the one here: row by row, which of the two stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from activation.admin.acts import NO_REASON, frame, last_reasons, page, reason_of
from activation.admin.exchange import may, may_import, require
from activation.admin.importing import anchor, choices, shown
from activation.exchange.comparing import Difference
from activation.exchange.shipped_review import StaleRowsError, differing, seen_of, settle_rows
from activation.exchange.writing import CannotWriteError
from activation.findings import text_of
from activation.models.history import MESSAGE_LENGTH
from activation.shipped import rows_from_files

A_PAGE = 100  #: rows; a form may have a thousand fields
STALE = "A row has changed since it was shown. Nothing was decided. This is how the rows are now."
UNDECIDED = "Choose for at least one row which version stands."


@page("view_key", "change_key")
def shipped(request: HttpRequest) -> HttpResponse:
    """What differs from the shipped catalogue; on POST, the rows for which a side was chosen are settled."""
    require(may(request, "view"))
    if request.method != "POST":
        return _show(request)
    require(may_import(request))
    return _settle(request)


def _settle(request: HttpRequest) -> HttpResponse:
    rows = differing()
    chosen = choices(request, [row for row in rows if not row.follows])
    wrong = _wrong(request, bool(chosen))
    if wrong:
        return _show(request, wrong, 422)
    seen = {row.row: request.POST.get(f"seen {anchor(row)}", "") for row in rows}
    try:
        settle_rows(chosen, seen, request.user, reason_of(request))
    except StaleRowsError:
        return _show(request, [("rows", STALE)], 409)
    except CannotWriteError as error:
        return _show(request, [("rows", text_of(problem)) for problem in error.problems], 422)
    taken = sum(side == "file" for side in chosen.values())
    messages.success(request, f"Settled: {taken} taken from the shipped catalogue, {len(chosen) - taken} kept as here.")
    return redirect("catalogue-shipped")


def _wrong(request: HttpRequest, any_chosen: bool) -> list[tuple[str, str]]:
    reason = reason_of(request)
    wrong = [] if any_chosen else [("rows", UNDECIDED)]
    return wrong if reason and len(reason) <= MESSAGE_LENGTH else [*wrong, ("id_reason", NO_REASON)]


def _show(request: HttpRequest, wrong: Sequence[tuple[str, str]] = (), status: int = 200) -> HttpResponse:
    rows = [row for row in differing() if not row.follows]
    chosen = choices(request, rows) if request.method == "POST" else {}
    leaves = Paginator([*_open(rows), *_settled(rows)], A_PAGE)
    leaf = leaves.get_page(request.GET.get("page"))
    parts = (("To decide", _open(list(leaf))), ("Kept as edited here", _settled(list(leaf))))
    context: dict[str, Any] = {
        "sections": [
            (heading, [(shown(row, chosen.get(row.row, "")), seen_of(row), _why(row)) for row in some])
            for heading, some in parts
        ],
        "page": leaf,
        "version": rows_from_files().version,
        "may_edit": may_import(request),
        "wrong": wrong,
        "reason": reason_of(request),
        "reasons": last_reasons(request),
    }
    framed = frame(request, "Differences from the shipped catalogue", **context)
    return TemplateResponse(request, "admin/activation/shipped.html", dict(framed), status=status)


def _open(rows: Sequence[Difference]) -> list[Difference]:
    return [row for row in rows if row.verdict != "kept"]


def _settled(rows: Sequence[Difference]) -> list[Difference]:
    return [row for row in rows if row.verdict == "kept"]


def _why(row: Difference) -> str:
    """What happened to a row, on both sides."""
    here = "deleted here" if row.here is None else "edited here" if row.file is not None else "only here"
    if row.verdict == "kept":
        return here
    files = "no longer shipped" if row.file is None else "changed in the shipped catalogue"
    return f"{here}, and {files}" if row.verdict == "conflicting" else f"not loaded yet: {files}"
