"""What the pages of all rows share: acts with a reason, previews, retiring, and no deleting of what is in use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from activation.admin.acts import as_act, effect_of, last_reasons, try_out
from activation.admin.choices import ChoosesRows
from activation.admin.deleting import delete_selected, delete_with_reason, user_lines
from activation.admin.forms import ReasonForm, ShownAgainForm
from activation.admin.history import object_history
from activation.admin.words import effect_words
from activation.in_use import SHOWN, users_of
from activation.models import CatalogueRow

SEARCHED = 200  #: characters of a search; each word takes a condition on each field, and a database has its limit
WORDS = 10


class CatalogueAdmin(ChoosesRows, admin.ModelAdmin):
    """A table of the catalogue. What other rows need cannot be deleted. Each POST is one act of the history."""

    form = ReasonForm
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    actions = (delete_selected,)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST" and "_preview" in request.POST:
            return self._preview(request, object_id, form_url, extra_context)
        return as_act(request, super().changeform_view, object_id, form_url, extra_context)

    def _preview(self, request: HttpRequest, object_id: str | None, form_url: str, extra: Any) -> HttpResponse:
        """Save and undo, then show the form again as it was sent, with what the save would do."""
        view = super().changeform_view
        response, before, after = try_out(lambda: view(request, object_id, form_url, extra))
        if not hasattr(request, "saved_row"):
            return response
        shown = effect_words(effect_of(before, after))
        row = self.get_object(request, object_id) if object_id else None
        request.shown_again = True
        return view(
            request, object_id, form_url, {**(extra or {}), "effect": shown, "users": users_of(row) if row else None}
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        request.saved_row = form.instance

    def message_user(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Nothing was saved in a preview, so nothing says so."""
        if "_preview" not in request.POST:
            super().message_user(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        if hasattr(request, "shown_again"):
            kwargs["form"] = ShownAgainForm
        return super().get_form(request, obj, change, **kwargs)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["reasons"] = last_reasons(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        may_retire = "retire" in self.get_actions(request)
        extra = {**(extra_context or {}), "reasons": last_reasons(request), "retire": may_retire}
        return delete_with_reason(request, super().delete_view, object_id, extra)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return as_act(request, super().changelist_view, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            return redirect("admin:index")
        return object_history(request, row, allowed=self.has_view_or_change_permission(request, row))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        words = search_term.replace("\x00", "")[:SEARCHED].split()[:WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def get_deleted_objects(self, objs: Iterable[CatalogueRow], request: HttpRequest) -> Any:
        rows = list(objs)
        deleted, counts, permissions, protected = super().get_deleted_objects(rows, request)
        return deleted, counts, permissions, user_lines(rows) or protected[:SHOWN]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """A slug is fixed once it is there: files and saved plans name it. So is what a row stands between."""
        fixed = [name for name in self.fixed_fields if obj]
        return (*super().get_readonly_fields(request, obj), *fixed)

    fixed_fields: tuple[str, ...] = ("slug",)
