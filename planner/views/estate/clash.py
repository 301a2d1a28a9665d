"""Somebody changed or removed what was being changed: both versions side by side, and the choice between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from planner.cells import shown, title
from planner.forms.lines import LineForm
from planner.lines import Stale
from planner.models import Act
from planner.tables import Column
from planner.views.estate.place import Place
from planner.views.estate.rows import page_context


@dataclass(frozen=True, slots=True)
class Difference:
    """A field as it is now and as one wants it."""

    column: Column
    theirs: str
    mine: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


@dataclass(frozen=True, slots=True)
class Clash:
    """One row that is not as it was read. `mine` is what the form sends to have the own version."""

    pk: int
    version: int
    title: str
    act: Act | None
    gone: bool
    differences: tuple[Difference, ...]


def clash_page(
    request: HttpRequest,
    at: Place,
    late: Sequence[Stale],
    form: LineForm | None = None,
    bulk: dict[str, Any] | None = None,
) -> HttpResponse:
    """The choice. `form`: what was typed for the one row; `bulk`: what was asked for many; neither for a removal.

    An answer to htmx is part of the list, so it has the status of a fragment, like that of any other form to mend.
    """
    context = page_context(at) | {
        "clashes": [_clash(each, at, form, bulk) for each in late],
        "form": form,
        "bulk": bulk or {},
        "removes": form is None and not (bulk or {}).get("column"),
    }
    if request.htmx:
        return render(request, "organisation/estate/_clash_row.html", context)
    return render(request, "organisation/estate/clash.html", context, status=409)


def _clash(late: Stale, at: Place, form: LineForm | None, bulk: dict[str, Any] | None) -> Clash:
    now, named = late.now, title(late.now, at.table, at.catalogue) if late.now else ""
    gone = named or _title_before(late) or at.table.one
    version = now.version if now else 0
    return Clash(late.pk, version, named or gone, late.act, now is None, _differences(late, at, form, bulk))


def _title_before(late: Stale) -> str:
    """The name that the history has for a row that is gone."""
    change = late.act.changes.filter(row=late.pk).first() if late.act else None
    return change.label if change else ""


def _differences(late: Stale, at: Place, form: LineForm | None, bulk: dict[str, Any] | None) -> tuple[Difference, ...]:
    found = []
    for column in at.table.columns:
        theirs = shown(late.now, column, at.catalogue) if late.now else ""
        mine = theirs
        if form is not None:
            mine = _shown_text(form.typed[column.name], column)
        elif bulk and bulk.get("column") == column:
            mine = _shown_text(bulk["text"], column)
        found.append(Difference(column, theirs, mine))
    return tuple(found)


def _shown_text(text: str, column: Column) -> str:
    """What was typed, as a list would show it."""
    if column.is_number and text.isascii() and text.isdigit():
        return "" if text == column.untouched else f"{int(text):,}"
    return dict(column.choices).get(text, text)
