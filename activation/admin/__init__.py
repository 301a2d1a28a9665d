"""The catalogue in Django's admin: lists, search, filters, and every edit in the history with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from activation import models
from activation.admin.history import ChangeSetAdmin, RowChangeAdmin
from activation.findings import text_of
from activation.in_use import SHOWN, users_of
from activation.models.history import MESSAGE_LENGTH
from activation.recording import Act, recorded
from activation.tables import identity_of

SHOWN_PROBLEMS = 10


class ReasonForm(forms.ModelForm):
    """A form of a row, with the reason of the edit."""

    reason = forms.CharField(
        max_length=MESSAGE_LENGTH,
        required=False,
        help_text="Why, and where it is written. Kept in the history.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class CatalogueAdmin(admin.ModelAdmin):
    """A table of the catalogue. What other rows need cannot be deleted. Each POST is one act of the history."""

    form = ReasonForm
    list_per_page = 50
    save_on_top = True

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _as_act(request, super().changeform_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _as_act(request, super().delete_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _as_act(request, super().changelist_view, *args, **kwargs)

    def get_deleted_objects(self, objs: Iterable[models.CatalogueRow], request: HttpRequest) -> Any:
        rows = list(objs)
        deleted, counts, permissions, protected = super().get_deleted_objects(rows, request)
        return deleted, counts, permissions, _users(rows) or protected[:SHOWN]

    def get_readonly_fields(self, request: HttpRequest, obj: models.CatalogueRow | None = None) -> Any:
        """A slug is fixed once it is there: files and saved plans name it."""
        fixed = ("slug",) if obj and hasattr(obj, "slug") else ()
        return (*super().get_readonly_fields(request, obj), *fixed)


def _as_act(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    """What a view writes on a POST is one act of the history, with the reason that the form gives."""
    if request.method != "POST":
        return view(request, *args, **kwargs)
    with recorded("admin", request.user, request.POST.get("reason", "")) as act:
        response = view(request, *args, **kwargs)
    if act.change_set:
        _tell(request, act)
    return response


def _tell(request: HttpRequest, act: Act) -> None:
    """Say what does not fit together any more."""
    for problem in act.problems[:SHOWN_PROBLEMS]:
        messages.warning(request, text_of(problem))
    more = len(act.problems) - SHOWN_PROBLEMS
    if more > 0:
        messages.warning(request, f"{more} more points of the catalogue do not fit together.")


def _users(rows: list[models.CatalogueRow]) -> list[str]:
    """Who needs these rows, as links, and what can be done instead of deleting them."""
    going = [(row.kind, identity_of(row)) for row in rows]
    found = [users for row in rows if (users := users_of(row, without=going))]
    lines = [format_html('{}: <a href="{}">{}</a>', user.word, user.path, user.name) for u in found for user in u.named]
    if len(lines) > SHOWN or any(users.more for users in found):
        lines = [*lines[:SHOWN], f"More than {SHOWN}"]
    retire = lines and hasattr(rows[0], "retired")
    return [*lines, "Retire it instead: it is no longer offered, and what names it still works."] if retire else lines


class CoverageInline(admin.TabularInline):
    model = models.Coverage
    extra = 0
    autocomplete_fields = ("group", "sources")


class HostOptionInline(admin.TabularInline):
    model = models.HostOption
    extra = 0
    autocomplete_fields = ("system", "sources")


@admin.register(models.Source)
class SourceAdmin(CatalogueAdmin):
    list_display = ("slug", "title", "publisher", "date")
    search_fields = ("slug", "title", "publisher", "where")
    list_filter = ("publisher",)


@admin.register(models.ProductGroup)
class ProductGroupAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "family", "generation", "counts_virtual", "adba", "avma")
    search_fields = ("slug", "name", "microsoft_name")
    list_filter = ("family", "retired", "counts_virtual", "adba", "avma", "bios_marker")
    autocomplete_fields = ("sources",)


@admin.register(models.HostSystem)
class HostSystemAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "family", "position")
    search_fields = ("slug", "name")
    list_filter = ("family",)


@admin.register(models.Product)
class ProductAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "group", "family", "gvlk")
    list_select_related = ("group",)
    search_fields = ("slug", "name", "gvlk", "product_id", "captions")
    list_filter = (
        "family",
        "retired",
        ("group", admin.RelatedOnlyFieldListFilter),
        "caption_confidence",
        "install_technology",
    )
    autocomplete_fields = ("group", "gvlk_source")


@admin.register(models.Key)
class KeyAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "type", "group")
    list_select_related = ("group",)
    search_fields = ("slug", "name", "aliases", "activates__group__name")
    list_filter = ("type", "retired", "group__family")
    autocomplete_fields = ("group", "comes_with")
    inlines = (CoverageInline, HostOptionInline)


@admin.register(models.Coverage)
class CoverageAdmin(CatalogueAdmin):
    list_display = ("key", "group", "evidence")
    list_select_related = ("key", "group")
    search_fields = ("key__slug", "key__name", "group__slug", "group__name")
    list_filter = ("evidence", "key__type", "group__family")
    autocomplete_fields = ("key", "group", "sources")


@admin.register(models.HostOption)
class HostOptionAdmin(CatalogueAdmin):
    list_display = ("key", "system", "allowed", "and_later", "requires")
    list_select_related = ("key", "system")
    search_fields = ("key__slug", "key__name", "system__name", "requires")
    list_filter = ("allowed", "and_later", "system")
    autocomplete_fields = ("key", "system", "sources")


@admin.register(models.SupportDate)
class SupportDateAdmin(CatalogueAdmin):
    list_display = ("product", "mainstream_end", "extended_end", "esu_end")
    search_fields = ("slug", "product", "groups__name")
    date_hierarchy = "extended_end"
    autocomplete_fields = ("groups", "sources")


@admin.register(models.Dispute)
class DisputeAdmin(CatalogueAdmin):
    list_display = ("slug", "topic", "severity")
    search_fields = ("slug", "topic", "one_side", "other_side", "use")
    list_filter = ("severity",)
    autocomplete_fields = ("groups", "keys", "sources")


@admin.register(models.Rule)
class RuleAdmin(CatalogueAdmin):
    list_display = ("slug", "text", "params", "status")
    search_fields = ("slug", "text")
    autocomplete_fields = ("dispute", "sources")


admin.site.register(models.ChangeSet, ChangeSetAdmin)
admin.site.register(models.RowChange, RowChangeAdmin)
