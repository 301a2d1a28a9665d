"""Several rows at once: one field changed in all of them, or all of them removed."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from planner.access import Here, member
from planner.cells import title, typed_row
from planner.forms.lines import Entry, LineForm, blank_row, typed_in
from planner.forms.mistakes import Mistake
from planner.forms.reading import Around, read
from planner.lines import Stale, remove, stale, values_of
from planner.listing import MOST_FOUND, STATE, found_rows, state_of, view_of
from planner.recording import ConflictError, recorded
from planner.tables import Column, Table
from planner.views.estate.clash import clash_page
from planner.views.estate.in_use import in_use_page, is_used
from planner.views.estate.place import Place, place
from planner.views.estate.rows import list_context, list_page, page_context
from planner.wording import count

MOST = 900  #: rows that a request names; it may have 1,000 fields
MEANWHILE = "Somebody changed this list meanwhile. Nothing was done: look at it as it is now, then choose again."


@require_POST
@never_cache
@member()
def chosen(request: HttpRequest, here: Here, table: Table, scenario: int | None = None) -> HttpResponse:
    """What the button asks for, with the rows that are ticked."""
    at = place(request, here, table, scenario)
    versions = _found(request, at) if "all" in request.POST else _versions(request)
    do, column = request.POST.get("do", ""), table.column(request.POST.get("field", ""))
    if versions is None:
        return _refused(request, at, MEANWHILE)
    if not versions and "decided" in request.POST:
        return at.leave(None)
    if not versions:
        return _refused(request, at, "Tick one or more rows first.")
    if do == "delete":
        return _remove(request, at, versions)
    if column is None:
        return _refused(request, at, "Choose what to change in the rows that are ticked.")
    if do != "save":
        return _form(request, at, versions, column)
    try:
        return _save(request, at, versions, column)
    except IntegrityError:  # what somebody saved at the same moment does not go with it: what is read again tells it
        return _save(request, at, versions, column)


def _versions(request: HttpRequest) -> dict[int, int]:
    """Id -> version that was read: of the ticked rows, and of those chosen on the page of a conflict."""
    post = request.POST
    sent = post.getlist("row") + [post[name] for name in post if name.startswith("row-")]
    pairs = [text.partition(":")[::2] for text in sent[:MOST]]
    return {int(pk): int(version) for pk, version in pairs if _is_number(pk) and _is_number(version)}


def _found(request: HttpRequest, at: Place) -> dict[int, int] | None:
    """Id -> version of all rows that the list finds, on all its pages; None when they are not those that were seen."""
    view = view_of(type(request.GET)(at.back), at.table)
    rows = found_rows(at.table, at.estate, at.catalogue, view).order_by()
    numbers = rows.aggregate(**STATE)
    if state_of(numbers) != request.POST["all"] or numbers["number"] > MOST_FOUND:
        return None
    return dict(rows.values_list("pk", "version"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _refused(request: HttpRequest, at: Place, problem: str) -> HttpResponse:
    request.GET = type(request.GET)(at.back)
    return list_page(request, at, list_context(request, at), problem, status=422)


def _remove(request: HttpRequest, at: Place, versions: dict[int, int]) -> HttpResponse:
    found = list(at.rows().filter(pk__in=versions))
    late = stale(found, versions, at.table, at.here)
    if late:
        return _clash(request, at, found, late, {})
    with_lines = "with_lines" in request.POST
    if is_used(found, at.estate, with_lines=with_lines):
        return in_use_page(request, at, found)
    try:
        with recorded(at.here, _what("Removed", len(found), at)) as act:
            remove(act, found, at.estate, with_lines=with_lines)
    except ConflictError:
        again = list(at.rows().filter(pk__in=versions))
        late = stale(again, versions, at.table, at.here)
        return _clash(request, at, again, late, {})
    except IntegrityError:
        if not is_used(found, at.estate):
            raise
        return in_use_page(request, at, found)
    return at.leave(act.made)


def _save(request: HttpRequest, at: Place, versions: dict[int, int], column: Column) -> HttpResponse:
    found = list(at.rows().filter(pk__in=versions))
    text = typed_in(request.POST, [column])[column.name]
    late = stale(found, versions, at.table, at.here)
    if late:
        return _clash(request, at, found, late, {"column": column, "text": text})
    typed = [typed_row(row, at.table, at.catalogue) | {column.name: text} for row in found]
    result = read(at.table, typed, Around(at.estate, at.catalogue, found))
    if result.wrong:
        return _form(request, at, versions, column, _mistakes(result, found, column, at))
    try:
        with recorded(at.here, f"{_what('Changed', len(found), at)}: {column.label}"[:200]) as act:
            for row, values in zip(found, result.values, strict=True):
                act.change(row, values_of(at.estate, {column.name: values[column.name]}), versions[row.pk])
    except ConflictError:
        again = list(at.rows().filter(pk__in=versions))
        late = stale(again, versions, at.table, at.here)
        return _clash(request, at, again, late, {"column": column, "text": text})
    return at.leave(act.made)


def _clash(request: HttpRequest, at: Place, found: list[Any], late: list[Stale], bulk: dict[str, Any]) -> HttpResponse:
    """The choice, with the rows about which there is nothing to decide; of more than a form names, none."""
    if len(found) > MOST:
        return _refused(request, at, MEANWHILE)
    decided = {each.pk for each in late}
    return clash_page(request, at, late, bulk=bulk | {"rest": [row for row in found if row.pk not in decided]})


def _what(verb: str, number: int, at: Place) -> str:
    of = f" of {at.table.title.lower()}" if at.table.one == "line" else ""
    return f"{verb} {count(number, at.table.one, at.table.many)}{of}"


def _mistakes(result: Any, found: list[Any], column: Column, at: Place) -> list[Mistake]:
    """Which row it would be, the field, and what would be right."""
    return [
        Mistake(column.name, _place(title(found[wrong.row], at.table, at.catalogue), wrong.field, at), wrong.words)
        for wrong in result.wrong
    ]


def _place(row: str, field: str, at: Place) -> str:
    column = at.table.column(field)
    return f"{row}, {column.label if column else field}"


def _form(
    request: HttpRequest, at: Place, versions: dict[int, int], column: Column, errors: list[Mistake] | None = None
) -> HttpResponse:
    """The one field, and the rows that it is for."""
    rows = list(at.rows().filter(pk__in=versions))
    typed = blank_row(at.table) | (typed_in(request.POST, [column]) if errors else {})
    entry: Entry = LineForm(at.table, typed, at.offers).entry(column.name)
    entry.field.focus = not errors
    context = page_context(at) | {
        "entry": entry,
        "column": column,
        "errors": errors or [],
        "all": request.POST.get("all", ""),
        "rows": [(f"{row.pk}:{versions[row.pk]}", title(row, at.table, at.catalogue)) for row in rows],
        "what": _what("Change", len(rows), at),
    }
    return render(request, "organisation/estate/chosen.html", context, status=422 if errors else 200)
