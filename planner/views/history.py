"""The history of an organisation: its acts, those of one row, each act field by field, and all of it as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activation.catalogue import current
from planner.access import Here, member
from planner.changes import title_of, told
from planner.forms.history import HistoryForm
from planner.history import acts_asked, as_csv, as_json_lines, people
from planner.undoing import can_be_undone
from planner.views.home import done_act

ON_A_PAGE = 50  #: acts
CHANGES_ON_A_PAGE = 100
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


@require_safe
@never_cache
@member()
def history(request: HttpRequest, here: Here) -> HttpResponse:
    """The acts, newest first; `?kind=computers&row=7` those that touched one row, with what they changed in it."""
    form = HistoryForm(request.GET, people(here))
    asked = form.cleaned_data if form.is_valid() else {}
    found = acts_asked(here, asked).select_related("undone_by")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in asked.items() if value})
    context = {"here": here, "form": form, "page": page, "query": query, **_of_row(here, asked, page)}
    return render(request, "organisation/history.html", context, status=200 if form.is_valid() else 422)


def _of_row(here: Here, asked: dict[str, Any], page: Any) -> dict[str, Any]:
    """What the acts of the page did to the row that is asked for."""
    if not asked.get("row"):
        return {}
    acts, catalogue = here.organisation.acts.filter(pk__in=[act.pk for act in page]), current()
    changes = list(acts.changes().filter(kind=asked["kind"], row=asked["row"]))
    by_act = {change.act_id: told(change, catalogue) for change in changes}
    for act in page:
        act.change_of_row = by_act.get(act.pk)
    return {"of": title_of(changes[0], catalogue) if changes else "a row without a history"}


@require_safe
@never_cache
@member()
def act(request: HttpRequest, here: Here, act: int) -> HttpResponse:
    """One act: who, when, in which request, why, and what it changed."""
    found = here.organisation.acts.filter(pk=act).select_related("undone_by", "undoes").first()
    if found is None:
        raise Http404("No such act.")
    page, catalogue = Paginator(found.changes.all(), CHANGES_ON_A_PAGE).get_page(request.GET.get("page")), current()
    context = {
        "here": here,
        "act": found,
        "page": page,
        "changes": [told(change, catalogue) for change in page],
        "undo": here.edits and can_be_undone(found),
        "done": done_act(request, here),
    }
    return render(request, "organisation/act.html", context)


@require_safe
@never_cache
@member()
def download(request: HttpRequest, here: Here, kind: str) -> StreamingHttpResponse:
    """What the page shows, on all its pages, as a file that is written while it is read."""
    form = HistoryForm(request.GET, people(here))
    if not form.is_valid():
        raise Http404("No such history.")
    changes = acts_asked(here, form.cleaned_data).changes()
    lines = as_csv(changes, current()) if kind == "csv" else as_json_lines(changes)
    name = f"{slugify(here.organisation.name)[:60]}-history-{timezone.localdate()}".lstrip("-")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingHttpResponse(lines, content_type=TYPES[kind], headers=headers)
