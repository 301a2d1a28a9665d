"""Deleting, which what is in use prevents, and retiring, which is what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from activation.admin.acts import NO_REASON, acting, frame, last_reasons, reason_of
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


def delete_with_reason(
    request: HttpRequest, view: Callable[..., HttpResponse], object_id: str, extra: Any
) -> HttpResponse:
    """Django's page for deleting one row, as an act of the history."""
    if request.method != "POST":
        return view(request, object_id, extra)
    if not reason_of(request):
        messages.error(request, NO_REASON)
        return redirect(request.get_full_path())
    with acting(request):
        return view(request, object_id, extra)


@admin.action(permissions=["delete"], description="Delete the chosen rows")
def delete_selected(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Django's own, which asks again as long as there is no reason."""
    if "post" in request.POST and not reason_of(request):
        messages.error(request, NO_REASON)
        request.POST = request.POST.copy()
        del request.POST["post"]
    return actions.delete_selected(modeladmin, request, queryset)


@admin.action(permissions=["change"], description="Retire the chosen rows: no longer offered for new plans")
def retire(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Take rows out of what new plans are offered. Estates and plans that name them still work."""
    return _switch(modeladmin, request, queryset, retired=True)


@admin.action(permissions=["change"], description="Offer the chosen rows again")
def offer_again(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Undo `retire`."""
    return _switch(modeladmin, request, queryset, retired=False)


RETIRING = (delete_selected, retire, offer_again)  #: the actions of rows that can be retired


def _switch(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any], *, retired: bool) -> HttpResponse | None:
    rows = [row for row in queryset if row.retired != retired]
    if not rows:
        messages.info(request, f"Nothing to do: {'they are retired already' if retired else 'none is retired'}.")
        return None
    if "post" not in request.POST or not reason_of(request):
        return _ask(modeladmin, request, rows, retired)
    for row in rows:
        row.retired = retired
        row.save()
        modeladmin.log_change(request, row, "Retired." if retired else "Offered again.")
    messages.success(request, f"{'Retired' if retired else 'Offered again'}: {', '.join(str(row) for row in rows)}.")
    return None


def _ask(modeladmin: Any, request: HttpRequest, rows: list[CatalogueRow], retired: bool) -> HttpResponse:
    """Name what is to be retired and who uses it, and ask for the reason."""
    if "post" in request.POST:
        messages.error(request, NO_REASON)
    title = "Retire" if retired else "Offer again"
    context = {
        "opts": modeladmin.opts,
        "rows": [(row, users_of(row).lines()) for row in rows],
        "action": "retire" if retired else "offer_again",
        "retired": retired,
        "reasons": last_reasons(request),
    }
    return TemplateResponse(request, "admin/activation/retire.html", dict(frame(request, title, **context)))
