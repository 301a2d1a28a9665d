"""Who belongs to an organisation: roles, leaving, invitations. There is always an owner."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from planner.access import Here
from planner.models import Invitation, Membership, Organisation, Role
from planner.models.organisations import INVITED_FOR
from planner.recording import ConflictError, Writer, recorded


class LastOwnerError(Exception):
    """The organisation would be left without an owner."""


class InvitationEndedError(Exception):
    """The invitation was used, taken back or is too old."""


def change_role(here: Here, member: Membership, role: Role, version: int) -> None:
    """Give a member another role. Raises LastOwnerError, and ConflictError when somebody else changed it meanwhile."""
    with recorded(here, f"Made {member} {role.value} instead of {member.role}") as act:
        if role is not Role.OWNER:
            _keep_an_owner(here, member)
        act.change(member, {"role": role.value}, version)


def remove(here: Here, member: Membership) -> None:
    """Take a member, perhaps oneself, out of the organisation. Raises LastOwnerError."""
    own = member.person_id == here.person.pk
    with recorded(here, "Left the organisation" if own else f"Removed {member}") as act:
        _keep_an_owner(here, member)
        act.remove_all([member])


def _keep_an_owner(here: Here, leaving: Membership) -> None:
    """Inside an act: who else takes an owner away has waited until it is done."""
    owners = here.organisation.members.filter(role=Role.OWNER)
    if not owners.exclude(pk=leaving.pk).exists():
        raise LastOwnerError


def invite(here: Here, email: str, role: Role) -> str:
    """Make an invitation, in place of one that is open for the address. Returns the secret of its link."""
    secret = secrets.token_urlsafe(32)
    with recorded(here, f"Invited {email} as {role.value}") as act:
        act.remove_all(list(here.organisation.invitations.filter(email__iexact=email, accepted=None)))
        act.add(
            Invitation(
                organisation=here.organisation,
                email=email,
                role=role.value,
                secret_hash=_hash(secret),
                by=here.person.get_username(),
            )
        )
    return secret


def take_back(here: Here, invitation: Invitation) -> None:
    """End an invitation that is open."""
    with recorded(here, f"Took back the invitation of {invitation}") as act:
        act.remove_all([invitation])


def invitation_of(secret: str) -> Invitation:
    """The open invitation of that link. Raises InvitationEndedError."""
    open_ones = Invitation.objects.select_related("organisation")
    found = open_ones.filter(secret_hash=_hash(secret), accepted=None, at__gt=timezone.now() - INVITED_FOR).first()
    if found is None:
        raise InvitationEndedError
    return found


def is_member(organisation: Organisation, person: User) -> bool:
    """Whether the person belongs to the organisation."""
    return organisation.members.filter(person=person).exists()


def join(invitation: Invitation, person: User, request_id: str) -> None:
    """Use an invitation, once. A person without an id is saved first. Raises InvitationEndedError."""
    organisation, role = invitation.organisation, Role(invitation.role)
    try:
        with transaction.atomic():
            if person.pk is None:
                person.save()
            with recorded(Here(organisation, person, role, request_id), "Joined by invitation") as act:
                _join(act, invitation, person)
    except ConflictError as error:
        raise InvitationEndedError from error


def _join(act: Writer, invitation: Invitation, person: User) -> None:
    act.change(invitation, {"accepted": timezone.now()}, invitation.version)
    act.add(Membership(organisation=invitation.organisation, person=person, role=invitation.role))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
