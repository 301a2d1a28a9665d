"""Sources, product groups, host systems and products in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html

from activation import models
from activation.addresses import web_address
from activation.admin.deleting import RETIRING, offered
from activation.admin.rows import CatalogueAdmin

WHERE = (
    "A web address (http or https), a file of a public repository (github:owner/repository path), or words. Only the "
    "first two become links."
)


@admin.register(models.Source)
class SourceAdmin(CatalogueAdmin):
    list_display = ("slug", "title", "publisher", "date", "address")
    search_fields = ("slug", "title", "publisher", "where")
    list_filter = ("publisher",)
    fieldsets = (
        (None, {"fields": ("slug", "publisher", "title", "date")}),
        ("Where it is", {"fields": ("where", "seen"), "description": WHERE}),
    )

    @admin.display(description="where", ordering="where")
    def address(self, source: models.Source) -> str:
        """A link only for web addresses and repositories."""
        address = web_address(source.where)
        return format_html('<a href="{}" rel="noreferrer">{}</a>', address, source.where) if address else source.where


@admin.register(models.ProductGroup)
class ProductGroupAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "family", "generation", "counts_virtual", "adba", "avma", offered)
    search_fields = ("slug", "name", "microsoft_name")
    list_filter = ("family", "retired", "generation", "counts_virtual", "adba", "avma", "bios_marker")
    autocomplete_fields = ("sources",)
    actions = RETIRING
    fieldsets = (
        (None, {"fields": ("name", "slug", "family", "generation", "microsoft_name")}),
        ("How its computers are activated", {"fields": ("counts_virtual", "adba", "avma", "bios_marker")}),
        ("Where it is written", {"fields": ("sources", "note")}),
        ("Whether it is offered", {"fields": ("retired",)}),
    )


@admin.register(models.HostSystem)
class HostSystemAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "family", "position")
    search_fields = ("slug", "name")
    list_filter = ("family",)
    fieldsets = ((None, {"fields": ("name", "slug", "family", "position")}),)


@admin.register(models.Product)
class ProductAdmin(CatalogueAdmin):
    list_display = ("name", "slug", "group", "family", "gvlk", offered)
    list_select_related = ("group",)
    search_fields = ("slug", "name", "gvlk", "product_id", "captions")
    list_filter = (
        "family",
        "retired",
        "can_host",
        ("group", admin.RelatedOnlyFieldListFilter),
        "caption_confidence",
        "install_technology",
    )
    autocomplete_fields = ("group", "gvlk_source")
    actions = RETIRING
    fieldsets = (
        (None, {"fields": ("name", "slug", "family", "group", "can_host", "aliases")}),
        ("Client setup key", {"fields": ("gvlk", "gvlk_source")}),
        (
            "How imports recognise Windows",
            {
                "fields": (
                    "os_version",
                    "builds",
                    "operating_system_sku",
                    "captions",
                    "ad_operating_system",
                    "caption_confidence",
                ),
                "description": "What an inventory, Active Directory or Configuration Manager reports for this edition.",
            },
        ),
        (
            "How imports recognise Office",
            {"fields": ("product_id", "install_technology", "uninstall_display_names")},
        ),
        ("Notes, and whether it is offered", {"fields": ("note", "retired")}),
    )
