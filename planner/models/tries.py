"""Tries to sign in or to have a password reset: counted, so that nobody tries on for ever."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

WHAT = ("password", "reset")


class Try(models.Model):
    """One try. `address` is the network that it came from, `name` a hash of the name that was typed: people type
    passwords there. Tries that turn out right are taken back, old ones deleted."""

    what = models.CharField(max_length=8, choices=[(what, what) for what in WHAT])
    at = models.DateTimeField(default=timezone.now, db_index=True)
    address = models.CharField(max_length=50)
    name = models.CharField(max_length=64)

    class Meta:
        ordering = ("-at",)
        default_permissions = ()
        indexes = (
            models.Index(fields=("what", "address", "at"), name="try_of_address"),
            models.Index(fields=("what", "name", "at"), name="try_of_name"),
        )
        constraints = (models.CheckConstraint(condition=models.Q(what__in=WHAT), name="try_what"),)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
