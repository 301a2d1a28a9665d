"""The ledger: what is left of each key, over time. Its readings are a table like those of the estate."""

from __future__ import annotations

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from planner.access import Here, member
from planner.exports.tables import BOM, csv_text
from planner.ledger import accounts, take_into_estate
from planner.recording import ConflictError
from planner.tables import READINGS
from planner.views.home import done_act

CHANGED = "Somebody changed the key in the estate meanwhile. Nothing was taken. Here it is as it is now."


@require_safe
@never_cache
@member()
def ledger(request: HttpRequest, here: Here) -> HttpResponse:
    """Each key with its readings, its line over time and the shortage ahead."""
    return _page(request, here)


@require_safe
@never_cache
@member()
def download(request: HttpRequest, here: Here) -> HttpResponse:
    """The readings as CSV, in the columns in which they can be pasted again."""
    names = [column.name for column in READINGS.columns]
    rows = here.organisation.readings.order_by("on", "pk").values_list(*names)
    lines = [(key, on.isoformat(), used, note) for key, on, used, note in rows]
    response = HttpResponse((BOM + csv_text([tuple(names), *lines])).encode(), content_type="text/csv; charset=utf-8")
    parts = (slugify(here.organisation.name)[:60], "readings", timezone.localdate().isoformat())
    response["Content-Disposition"] = f'attachment; filename="{"-".join(filter(None, parts))}.csv"'
    return response


@require_POST
@never_cache
@member()
def take(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Take what a reading says into the estate, by which the plan is made."""
    reading = here.organisation.readings.filter(pk=number).first()
    if reading is None:
        raise Http404("Somebody removed this reading.")
    seen = request.POST.get("version", "")
    try:
        act = take_into_estate(here, reading, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0)
    except (ConflictError, IntegrityError):  # the second: it was named there at the same moment
        return _page(request, here, CHANGED, 409)
    back = reverse("ledger", args=(here.organisation.slug,))
    return HttpResponseRedirect(back + (f"?done={act.pk}" if act else ""))


def _page(request: HttpRequest, here: Here, said: str = "", status: int = 200) -> HttpResponse:
    context = {"here": here, "accounts": accounts(here), "said": said, "done": done_act(request, here)}
    return render(request, "organisation/ledger.html", context, status=status)
