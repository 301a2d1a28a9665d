"""Deleting, which what is in use prevents, and retiring, which is what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html

from activation.admin.acts import NO_REASON, acting, frame, last_reasons, reason_of
from activation.admin.faster import faster, faster_words
from activation.in_use import SHOWN, User, users_of
from activation.models import CatalogueRow
from activation.tables import identity_of


def user_lines(rows: list[CatalogueRow]) -> list[str]:
    """Who needs these rows, as links, at most 50; the rows themselves and what goes with them do not count."""
    going = [(row.kind, identity_of(row)) for row in rows]
    found = [users for row in rows if (users := users_of(row, without=going))]
    lines = [_line(user) for users in found for user in users.named]
    if len(lines) > SHOWN or any(users.more for users in found):
        lines = [*lines[:SHOWN], f"More than {SHOWN}"]
    return lines


def _line(user: User) -> str:
    if not user.path:
        return str(user)
    return format_html('{}: <a href="{}">{}</a>', user.word, user.path, user.name)


def refused(request: HttpRequest, rows: Sequence[CatalogueRow]) -> int:
    """Whether what was confirmed is asked again, since a row is not as it was shown or there is no reason; says so.

    The status of the answer, 0 when nothing stands against it.
    """
    change = faster(request, rows)
    if change:
        messages.error(request, f"{faster_words(change)} Nothing was done. This is how it is now.")
        return 409
    if not reason_of(request):
        messages.error(request, NO_REASON)
        return 422
    return 0


def delete_with_reason(
    request: HttpRequest, view: Callable[..., HttpResponse], row: CatalogueRow | None, object_id: str, extra: Any
) -> HttpResponse:
    """Django's page for deleting one row, as an act of the history."""
    if request.method != "POST":
        return view(request, object_id, extra)
    with acting(request):
        status = refused(request, [row] if row else [])
        if not status:
            return view(request, object_id, extra)
    extra["reason"] = reason_of(request)
    request.POST = QueryDict()
    return _with(status, view(request, object_id, extra))


def _with(status: int, response: HttpResponse) -> HttpResponse:
    """The page that asks again; not the status of another answer, a redirect for example."""
    response.status_code = status if response.status_code == 200 and status else response.status_code
    return response


@admin.action(permissions=["delete"], description="Delete the chosen rows")
def delete_selected(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Django's own, which asks again as long as there is no reason, or a row is not as it was shown."""
    status = refused(request, list(queryset)) if "post" in request.POST else 0
    if not status:
        return actions.delete_selected(modeladmin, request, queryset)
    request.POST = request.POST.copy()
    del request.POST["post"]
    return _with(status, actions.delete_selected(modeladmin, request, queryset))


@admin.action(permissions=["change"], description="Retire the chosen rows: no longer offered for new plans")
def retire(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Take rows out of what new plans are offered. Estates and plans that name them still work."""
    return _switch(modeladmin, request, queryset, retired=True)


@admin.action(permissions=["change"], description="Offer the chosen rows again")
def offer_again(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Undo `retire`."""
    return _switch(modeladmin, request, queryset, retired=False)


@admin.display(boolean=True, ordering=F("retired").desc(), description="offered")
def offered(row: CatalogueRow) -> bool:
    """A column: the tick is for what is offered, and the cross for the few that are retired."""
    return not row.retired


RETIRING = (delete_selected, retire, offer_again)  #: the actions of rows that can be retired


def _switch(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any], *, retired: bool) -> HttpResponse | None:
    chosen = list(queryset)
    rows = [row for row in chosen if row.retired != retired]
    if not rows:
        messages.info(request, f"Nothing to do: {'they are retired already' if retired else 'none is retired'}.")
        return None
    status = refused(request, chosen) if "post" in request.POST else 200
    if status:
        return _ask(modeladmin, request, rows, retired, status)
    for row in rows:
        row.retired = retired
        row.save()
        modeladmin.log_change(request, row, "Retired." if retired else "Offered again.")
    messages.success(request, f"{'Retired' if retired else 'Offered again'}: {', '.join(str(row) for row in rows)}.")
    return None


def _ask(modeladmin: Any, request: HttpRequest, rows: list[CatalogueRow], retired: bool, status: int) -> HttpResponse:
    """Name what is to be retired and who uses it, and ask for the reason."""
    title = "Retire" if retired else "Offer again"
    context = {
        "opts": modeladmin.opts,
        "rows": [(row, users_of(row).lines()) for row in rows],
        "action": "retire" if retired else "offer_again",
        "retired": retired,
        "reason": reason_of(request),
        "reasons": last_reasons(request),
    }
    return TemplateResponse(
        request, "admin/activation/retire.html", dict(frame(request, title, **context)), status=status
    )
