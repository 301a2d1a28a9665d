"""The history in Django's admin: to read, for nobody to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table that is looked at."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ChangeSetAdmin(ReadOnlyAdmin):
    list_display = ("at", "user_name", "origin", "message")
    search_fields = ("user_name", "message")
    list_filter = ("origin", "at")


class RowChangeAdmin(ReadOnlyAdmin):
    list_display = ("identity", "kind", "what", "change_set")
    list_select_related = ("change_set",)
    search_fields = ("identity", "change_set__user_name", "change_set__message")
    list_filter = ("kind", "change_set__origin")
