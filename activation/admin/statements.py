"""Ends of support, disputed points and rules in the admin."""

from __future__ import annotations

from django.contrib import admin

from activation import models
from activation.admin.rows import CatalogueAdmin


@admin.register(models.SupportDate)
class SupportDateAdmin(CatalogueAdmin):
    list_display = ("product", "mainstream_end", "extended_end", "esu_end")
    search_fields = ("slug", "product", "groups__name")
    list_filter = ("groups__family", "extended_end")
    date_hierarchy = "extended_end"
    autocomplete_fields = ("groups", "sources")
    fieldsets = (
        (None, {"fields": ("product", "slug", "groups")}),
        (
            "Last days of support",
            {
                "fields": ("mainstream_end", "extended_end", "esu_end"),
                "description": "Mainstream support ends first, then extended support, then the paid security updates.",
            },
        ),
        ("Where it is written", {"fields": ("sources", "note")}),
    )


@admin.register(models.Dispute)
class DisputeAdmin(CatalogueAdmin):
    list_display = ("slug", "topic", "severity")
    search_fields = ("slug", "topic", "one_side", "other_side", "use")
    list_filter = ("severity",)
    autocomplete_fields = ("groups", "keys", "sources")
    fieldsets = (
        (None, {"fields": ("slug", "topic", "severity")}),
        ("Both sides, and what plans do", {"fields": ("one_side", "other_side", "use")}),
        (
            "What it is about",
            {
                "fields": ("groups", "keys"),
                "description": "The reference shows it on their pages. Plans ask C2, C18, L.C05 and L.C06 for them.",
            },
        ),
        ("Where it is written", {"fields": ("sources",)}),
    )


@admin.register(models.Rule)
class RuleAdmin(CatalogueAdmin):
    list_display = ("slug", "text", "params", "status")
    search_fields = ("slug", "text", "status")
    list_filter = (("dispute", admin.EmptyFieldListFilter),)
    autocomplete_fields = ("dispute", "sources")
    fieldsets = (
        (None, {"fields": ("slug", "text", "params")}),
        ("Where it is written, and how sure it is", {"fields": ("status", "dispute", "sources")}),
    )
