"""One row changed or removed in its place in the list; without JavaScript on a page of its own."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from planner.access import Here, member
from planner.cells import shown_row, title, typed_row
from planner.forms.lines import LineForm, typed_in
from planner.forms.mistakes import Mistake
from planner.forms.reading import Around, read
from planner.lines import remove, stale, values_of
from planner.listing import listing
from planner.models import Act, Role
from planner.recording import ConflictError, recorded
from planner.tables import SETTINGS, Table
from planner.views.estate.clash import clash_page
from planner.views.estate.in_use import in_use_page, is_used
from planner.views.estate.place import Place, place
from planner.views.estate.rows import done, page_context, said


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
@member(reads=Role.EDITOR)
def row(request: HttpRequest, here: Here, table: Table, row: int, scenario: int | None = None) -> HttpResponse:
    """The row as a form; saved; removed; `?as=read` gives it as the list shows it."""
    at = place(request, here, table, scenario)
    if request.method == "POST":
        return _remove(request, at, row) if request.POST.get("do") == "delete" else _saved(request, at, row)
    found = at.rows().filter(pk=row).first()
    if found is None:
        raise Http404("Somebody removed this row.")
    if request.htmx and request.GET.get("as") == "read":
        return render(request, "organisation/estate/_row.html", _row_context(at, found) | {"focus": True})
    return _form(request, at, found, _form_of(at, found), [])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member()
def settings(request: HttpRequest, here: Here, scenario: int | None = None) -> HttpResponse:
    """What holds for the whole estate: a row of its own."""
    at = place(request, here, SETTINGS, scenario)
    if request.method == "POST":
        return _saved(request, at, at.estate.pk)
    return _form(request, at, at.estate, _form_of(at, at.estate), [])


def prefix(pk: int) -> str:
    """What stands before the names of a row's fields: several rows of a list may be open at once."""
    return f"e{pk}-"


def _form_of(at: Place, found: Any) -> LineForm:
    return LineForm(at.table, typed_row(found, at.table, at.catalogue), at.offers, prefix(found.pk))


def _saved(request: HttpRequest, at: Place, pk: int) -> HttpResponse:
    try:
        return _save(request, at, pk)
    except IntegrityError:  # what somebody saved at the same moment does not go with it: what is read again tells it
        return _save(request, at, pk)


def _save(request: HttpRequest, at: Place, pk: int) -> HttpResponse:
    found = at.rows().filter(pk=pk).first()
    form = LineForm(at.table, typed_in(request.POST, at.table.columns, prefix(pk)), at.offers, prefix(pk))
    version = posted_version(request)
    result = read(at.table, [form.typed], Around(at.estate, at.catalogue, [found]))
    mistakes = _mistakes(result, form)
    if mistakes and found:
        return _form(request, at, found, form, mistakes, pk, version)
    late = stale([found] if found else [], {pk: version}, at.table, at.here)
    if late:
        return clash_page(request, at, late, form)
    try:
        with recorded(at.here, f"Changed {title(found, at.table, at.catalogue)}"[:200]) as act:
            act.change(found, values_of(at.estate, result.values[0]), version)
    except ConflictError:
        return clash_page(request, at, stale(at.rows().filter(pk=pk), {pk: version}, at.table, at.here), form)
    return _done(request, at, found, act.made)


def _remove(request: HttpRequest, at: Place, pk: int) -> HttpResponse:
    """Remove the row if it is as it was read."""
    found, version = at.rows().filter(pk=pk).first(), posted_version(request)
    late = stale([found] if found else [], {pk: version}, at.table, at.here)
    if late:
        return clash_page(request, at, late)
    if is_used([found], at.estate):
        return in_use_page(request, at, [found])
    what = title(found, at.table, at.catalogue)
    try:
        with recorded(at.here, f"Removed {what}"[:200]) as act:
            remove(act, [found], at.estate)
    except ConflictError:
        return clash_page(request, at, stale(at.rows().filter(pk=pk), {pk: version}, at.table, at.here))
    except IntegrityError:
        if not is_used([found], at.estate):
            raise
        return in_use_page(request, at, [found])
    if not request.htmx:
        return at.leave(act.made)
    return _answer(
        request, "organisation/estate/_removed.html", _changed_context(request, at, act.made) | {"what": what}
    )


def posted_version(request: HttpRequest) -> int:
    """The version that was read, 0 when the form names none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _mistakes(result: Any, form: LineForm) -> list[Mistake]:
    found = []
    for wrong in result.wrong:
        field = form.entry(wrong.field).field
        field.mistake = f"{field.mistake} {wrong.words}".lstrip()
        found.append(Mistake(field.id, field.label, wrong.words))
    return found


def _form(
    request: HttpRequest,
    at: Place,
    found: Any,
    form: LineForm,
    errors: list[Mistake],
    pk: int = 0,
    version: int = 0,
) -> HttpResponse:
    """The form. `pk` and `version` where they are not those of the row: it may be gone."""
    if not errors:
        form.entries[0].field.focus = True
    context = {
        **page_context(at),
        "form": form,
        "errors": errors,
        "pk": pk or found.pk,
        "version": version or found.version,
        "done": done(request, at),
        "title": title(found, at.table, at.catalogue) if found else at.table.one,
    }
    if request.htmx:
        return render(request, "organisation/estate/_form_row.html", context)
    page = "settings" if at.table is SETTINGS else "row"
    return render(request, f"organisation/estate/{page}.html", context, status=422 if errors else 200)


def _done(request: HttpRequest, at: Place, found: Any, act: Act | None) -> HttpResponse:
    if not request.htmx:
        return at.leave(act)
    fresh = at.rows().get(pk=found.pk)
    context = _changed_context(request, at, act) | _row_context(at, fresh) | {"focus": True}
    return _answer(request, "organisation/estate/_saved.html", context)


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A fragment after a change: whatever follows the estate asks again."""
    response = render(request, template, context)
    response["HX-Trigger"] = "estate-changed"
    return response


def _row_context(at: Place, found: Any) -> dict[str, Any]:
    return {
        "here": at.here,
        "at": at,
        "table": at.table,
        "row": shown_row(found, at.table, at.catalogue),
        "back": at.back,
    }


def _changed_context(request: HttpRequest, at: Place, act: Act | None) -> dict[str, Any]:
    """What stands around a row that changed: the totals of the list that one came from, and the way to undo."""
    found = listing(at.table, at.estate, at.catalogue, type(request.GET)(at.back))
    return {"at": at, "here": at.here, "table": at.table, "list": found, "done": said(act, at)}
