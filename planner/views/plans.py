"""Saved plans: the list, each as it was, what is different today, its name and note, its end."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activation.rules.comparison import compare
from activation.rules.interchange import read_plan
from planner import plans as kept
from planner.access import Here, member
from planner.estates import planned
from planner.exports.export import Export
from planner.exports.formats import links
from planner.files_of_plans import attachment, plan_file
from planner.forms.plans import EditPlanForm, SavePlanForm, ScenarioForm
from planner.models import Act, SavedPlan
from planner.plan_page import plan_page
from planner.recording import ConflictError, DoneAlreadyError, recorded
from planner.views.home import done_act
from planner.wording.comparison import comparison_words


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member()
def plans(request: HttpRequest, here: Here) -> HttpResponse:
    """The saved plans; a post saves the plan of the inventory."""
    form = SavePlanForm(request.POST) if request.method == "POST" else SavePlanForm()
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data
        try:
            plan = kept.save(here, here.estate(), sent["name"], sent["note"], sent["once"])
            return HttpResponseRedirect(_address(here, plan))
        except DoneAlreadyError:
            return HttpResponseRedirect(reverse("plans", args=(here.organisation.slug,)))
        except kept.NoPlanError:
            return HttpResponseRedirect(reverse("organisation", args=(here.organisation.slug,)))
    context = {"here": here, "form": form, "plans": here.organisation.plans.filter(removed=None)}
    return render(request, "organisation/plans.html", context | {"done": done_act(request, here)})


@require_safe
@never_cache
@member()
def saved_plan(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The plan as it was saved; with `?compare=yes` also what is different today."""
    return _page(request, here, here.plan(number))


@require_POST
@never_cache
@member()
def edit_plan(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Another name or note."""
    plan, form = here.plan(number), EditPlanForm(request.POST)
    if not form.is_valid():
        return _page(request, here, plan, form)
    values = {name: form.cleaned_data[name] for name in ("name", "note")}
    try:
        with recorded(here, f"Renamed the plan {plan.name}") as act:
            act.change(plan, values, form.cleaned_data["version"])
    except ConflictError:
        return _page(request, here, here.plan(number), form, clash=True)
    return HttpResponseRedirect(_address(here, plan, act.made))


@require_POST
@never_cache
@member()
def remove_plan(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Take the plan out of the list."""
    act = kept.remove(here, here.plan(number))
    return HttpResponseRedirect(reverse("plans", args=(here.organisation.slug,)) + (f"?done={act.pk}" if act else ""))


@require_safe
@never_cache
@member()
def download(request: HttpRequest, here: Here, number: int, kind: str) -> HttpResponse | FileResponse:
    """The saved plan as a file; JSON byte for byte as it was saved, and so the estate."""
    row = here.plan(number)
    if kind == "estate":
        return attachment(row.estate_document, (here.organisation.name, row.name, "estate"), "json")
    return plan_file(Export(read_plan(row.plan_document), kept.catalogue_of(row), row.name, row.plan_document), kind)


def _page(
    request: HttpRequest, here: Here, row: SavedPlan, form: EditPlanForm | None = None, clash: bool = False
) -> HttpResponse:
    plan, catalogue = read_plan(row.plan_document), kept.catalogue_of(row)
    fields = {"name": row.name, "note": row.note, "version": row.version}
    context = {
        "here": here,
        "row": row,
        "plan": plan_page(plan, catalogue),
        "files": links(lambda kind: reverse("saved-plan-file", args=(here.organisation.slug, row.pk, kind))),
        "outdated": kept.outdated(row),
        "form": EditPlanForm(initial=fields) if form is None or clash else form,
        "typed": form if clash else None,
        "scenario": ScenarioForm(initial={"plan": row.pk, "name": row.name}),
        "done": done_act(request, here),
    }
    if request.GET.get("compare") and row.of is not None and row.of.organisation_id == here.organisation.pk:
        today = planned(row.of)
        context["today"] = today
        context["sections"] = comparison_words(compare(plan, today.plan), today.catalogue) if today.plan else ()
    status = 409 if clash else 422 if form is not None else 200
    return render(request, "organisation/saved_plan.html", context, status=status)


def _address(here: Here, plan: SavedPlan, act: Act | None = None) -> str:
    return reverse("saved-plan", args=(here.organisation.slug, plan.pk)) + (f"?done={act.pk}" if act else "")
