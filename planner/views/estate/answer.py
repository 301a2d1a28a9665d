"""The plan of the estate in one line, beside its tables. It has an address of its own, so that no list waits for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from planner.access import Here, member
from planner.estates import planned
from planner.tables import COMPUTERS
from planner.views.estate.place import place
from planner.wording import answer


@require_safe
@never_cache
@member()
def answer_line(request: HttpRequest, here: Here, scenario: int | None = None) -> HttpResponse:
    """The first sentence of the plan, or what it waits for."""
    at = place(request, here, COMPUTERS, scenario)
    result = planned(at.estate)
    sentences = answer(result.plan, result.catalogue) if result.plan else ()
    context = {"here": here, "at": at, "sentences": sentences, "errors": result.errors}
    return render(request, "organisation/estate/_answer.html", context)
