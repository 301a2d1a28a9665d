"""The history of the catalogue. It is only ever added to: no form, no permission and no method changes it."""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from activation.fields import choices_of, one_of
from activation.rows import KINDS

#: Where an act comes from. `outside`: an edit past the site, found in the tables afterwards.
ORIGINS = ("admin", "import", "load", "take-back", "outside")
MESSAGE_LENGTH = 200  #: characters


class HistoryIsFixedError(Exception):
    """Something tried to change or delete what the history says."""


class OnlyAdded(models.QuerySet[Any]):
    """Rows that can be added and read."""

    def update(self, **values: Any) -> NoReturn:
        raise HistoryIsFixedError

    def delete(self) -> NoReturn:
        raise HistoryIsFixedError


class Fixed(models.Model):
    """A row that stays as it was written."""

    objects = OnlyAdded.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise HistoryIsFixedError
        super().save(**options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise HistoryIsFixedError


class ChangeSet(Fixed):
    """One act that changed the catalogue: who, when, from where and why, and the states before and after it."""

    act = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    user_name = models.CharField(max_length=150, blank=True, help_text="As it was then")
    origin = models.CharField(max_length=20, choices=choices_of(ORIGINS))
    message = models.CharField("reason", max_length=MESSAGE_LENGTH, blank=True)
    before = models.CharField("state before", max_length=71, blank=True, help_text="Digest; empty: no catalogue yet")
    after = models.CharField("state after", max_length=71, help_text="Digest")
    takes_back = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="taken_back_by", verbose_name="takes back"
    )

    class Meta:
        ordering = ("-pk",)
        default_permissions = ("view",)
        verbose_name = "change of the catalogue"
        verbose_name_plural = "changes of the catalogue"
        constraints = (one_of("origin", ORIGINS, "change_set_origin"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user_name or self.origin}: {self.message}"


class RowChange(Fixed):
    """What an act did to one row: its content before and after, None where there was or is no row."""

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=40)
    identity = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ("view",)
        verbose_name = "changed row"
        indexes = (models.Index(fields=("kind", "identity"), name="row_change_of"),)
        constraints = (
            models.UniqueConstraint(fields=("change_set", "kind", "identity"), name="row_change_once"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="row_change_of_something"
            ),
        )

    def __str__(self) -> str:
        return f"{KINDS[self.kind].word} {self.identity}"

    @property
    def what(self) -> str:
        """`added`, `changed` or `deleted`."""
        if self.before is None:
            return "added"
        return "deleted" if self.after is None else "changed"
