"""Tokens of the API: what lets a program act for one person in one organisation."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from planner.models.organisations import Organisation, one_of


class Scope(models.TextChoices):
    """What a token may do, at most what its person may."""

    READ = "read", "read: the estate and the plans"
    WRITE = "write", "write: also replace the estate"


class Token(models.Model):
    """A token of one person in one organisation. Of its secret a hash is kept, and how it begins."""

    kind: ClassVar[str] = "token"
    fields: ClassVar[tuple[str, ...]] = ("name", "person", "scope", "expires", "revoked")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="tokens")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField("name", max_length=100)
    scope = models.CharField("scope", max_length=5, choices=Scope.choices)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    begins = models.CharField(max_length=20, editable=False)
    made = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField("expires")
    revoked = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="token_named"),
            one_of("scope", Scope, "token_scope"),
        )

    def __str__(self) -> str:
        return self.name

    def is_good(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked is None and self.expires > now
