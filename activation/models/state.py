"""Which catalogue the tables hold, what was shipped, and every state that there has been."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ShippedRow(models.Model):
    """The digest of a row as the data files last had it: tells "untouched" from "edited here" and "deleted here"."""

    kind = models.CharField(max_length=40)
    identity = models.CharField(max_length=200)
    digest = models.CharField(max_length=71)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "identity"), name="shipped_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.identity}"


class CatalogueState(models.Model):
    """One row: which catalogue the tables hold. A process keeps a catalogue as long as this digest stands."""

    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=71)
    changed = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="catalogue_state_one_row"),)

    def __str__(self) -> str:
        return f"{self.version} {self.digest}"


class CatalogueSnapshot(models.Model):
    """A state of the catalogue that there has been, named by its digest, so that it can be shown again.

    `content`: canonical JSON `{"rows": {kind: {identity: content}}, "version": text}`, compressed by zlib.
    """

    digest = models.CharField(max_length=71, unique=True)
    version = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    content = models.BinaryField()

    class Meta:
        ordering = ("-pk",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.version} {self.digest}"
