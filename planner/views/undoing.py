"""An act of the organisation undone, from where one stands."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from planner.access import Here, member
from planner.models import Act
from planner.recording import ConflictError
from planner.undoing import CannotUndoError, undo

CHANGED = "Somebody changed some of it since. Nothing was undone."
NEEDS = "Something that it needs is gone or another one by now, or its place is taken. Nothing was undone."


@require_POST
@never_cache
@member()
def undo_act(request: HttpRequest, here: Here, act: int) -> HttpResponse:
    """Undo, and go back to `next`; or say why it is not done."""
    found = here.organisation.acts.filter(pk=act).first()
    if found is None:
        raise Http404("No such act.")
    try:
        made = undo(here, found)
    except CannotUndoError as error:
        return _refused(request, here, found, str(error))
    except ConflictError:
        return _refused(request, here, found, CHANGED)
    except (IntegrityError, ValidationError):
        return _refused(request, here, found, NEEDS)
    back = _next(request, here)
    return HttpResponseRedirect(f"{back}{'&' if '?' in back else '?'}done={made.pk}" if made else back)


def _next(request: HttpRequest, here: Here) -> str:
    """Where one came from, when it is in this organisation; else its first page."""
    home, wanted = f"/o/{here.organisation.slug}/", request.POST.get("next", "")
    inside = wanted.startswith(home) and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if inside and wanted.isprintable() and len(wanted) < 2000 else home


def _refused(request: HttpRequest, here: Here, act: Act, why: str) -> HttpResponse:
    context = {"here": here, "act": act, "why": why, "back": _next(request, here)}
    return render(request, "organisation/undo.html", context, status=409)
