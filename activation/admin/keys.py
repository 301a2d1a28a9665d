"""KMS host keys and MAKs in the admin, with what they activate and the systems that may carry them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import TextField
from django.forms import Textarea
from django.http import HttpRequest

from activation import models
from activation.admin.choices import ChoosesRows
from activation.admin.deleting import RETIRING, offered
from activation.admin.rows import CatalogueAdmin


class CoverageInline(ChoosesRows, admin.TabularInline):
    model = models.Coverage
    extra = 0
    autocomplete_fields = ("group", "sources")
    verbose_name_plural = "product groups that it activates"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("key", "group").prefetch_related("sources")


class HostOptionInline(ChoosesRows, admin.TabularInline):
    model = models.HostOption
    extra = 0
    autocomplete_fields = ("system", "sources")
    formfield_overrides: ClassVar = {TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 18})}}  # two in a row
    verbose_name_plural = "systems that may be its KMS host"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("key", "system").prefetch_related("sources")


@admin.register(models.Key)
class KeyAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "type", "group", offered)
    list_select_related = ("group",)
    search_fields = ("slug", "name", "aliases", "activates__group__name")
    list_filter = ("type", "retired", "group__family", "group__generation")
    autocomplete_fields = ("group", "comes_with")
    inlines = (CoverageInline, HostOptionInline)
    actions = RETIRING
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "slug", "type", "group", "aliases"),
                "description": "What the key is called and does. The key itself never stands here.",
            },
        ),
        ("How it is had", {"fields": ("comes_with",)}),
        ("Office only", {"fields": ("kms_host_activation_id", "volume_license_pack")}),
        ("Notes, and whether it is offered", {"fields": ("note", "retired")}),
    )


@admin.register(models.Coverage)
class CoverageAdmin(CatalogueAdmin):
    fixed_fields = ("key", "group")
    list_display = ("key", "group", "evidence")
    list_select_related = ("key", "group")
    search_fields = ("key__slug", "key__name", "group__slug", "group__name")
    list_filter = ("evidence", "key__type", "group__family")
    autocomplete_fields = ("key", "group", "sources")
    fieldsets = ((None, {"fields": ("key", "group", "evidence", "sources")}),)


@admin.register(models.HostOption)
class HostOptionAdmin(CatalogueAdmin):
    fixed_fields = ("key", "system")
    list_display = ("key", "system", "allowed", "and_later", "requires")
    list_select_related = ("key", "system")
    search_fields = ("key__slug", "key__name", "system__name", "requires")
    list_filter = ("allowed", "and_later", "system")
    autocomplete_fields = ("key", "system", "sources")
    fieldsets = (
        (None, {"fields": ("key", "system", "allowed", "and_later", "requires")}),
        ("Where it is written", {"fields": ("evidence", "sources")}),
    )
