"""Where a person goes after signing in: the organisations, and the plan of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from planner.access import Here, member
from planner.models import Organisation


@require_safe
@never_cache
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisation that the person belongs to; with several or none, the account, which lists them."""
    mine = Organisation.objects.filter(members__person=request.user)[:2]
    if len(mine) == 1:
        return HttpResponseRedirect(reverse("organisation", args=(mine[0].slug,)))
    return HttpResponseRedirect(reverse("account"))


@require_safe
@never_cache
@member()
def plan(request: HttpRequest, here: Here) -> HttpResponse:
    """The plan of the inventory as it is now."""
    return render(request, "organisation/plan.html", {"here": here, "estate": here.estate()})
