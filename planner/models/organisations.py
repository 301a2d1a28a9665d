"""Organisations, who belongs to them, and who is invited. An organisation is a wall: its rows all lead back here."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

INVITED_FOR = timedelta(days=7)


class Role(models.TextChoices):
    """What a member may do; each role may do all that the one before it may."""

    VIEWER = "viewer", "viewer: reads and exports"
    EDITOR = "editor", "editor: changes the estate and the plans"
    OWNER = "owner", "owner: also manages members and deletes"

    def includes(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The column holds one of the choices, whatever way it was written."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class Organisation(models.Model):
    """One organisation with its own estate, plans, members and history. Its address stays when it is renamed."""

    kind: ClassVar[str] = "organisation"
    fields: ClassVar[tuple[str, ...]] = ("name",)

    name = models.CharField("name", max_length=100)
    slug = models.SlugField(max_length=60, unique=True, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("name", "pk")
        default_permissions = ("view",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="organisation_named"),)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one organisation."""

    kind: ClassVar[str] = "member"
    fields: ClassVar[tuple[str, ...]] = ("person", "role")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField("role", max_length=10, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint("organisation", "person", name="one_membership_each"),
            one_of("role", Role, "membership_role"),
        )

    def __str__(self) -> str:
        return self.person.get_username()


class Invitation(models.Model):
    """A link that makes who has it a member, once. Only a hash of the link's secret is kept."""

    kind: ClassVar[str] = "invitation"
    fields: ClassVar[tuple[str, ...]] = ("email", "role", "accepted")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address")
    role = models.CharField("role", max_length=10, choices=Role.choices)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    by = models.CharField(max_length=150, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    accepted = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            one_of("role", Role, "invitation_role"),
            models.UniqueConstraint(
                F("organisation"), Lower("email"), condition=Q(accepted=None), name="one_open_invitation_each"
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def until(self) -> object:
        """When the link ends."""
        return self.at + INVITED_FOR
