"""Plans that were saved: what was asked, by which catalogue, and what came out, byte for byte."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from planner.models.organisations import Organisation


class SavedPlan(models.Model):
    """A plan as it was computed. Only its name and note can change; a removed one is kept, so that it can come back.

    `estate_document` is estate/1 and `plan_document` plan/1, as text. `estate_revision` is the revision of the estate
    `of` then; `digest` names the state of the catalogue.
    """

    kind: ClassVar[str] = "plan"
    fields: ClassVar[tuple[str, ...]] = ("name", "note", "digest", "removed")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="plans")
    name = models.CharField("name", max_length=100)
    note = models.CharField("note", max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.CharField(max_length=150, editable=False)
    of = models.ForeignKey("Estate", models.SET_NULL, null=True, editable=False, related_name="plans")
    estate_revision = models.PositiveBigIntegerField(editable=False)
    estate_document = models.TextField(editable=False)
    digest = models.CharField(max_length=71, editable=False)
    plan_document = models.TextField(editable=False)
    removed = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="plan_named"),)

    def __str__(self) -> str:
        return self.name


class CatalogueUse(models.Model):
    """A product, key, group or system of the catalogue that a saved plan names. Written with the plan."""

    plan = models.ForeignKey(SavedPlan, models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=8)
    slug = models.CharField(max_length=100)

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("kind", "slug"), name="use_of_row"),)
        constraints = (models.UniqueConstraint("plan", "kind", "slug", name="use_named_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
