"""Files on their way into the inventory, and what an organisation decided about such files before."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from activation.rules.reading import NAME_LENGTH
from planner.models.history import Act
from planner.models.organisations import Organisation, one_of

SHOWN_NAME = 100  #: characters of a file's own name
TEXT = 1_000  #: characters of an OU, or of the strings of a product


def _generated() -> str:
    return uuid4().hex


class ImportState(models.TextChoices):
    """How far an import is. Only `done` has written anything."""

    CHOSEN = "chosen", "chosen: how to read it can be changed"
    READING = "reading", "being read"
    READ = "read", "read: waits to be confirmed"
    DONE = "done", "imported"
    FAILED = "failed", "cannot be read"


class ImportSession(models.Model):
    """One file from its upload to its confirmation.

    `stored`: its name on the disk, which is generated; the file goes once it is read. `reading`: how it is read, as
    recognised or chosen; `choices`: what was decided since; `report`: what became of each row, at its confirmation.
    `tally`: what is in it, packed. `done_bytes` of `size` and `rows`: the progress of a reading; `stop`: somebody wants
    it to end.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="imports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=SHOWN_NAME)
    stored = models.CharField(max_length=32, unique=True, default=_generated)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=7, choices=ImportState.choices, default=ImportState.CHOSEN)
    reading: models.JSONField[Any, Any] = models.JSONField(default=dict)
    choices: models.JSONField[Any, Any] = models.JSONField(default=dict)
    report: models.JSONField[Any, Any] = models.JSONField(default=dict)
    tally = models.BinaryField(null=True)
    began = models.DateTimeField(null=True)
    done_bytes = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    stop = models.BooleanField(default=False)
    problem = models.CharField(max_length=TEXT, blank=True)
    act = models.OneToOneField(Act, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (one_of("state", ImportState, "import_state"),)

    def __str__(self) -> str:
        return self.file_name


class ProductAnswer(models.Model):
    """What an organisation said that a string is: the slug of a product, or empty for what is in no plan.

    `said`: the strings of `planner.imports.tally.Said` as JSON.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="product_answers")
    said = models.CharField(max_length=TEXT)
    product = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("organisation", "said"), name="answered_once"),)

    def __str__(self) -> str:
        return self.said


class PlaceRule(models.Model):
    """Where an organisation's computers are: what `place` says -> the network of that name, the first that fits."""

    PLACES = ("ou", "site", "domain", "network", "pattern")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="place_rules")
    place = models.CharField(max_length=7, choices=[(place, place) for place in PLACES])
    text = models.CharField(max_length=TEXT)
    network = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(place__in=("ou", "site", "domain", "network", "pattern")), name="rule_place"
            ),
            models.CheckConstraint(condition=~Q(network=""), name="rule_network"),
            models.UniqueConstraint(fields=("organisation", "place", "text"), name="ruled_once"),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.text}"
