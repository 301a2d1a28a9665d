"""The history of an organisation: acts, and what each changed. It is only ever added to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from activation.models.history import MESSAGE_LENGTH, Fixed, OnlyAdded
from planner.models.organisations import Organisation

KINDS = (
    "organisation",
    "member",
    "invitation",
    "estate",
    "network",
    "computers",
    "licences",
    "key",
    "plan",
    "reading",
    "token",
)


class Acts(OnlyAdded):
    """Acts, and the way to all that they changed."""

    def changes(self) -> models.QuerySet[Any]:
        """Every change of these acts with its act, the newest act first."""
        changes: models.QuerySet[Any] = Change._default_manager.filter(act__in=self.order_by().values("pk"))
        return changes.select_related("act").order_by("-act_id", "pk")


class Act(Fixed):
    """What one person did at once: when, in which request, and why. `what` is a short sentence for people.

    Names are kept as they were, for the organisation and the person may be gone. `once`: what the form was made with
    that asked for it, so that a form that comes twice acts once.
    """

    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="acts")
    organisation_name = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    person_name = models.CharField(max_length=150)
    request_id = models.CharField(max_length=32)
    what = models.CharField(max_length=200)
    note = models.CharField(max_length=MESSAGE_LENGTH, blank=True)
    once = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001  unique, and many acts have none
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    objects = Acts.as_manager()

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person_name}: {self.what}"


class Change(Fixed):
    """One row before and after an act, field by field; None where there was or is no row.

    `row` is the row's id, `label` its name then. `estate` is the id of the estate of which the row is a part.
    """

    act = models.ForeignKey(Act, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    row = models.BigIntegerField()
    estate = models.BigIntegerField(null=True)
    label = models.CharField(max_length=250)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        indexes = (models.Index(fields=("kind", "row"), name="change_of_row"),)
        constraints = (models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="change_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"
