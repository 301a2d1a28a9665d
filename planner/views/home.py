"""Where a person goes after signing in: the organisations, and the plan of one."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from planner.access import Here, member
from planner.estates import planned
from planner.exports.export import Export
from planner.exports.formats import links
from planner.files_of_plans import plan_file
from planner.filling import is_empty
from planner.forms.plans import SavePlanForm
from planner.mending import mendings
from planner.models import Act, Organisation

MOST_TOLD = 50  #: mistakes of an estate


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
    estate = here.estate()
    answer = planned(estate)
    context = {
        "here": here,
        "estate": estate,
        "answer": answer,
        "mendings": mendings(estate, answer.errors[:MOST_TOLD], answer.catalogue),
        "more": len(answer.errors[MOST_TOLD:]),
        "plan": answer.page,
        "is_empty": is_empty(estate),
        "form": SavePlanForm(),
        "files": links(lambda kind: reverse("plan-file", args=(here.organisation.slug, kind))),
        "done": done_act(request, here),
    }
    return render(request, "organisation/plan.html", context)


@require_safe
@never_cache
@member()
def download(request: HttpRequest, here: Here, kind: str) -> HttpResponse | FileResponse:
    """The plan of the inventory as a file."""
    answer = planned(here.estate())
    if answer.plan is None:
        raise Http404("The estate has mistakes, so there is no plan.")
    return plan_file(Export(answer.plan, answer.catalogue), kind)


def done_act(request: HttpRequest, here: Here) -> Act | None:
    """The act that led here, to be told and undone."""
    number = request.GET.get("done", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    return here.organisation.acts.filter(pk=int(number)).first() if known else None
