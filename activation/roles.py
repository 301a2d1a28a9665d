"""The two roles of the catalogue: who edits it, and who reads it in the admin."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Model

from activation.models import ChangeSet, RowChange
from activation.tables import MODELS

EDITOR = "Catalogue editor"
READER = "Catalogue reader"
HISTORY: tuple[type[Model], ...] = (ChangeSet, RowChange)


def set_up_roles() -> None:
    """Make the two roles if they are missing, and give them what they need. Other rights that they have stay."""
    rows = tuple(MODELS.values())
    _role(READER, _permissions((*rows, *HISTORY), ("view",)))
    _role(EDITOR, [*_permissions(rows, ("view", "add", "change", "delete")), *_permissions(HISTORY, ("view",))])


def _role(name: str, permissions: Iterable[Permission]) -> None:
    role, _ = Group.objects.get_or_create(name=name)
    role.permissions.add(*permissions)


def _permissions(models: Iterable[type[Model]], acts: Iterable[str]) -> list[Permission]:
    names = [f"{act}_{model._meta.model_name}" for model in models for act in acts]
    return list(Permission.objects.filter(content_type__app_label="activation", codename__in=names))
