"""What comes into an organisation as a whole: an estate of the quick planner, or the example."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from activation.catalogue import current
from planner import keeping
from planner.access import Here, here_of, member
from planner.forms.acts import typed_in
from planner.forms.document import estate_document
from planner.forms.estate import EstateForm
from planner.forms.keeping import NEW, KeepForm
from planner.models import Act, Organisation, Role
from planner.views.answers import answer_of
from planner.views.quick_planner import to_mend

FULL = "The example was not added: the inventory holds something by now."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep(request: HttpRequest) -> HttpResponse:
    """Choose where what was typed is kept; with a choice, keep it. What gives no plan has to be mended first."""
    estate = EstateForm(typed_in(request.POST if request.method == "POST" else request.GET), current())
    if estate.is_empty():
        return HttpResponseRedirect(reverse("quick-planner"))
    if answer_of(estate, estate.catalogue).plan is None:
        return to_mend(request)
    form = _form(request, estate)
    if form.is_bound and form.is_valid():
        return _kept(request, estate_document(estate, timezone.localdate().isoformat()), form.cleaned_data)
    parts = [len(estate.kept(part)) for part in ("networks", "computers", "licences", "keys")]
    context = {"form": form, "estate": estate, "held": keeping.rows_in_words(*parts)}
    return render(request, "account/keep.html", context, status=422 if form.errors else 200)


def _mine(request: HttpRequest) -> list[Here]:
    """Where the person may change the inventory."""
    mine = request.user.memberships.select_related("organisation").order_by("organisation__name", "pk")
    places = [Here(each.organisation, request.user, Role(each.role), request.request_id) for each in mine]
    return [here for here in places if here.edits]


def _form(request: HttpRequest, estate: EstateForm) -> KeepForm:
    """With the answer, else with the organisation that the estate names, or the only one."""
    mine = _mine(request)
    choices = [(here.organisation.slug, _in_words(here)) for here in mine]
    if "once" in request.POST:
        return KeepForm(request.POST, organisations=choices)
    named = estate.settings.text("organisation")
    same = [here.organisation.slug for here in mine if here.organisation.name == named or len(mine) == 1]
    chosen = same[0] if same else "" if mine else NEW
    return KeepForm(organisations=choices, initial={"to": chosen, "name": named})


def _in_words(here: Here) -> str:
    held = keeping.holds(here.estate())
    return (
        f"{here.organisation.name}, which holds {held}: yours is added" if held else f"{here.organisation.name}, empty"
    )


def _kept(request: HttpRequest, document: dict[str, Any], sent: dict[str, Any]) -> HttpResponse:
    if sent["to"] == NEW:
        made = keeping.keep_in_new(sent["name"], request.user, request.request_id, document, sent["once"])
        return _to(*made)
    here = here_of(request, sent["to"])
    return _to(here.organisation, keeping.keep(here, document, sent["once"]))


@require_POST
@never_cache
@member()
def fill_with_example(request: HttpRequest, here: Here) -> HttpResponse:
    """Fill the empty inventory with the example of Contoso."""
    act = keeping.fill_with_example(here)
    if act is None:
        messages.warning(request, FULL)
    return _to(here.organisation, act)


def _to(organisation: Organisation, act: Act | None) -> HttpResponse:
    address = reverse("organisation", args=(organisation.slug,))
    return HttpResponseRedirect(f"{address}?done={act.pk}" if act else address)
