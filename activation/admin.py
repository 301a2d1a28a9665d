"""The catalogue in Django's admin: lists, search, filters, and the digest renewed after every edit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from activation import models
from activation.catalogue import touch
from activation.rows import KINDS

SHOWN_PROBLEMS = 10


class CatalogueAdmin(admin.ModelAdmin):
    """A table of the catalogue. What other rows need cannot be deleted."""

    list_per_page = 50
    save_on_top = True

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _renew(request)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        _renew(request)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        super().delete_queryset(request, queryset)
        _renew(request)

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> Any:
        rows = list(objs)
        deleted, counts, permissions, protected = super().get_deleted_objects(rows, request)
        return deleted, counts, permissions, [*protected, *_naming(rows)]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """A slug is fixed once it is there: files and saved plans name it."""
        fixed = ("slug",) if obj and hasattr(obj, "slug") else ()
        return (*super().get_readonly_fields(request, obj), *fixed)


def _renew(request: HttpRequest) -> None:
    """Renew the digest, and say what does not fit together any more."""
    problems = touch()
    for problem in problems[:SHOWN_PROBLEMS]:
        word = KINDS[problem.kind].word.capitalize()
        messages.warning(request, f"{word} {problem.identity}: {problem.field} {problem.message}.")
    if len(problems) > SHOWN_PROBLEMS:
        messages.warning(request, f"{len(problems) - SHOWN_PROBLEMS} more points of the catalogue do not fit together.")


def _naming(rows: list[Model]) -> list[str]:
    """Rows that name one of these in a list, and that are not deleted with them."""
    relations = [(row, relation) for row in rows for relation in row._meta.related_objects if relation.many_to_many]
    return [
        f"{relation.related_model._meta.verbose_name}: {user}"
        for row, relation in relations
        for user in getattr(row, relation.get_accessor_name()).all()[:50]
        if user not in rows
    ]


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
    list_filter = ("family", "counts_virtual", "adba", "avma", "bios_marker")
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
    list_filter = ("family", ("group", admin.RelatedOnlyFieldListFilter), "caption_confidence", "install_technology")
    autocomplete_fields = ("group", "gvlk_source")


@admin.register(models.Key)
class KeyAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "type", "group")
    list_select_related = ("group",)
    search_fields = ("slug", "name", "aliases", "activates__group__name")
    list_filter = ("type", "group__family")
    autocomplete_fields = ("group", "comes_with")
    inlines = (CoverageInline, HostOptionInline)

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> Any:
        keys = list(objs)
        deleted, counts, permissions, protected = super().get_deleted_objects(keys, request)
        needing = [f"product: {product}" for key in keys for product in key.needed_by()[:50]]
        return deleted, counts, permissions, [*protected, *needing]


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
