"""What a page writes: one act of the history with its reason, or a trial that is undone before anyone sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string

from activation.catalogue import current
from activation.consistency import Problem
from activation.effect import Effect, effect
from activation.findings import text_of
from activation.models import ChangeSet
from activation.recording import Act, recorded
from activation.rows import Rows
from activation.tables import read_tables

View = Callable[..., HttpResponse]
SHOWN_PROBLEMS = 10
SHOWN_REASONS = 5
NO_REASON = "Enter why. The reason is kept in the history."


def reason_of(request: HttpRequest) -> str:
    """The reason that a form gives, "" when it gives none."""
    return " ".join(request.POST.get("reason", "").split())


def last_reasons(request: HttpRequest) -> list[str]:
    """What this user gave as reasons last, to choose from: a new product takes several edits for one reason."""
    own = ChangeSet.objects.filter(user=request.user, origin="admin").exclude(message="")
    return list(dict.fromkeys(own.values_list("message", flat=True)[: 4 * SHOWN_REASONS]))[:SHOWN_REASONS]


@contextmanager
def acting(request: HttpRequest) -> Iterator[Act]:
    """What is written inside is one act of the history, with the reason of the form."""
    with recorded("admin", request.user, reason_of(request)) as act:
        yield act
    if act.change_set:
        tell_problems(request, act.problems)


def as_act(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    """Let a view write on POST, as one act."""
    if request.method != "POST":
        return view(request, *args, **kwargs)
    with acting(request):
        return view(request, *args, **kwargs)


def tell_problems(request: HttpRequest, problems: list[Problem]) -> None:
    """Say what does not fit together."""
    for problem in problems[:SHOWN_PROBLEMS]:
        messages.warning(request, text_of(problem))
    more = len(problems) - SHOWN_PROBLEMS
    if more > 0:
        messages.warning(request, f"{more} more points of the catalogue do not fit together.")


def try_out(write: Callable[[], HttpResponse]) -> tuple[HttpResponse, Rows, Rows]:
    """Let a view write, look at the tables before and after, and undo all of it."""
    with transaction.atomic():
        before = read_tables()[0]
        response = write()
        after = read_tables()[0]
        transaction.set_rollback(True)
    return response, before, after


def effect_of(before: Rows, after: Rows) -> Effect:
    """What the difference does to keys, to the plans of the example estates, and to the checks."""
    examples = import_string(settings.CATALOGUE_EXAMPLES)()
    return effect(current().version, before, after, examples, timezone.localdate().isoformat())


def page(*permissions: str) -> Callable[[View], View]:
    """A page of ours in the admin: for those who are signed in as staff and have any of the permissions."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(f"activation.{permission}") for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(guarded)

    return guard


def frame(request: HttpRequest, title: str, **more: Any) -> Mapping[str, Any]:
    """What the admin's base template needs, with what the page shows."""
    return {**admin.site.each_context(request), "title": title, **more}
