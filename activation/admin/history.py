"""The history in the admin: to read, to compare, and to take back. Nobody changes what it says."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from activation.admin.acts import NO_REASON, frame, last_reasons, page, reason_of, tell_problems
from activation.admin.words import FieldWords, field_words, row_name
from activation.history import compare_versions, fields_of, history_of
from activation.models import CatalogueRow, ChangeSet, RowChange
from activation.tables import MODELS, identity_of
from activation.taking_back import CannotTakeBackError, take_back

ACTS_A_PAGE = 20
ROWS_A_PAGE = 100
RIGHTS = {"added": "delete", "changed": "change", "deleted": "add"}  #: what taking a change back does


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table that is looked at."""

    list_per_page = 50
    list_display_links = ("at",)
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """The latest changes of the catalogue, and the page of each."""

    list_display = ("at", "user_name", "origin", "message", "changed_rows")
    search_fields = ("user_name", "message", "rows__identity")
    list_filter = ("origin", "at", "rows__kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeSet]:
        """Rows are counted apart: beside a search in them, each would be counted with every other."""
        rows = RowChange.objects.filter(change_set=OuterRef("pk")).order_by().values("change_set")
        return super().get_queryset(request).annotate(row_count=Subquery(rows.annotate(n=Count("pk")).values("n")))

    @admin.display(description="rows")
    def changed_rows(self, act: Any) -> int:
        return int(act.row_count or 0)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        act = self.get_object(request, object_id)
        if request.method == "POST" or not self.has_view_permission(request, act):
            raise PermissionDenied
        if act is None:
            raise Http404
        return _show(request, act)


@admin.register(RowChange)
class RowChangeAdmin(ReadOnlyAdmin):
    list_display = ("identity", "kind", "what", "change_set")
    list_display_links = ("identity",)
    list_select_related = ("change_set",)
    search_fields = ("identity", "change_set__user_name", "change_set__message")
    list_filter = ("kind", "change_set__origin")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if request.method == "POST" or not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        return _show(request, row.change_set)


def _path(act: ChangeSet) -> str:
    return reverse("admin:activation_changeset_change", args=(act.pk,))


def _show(request: HttpRequest, act: ChangeSet) -> HttpResponse:
    """One act: who, when, why, and each of its rows before and after."""
    shown = Paginator(act.rows.order_by("pk"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "act": act,
        "opts": ChangeSet._meta,
        "page": shown,
        "rows": [_row(row, request) for row in shown],
        "taken_back_by": act.taken_back_by.first(),
        "may_take_back": shown.paginator.count <= ROWS_A_PAGE and all(_may(request, row) for row in act.rows.all()),
        "reasons": last_reasons(request),
    }
    return TemplateResponse(request, "admin/activation/change.html", dict(frame(request, "Change", **context)))


def _row(row: RowChange, request: HttpRequest) -> dict[str, Any]:
    return {
        "change": row,
        "name": row_name(row.kind, row.identity),
        "fields": field_words(row.kind, fields_of(row)),
        "may": _may(request, row),
    }


def _may(request: HttpRequest, row: RowChange) -> bool:
    """Whether this user may do what taking back the change of this row does."""
    return request.user.has_perm(f"activation.{RIGHTS[row.what]}_{MODELS[row.kind]._meta.model_name}")


@page("view_changeset")
@require_POST
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an act, or of it the one row that was sent."""
    act = get_object_or_404(ChangeSet, pk=pk)
    chosen = request.POST.get("row", "")
    rows = [row for row in act.rows.all() if chosen in ("", str(row.pk))]
    if not rows:
        raise Http404
    if not all(_may(request, row) for row in rows):
        raise PermissionDenied
    if not reason_of(request):
        messages.error(request, NO_REASON)
        return redirect(_path(act))
    try:
        done = take_back(rows[0] if chosen else act, request.user, reason_of(request))
    except CannotTakeBackError as error:
        messages.error(request, str(error))
        return redirect(_path(act))
    messages.success(request, "Taken back. This is the change that did it.")
    tell_problems(request, done.problems)
    return redirect(_path(done.change_set or act))


def object_history(request: HttpRequest, row: CatalogueRow, *, allowed: bool) -> HttpResponse:
    """What happened to one row, and on request two of its versions side by side."""
    if not allowed:
        raise PermissionDenied
    found = history_of(row.kind, identity_of(row))
    versions = [change for change in found if change.kind == row.kind and change.after is not None]
    shown = Paginator(found, ACTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "opts": row._meta,
        "object": row,
        "page": shown,
        "changes": [_row(change, request) for change in shown],
        "versions": versions,
        "compared": _compared(request, versions),
    }
    return TemplateResponse(
        request, "admin/activation/object_history.html", dict(frame(request, f"History of {row}", **context))
    )


def _compared(request: HttpRequest, versions: list[RowChange]) -> dict[str, Any] | None:
    """The two versions that the address names, the earlier one first, and the fields in which they differ."""
    chosen = {request.GET.get("one"), request.GET.get("other")}
    found = sorted((change for change in versions if str(change.pk) in chosen), key=lambda change: change.pk)
    if len(found) != 2:
        return None
    fields: tuple[FieldWords, ...] = field_words(found[0].kind, compare_versions(*found))
    return {"earlier": found[0], "later": found[1], "fields": fields}
