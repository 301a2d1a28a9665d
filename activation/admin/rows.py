"""What the pages of all rows share: acts with a reason, previews, retiring, and no deleting of what is in use."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from activation.admin.acts import acting, as_act, effect_of, last_reasons, try_out
from activation.admin.choices import ChoosesRows
from activation.admin.deleting import delete_selected, delete_with_reason, user_lines
from activation.admin.faster import faster, faster_words, open_page
from activation.admin.forms import ReasonForm, ShownAgainForm
from activation.admin.gone import gone
from activation.admin.history import object_history
from activation.admin.words import effect_words
from activation.in_use import SHOWN, users_of
from activation.models import CatalogueRow, RowChange
from activation.tables import identity_of

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
        open_page(request)
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        with nullcontext() if "_preview" in request.POST else acting(request):
            row = self.get_object(request, object_id) if object_id else None
            if object_id and row is None and self.has_change_permission(request):
                return gone(request, self)
            change = faster(request, [row] if row else [])
            if not change and "_preview" not in request.POST:
                return view(request, object_id, form_url, extra_context)
        return self._preview(request, row, form_url, change)

    def _preview(
        self, request: HttpRequest, row: CatalogueRow | None, form_url: str, change: RowChange | None
    ) -> HttpResponse:
        """Save and undo, then show the form again as it was sent, with what the save would do to the row as it is now,
        which is also how the version of whoever was faster differs from this one."""
        view, object_id = super().changeform_view, str(row.pk) if row else None
        told = {"faster": faster_words(change), "there": "As you entered it", "here": "As it is now"} if change else {}
        request.trial = True
        response, before, after = try_out(lambda: view(request, object_id, form_url, told))
        if hasattr(request, "saved_row"):
            request.shown_again = True
            shown = effect_words(effect_of(before, after))
            response = view(request, object_id, form_url, told | {"effect": shown, "users": row and users_of(row)})
        response.status_code = 409 if change else response.status_code
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        request.saved_row = form.instance

    def message_user(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Nothing was saved in a trial, so nothing says so."""
        if not hasattr(request, "trial"):
            super().message_user(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        if hasattr(request, "shown_again"):
            kwargs["form"] = ShownAgainForm
        return super().get_form(request, obj, change, **kwargs)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context |= {
            "reasons": last_reasons(request),
            "identity": identity_of(context["original"]) if context["original"] else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        open_page(request)
        may_retire = "retire" in self.get_actions(request)
        extra = {**(extra_context or {}), "reasons": last_reasons(request), "retire": may_retire}
        row = self.get_object(request, object_id)
        return delete_with_reason(request, super().delete_view, row, object_id, extra)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        open_page(request)
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
