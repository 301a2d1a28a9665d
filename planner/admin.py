"""Accounts in the admin site. What organisations keep is not here: their pages are the only door to it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's, but for what goes with an account: its tokens and memberships are counted, not named."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The accounts by name, all that goes with them by number."""
        _, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        return [str(account) for account in objs], counts, perms_needed, protected
