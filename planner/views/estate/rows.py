"""A table of an estate as a list, as page and as fragment."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from planner.access import Here, member
from planner.listing import listing
from planner.models import Act
from planner.suggestions import suggestions
from planner.tables import COMPUTERS, Table
from planner.undoing import can_be_undone
from planner.views.estate.place import Place, place


@require_safe
@never_cache
@member()
def estate(request: HttpRequest, here: Here, scenario: int | None = None) -> HttpResponse:
    """The estate opens with its computers."""
    return HttpResponseRedirect(place(request, here, COMPUTERS, scenario).list_url)


@require_safe
@never_cache
@gzip_page
@vary_on_headers("HX-Request")
@member()
def rows(request: HttpRequest, here: Here, table: Table, scenario: int | None = None) -> HttpResponse:
    """The list, and above it what was done a moment ago; htmx gets the list alone."""
    at = place(request, here, table, scenario)
    context = list_context(request, at)
    if request.htmx:
        response = render(request, "organisation/estate/_list.html", context)
        query = context["list"].query
        response["HX-Replace-Url"] = at.list_url + (f"?{query}" if query else "")
        return response
    return list_page(request, at, context)


def list_page(
    request: HttpRequest, at: Place, context: dict[str, Any], problem: str = "", status: int = 200
) -> HttpResponse:
    """The whole page. `problem` says why an act was not done."""
    more = page_context(at) | {"done": done(request, at), "problem": problem}
    return render(request, "organisation/estate/rows.html", context | more, status=status)


def list_context(request: HttpRequest, at: Place) -> dict[str, Any]:
    """What a list needs, wherever it is a part of."""
    found = listing(at.table, at.estate, at.catalogue, request.GET)
    return {"here": at.here, "at": at, "table": at.table, "list": found}


def page_context(at: Place) -> dict[str, Any]:
    """What each page of the estate needs."""
    products = suggestions(at.catalogue, timezone.localdate().isoformat()) if at.here.edits else ()
    return {"here": at.here, "at": at, "table": at.table, "products": products}


def done(request: HttpRequest, at: Place) -> dict[str, Any]:
    """What the address says was done, and whether it can be undone. Nothing of another organisation."""
    number = request.GET.get("done", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    act: Act | None = at.here.organisation.acts.filter(pk=int(number)).first() if known else None
    return said(act, at)


def said(act: Act | None, at: Place) -> dict[str, Any]:
    """An act as a page says it."""
    return {"act": act, "undo": bool(act) and at.here.edits and can_be_undone(act)} if act else {}
