"""Scenarios: the list, one beside the inventory, its way into the inventory, its end; and what the planner proposes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activation.rules.comparison import compare
from activation.rules.interchange import EstateErrors
from planner import scenarios as copies
from planner.access import Here, member
from planner.estates import planned
from planner.forms.plans import ApplyForm, RenameScenarioForm, ScenarioForm
from planner.models import Estate
from planner.recording import ConflictError, DoneAlreadyError, recorded
from planner.views.home import done_act
from planner.wording.comparison import comparison_words
from planner.wording.proposals import effect_words, idea_words

NO_LONGER = "The inventory has changed, and this proposal no longer holds. These hold now."
NOT_TODAY = "The catalogue has changed since, and the estate of this plan does not fit it any more. Copy the inventory."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member()
def scenarios(request: HttpRequest, here: Here) -> HttpResponse:
    """The scenarios; a post makes one of the inventory, of a saved plan, or of a proposal."""
    form = ScenarioForm(request.POST) if request.method == "POST" else ScenarioForm()
    if form.is_bound and form.is_valid():
        try:
            made = _made(here, form.cleaned_data)
        except DoneAlreadyError:
            return HttpResponseRedirect(reverse("scenarios", args=(here.organisation.slug,)))
        except EstateErrors:
            form.add_error(None, NOT_TODAY)
        else:
            if made is None:
                return _proposals(request, here, NO_LONGER, 409)
            return HttpResponseRedirect(_address(here, made))
    listed = here.organisation.estates.filter(scenario=True, removed=None)
    context = {"here": here, "form": form, "scenarios": listed, "done": done_act(request, here)}
    return render(request, "organisation/scenarios.html", context, status=422 if form.errors else 200)


def _made(here: Here, sent: dict[str, Any]) -> Estate | None:
    """The new scenario; None when there is no such proposal any more."""
    if sent["plan"]:
        return copies.copy_plan(here, here.plan(sent["plan"]), sent["name"], sent["once"])
    if not sent["proposal"]:
        return copies.copy_inventory(here, sent["name"], sent["once"])
    held = {each.idea.name: each.idea.edit for each in planned(here.estate()).proposals}
    edit = held.get(sent["proposal"])
    return copies.copy_inventory(here, sent["name"], sent["once"], edit) if edit else None


@require_safe
@never_cache
@member()
def scenario(request: HttpRequest, here: Here, scenario: int) -> HttpResponse:
    """The plan of the inventory and that of the scenario, side by side."""
    return _page(request, here, here.estate(scenario))


@require_POST
@never_cache
@member()
def rename_scenario(request: HttpRequest, here: Here, scenario: int) -> HttpResponse:
    """Another name."""
    row, form = here.estate(scenario), RenameScenarioForm(request.POST)
    if not form.is_valid():
        return _page(request, here, row, 422, form)
    try:
        with recorded(here, f"Renamed the scenario {row.name}") as act:
            act.change(row, {"name": form.cleaned_data["name"]}, form.cleaned_data["version"])
    except ConflictError:
        return _page(request, here, here.estate(scenario), 409, form)
    return HttpResponseRedirect(_address(here, row) + (f"?done={act.made.pk}" if act.made else ""))


@require_POST
@never_cache
@member()
def apply_scenario(request: HttpRequest, here: Here, scenario: int) -> HttpResponse:
    """Make the inventory what the scenario is, unless it has changed since the person saw it."""
    row, form = here.estate(scenario), ApplyForm(request.POST)
    if not form.is_valid():
        return _page(request, here, row, 409)
    try:
        act = copies.apply(here, row, form.cleaned_data["seen"])
    except (copies.InventoryChangedError, ConflictError):
        return _page(request, here, row, 409)
    return HttpResponseRedirect(
        reverse("organisation", args=(here.organisation.slug,)) + (f"?done={act.pk}" if act else "")
    )


@require_POST
@never_cache
@member()
def remove_scenario(request: HttpRequest, here: Here, scenario: int) -> HttpResponse:
    """Take the scenario out of the list."""
    act = copies.remove(here, here.estate(scenario))
    back = reverse("scenarios", args=(here.organisation.slug,))
    return HttpResponseRedirect(back + (f"?done={act.pk}" if act else ""))


@require_safe
@never_cache
@member()
def proposals(request: HttpRequest, here: Here) -> HttpResponse:
    """Small changes that would spare keys or MAK activations; each becomes a scenario with one act."""
    return _proposals(request, here)


def _proposals(request: HttpRequest, here: Here, said: str = "", status: int = 200) -> HttpResponse:
    answer = planned(here.estate())
    rows = []
    for each in answer.proposals:
        words = idea_words(each.idea, answer.catalogue)
        form = ScenarioForm(initial={"name": words[:100], "proposal": each.idea.name})
        rows.append({"words": words, "effect": effect_words(each, answer.catalogue), "form": form})
    context = {"here": here, "proposals": rows, "answer": answer, "said": said}
    template = "organisation/_proposals.html" if request.htmx else "organisation/proposals.html"
    return render(request, template, context, status=status)


def _page(
    request: HttpRequest, here: Here, row: Estate, status: int = 200, form: RenameScenarioForm | None = None
) -> HttpResponse:
    """`form`: the new name that was refused, because of what it is or because of a newer one."""
    newer = form is not None and not form.errors
    inventory = here.estate()
    now, then = planned(inventory), planned(row)
    both = now.plan and then.plan
    context = {
        "here": here,
        "row": row,
        "now": now,
        "then": then,
        "sections": comparison_words(compare(now.plan, then.plan), then.catalogue) if both else (),
        "apply": ApplyForm(initial={"seen": inventory.revision}),
        "changed": row.copied_revision is not None and row.copied_revision != inventory.revision,
        "refused": status == 409 and form is None,
        "form": RenameScenarioForm(initial={"name": row.name, "version": row.version})
        if form is None or newer
        else form,
        "typed": form if newer else None,
        "done": done_act(request, here),
    }
    return render(request, "organisation/scenario.html", context, status=status)


def _address(here: Here, row: Estate) -> str:
    return reverse("scenario", args=(here.organisation.slug, row.pk))
