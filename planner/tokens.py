"""Tokens of the API: made and revoked by people, looked up by their secret at each call."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from planner.access import Here
from planner.models import Membership, Role, Scope, Token
from planner.recording import recorded

BEGIN = "planner_"  #: so that people and programs that look for secrets know one when they see it
SHOWN = len(BEGIN) + 4  #: characters that are kept, to tell one token from another
LONGEST = 200  #: characters of what may be a secret


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token that was shown, and what its person may do in its organisation today, as far as the scope goes."""

    token: Token
    membership: Membership

    @property
    def role(self) -> Role:
        role = Role(self.membership.role)
        return role if self.token.scope == Scope.WRITE else Role.VIEWER


def make(here: Here, name: str, scope: Scope, days: int) -> str:
    """Make a token of this person. Returns its secret, which is kept nowhere."""
    secret = BEGIN + secrets.token_urlsafe(32)
    token = Token(
        organisation=here.organisation,
        person=here.person,
        name=name,
        scope=scope.value,
        secret_hash=_hash(secret),
        begins=secret[:SHOWN],
        expires=timezone.now() + timedelta(days=days),
    )
    with recorded(here, f"Made the API token {name} ({scope.value}, {days} days)") as act:
        act.add(token)
    return secret


def revoke(here: Here, token: Token) -> None:
    """End a token. Raises ConflictError when somebody else did."""
    with recorded(here, f"Revoked the API token {token.name}") as act:
        act.change(token, {"revoked": timezone.now()}, token.version)


def bearer_of(secret: str) -> Bearer | None:
    """Who shows this secret; None for a token that was never made, has ended, or whose person is no member any more."""
    if not secret.startswith(BEGIN) or len(secret) > LONGEST:
        return None
    found = Token.objects.select_related("organisation", "person").filter(secret_hash=_hash(secret)).first()
    if found is None or not found.is_good(timezone.now()) or not found.person.is_active:
        return None
    membership = Membership.objects.filter(organisation=found.organisation_id, person=found.person_id).first()
    return Bearer(found, membership) if membership else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
