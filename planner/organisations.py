"""A new organisation: its address, its owner and its empty estate."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.text import slugify

from planner.access import Here
from planner.models import Estate, Membership, Organisation, Role
from planner.recording import recorded

LONGEST_SLUG = 50  #: characters, so that a suffix fits


def found(name: str, owner: AbstractBaseUser, request_id: str) -> Organisation:
    """Make an organisation that belongs to this person."""
    with transaction.atomic():
        organisation = Organisation(name=name, slug=_free_slug(name))
        organisation.save(force_insert=True)
        with recorded(Here(organisation, owner, Role.OWNER, request_id), "Made the organisation") as act:
            act.add(Membership(organisation=organisation, person=owner, role=Role.OWNER))
            act.add(Estate(organisation=organisation))
    return organisation


def _free_slug(name: str) -> str:
    """A slug of the name that nobody has; names in other letters than a to z get one of their own making."""
    slug = slugify(name)[:LONGEST_SLUG].strip("-") or uuid4().hex[:8]
    taken = Organisation.objects.filter(slug=slug).exists()
    return f"{slug}-{uuid4().hex[:8]}" if taken else slug
