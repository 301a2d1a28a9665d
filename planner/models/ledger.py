"""The ledger: what a key had left, or how many hosts used it, on a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from activation.rules.estate_document import MOST
from planner.models.folded import FoldedField
from planner.models.organisations import Organisation


class Reading(models.Model):
    """One figure of one key on one day. `used` means what it means for a key that is held."""

    kind: ClassVar[str] = "reading"
    fields: ClassVar[tuple[str, ...]] = ("key", "on", "used", "note")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="readings")
    key = models.CharField("key", max_length=100)
    on = models.DateField("day")
    used = models.PositiveIntegerField("remaining or hosts used")
    note = models.CharField("note", max_length=200, blank=True)
    note_folded = FoldedField("note")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-on", "key")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint("organisation", "key", "on", name="one_reading_a_day"),
            models.CheckConstraint(condition=~Q(key=""), name="reading_of_a_key"),
            models.CheckConstraint(condition=Q(used__lte=MOST), name="reading_used"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.on}"
