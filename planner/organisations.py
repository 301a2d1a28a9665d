"""A new organisation: its address, its owner and its empty estate."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from planner.access import Here
from planner.models import Act, Estate, Membership, Organisation, Role
from planner.recording import recorded

LONGEST_SLUG = 50  #: characters, so that a suffix fits


def found(name: str, owner: AbstractBaseUser, request_id: str, once: str | None = None) -> Organisation:
    """Make an organisation that belongs to this person.

    `once`: what the form was made with; the organisation that it made before is not made again.
    """
    made = _made_before(owner, once)
    if made is not None:
        return made
    try:
        return _found(name, owner, request_id, once)
    except IntegrityError:  # at the same moment the form came twice, or the address was taken
        return _made_before(owner, once) or _found(name, owner, request_id, once)


def _made_before(owner: AbstractBaseUser, once: str | None) -> Organisation | None:
    act = Act.objects.filter(once=once, person=owner.pk).exclude(organisation=None).first() if once else None
    return act.organisation if act else None


def _found(name: str, owner: AbstractBaseUser, request_id: str, once: str | None) -> Organisation:
    with transaction.atomic():
        organisation = Organisation(name=name, slug=_free_slug(name))
        organisation.save(force_insert=True)
        with recorded(Here(organisation, owner, Role.OWNER, request_id), "Made the organisation", once=once) as act:
            act.add(Membership(organisation=organisation, person=owner, role=Role.OWNER))
            act.add(Estate(organisation=organisation))
    return organisation


def close(here: Here) -> None:
    """Delete the organisation with all that it keeps. The history of what was done stays, without a way to it."""
    with transaction.atomic():
        with recorded(here, "Deleted the organisation") as act:
            act.remove_all(list(here.organisation.members.select_related("person")))
        here.organisation.delete()


def _free_slug(name: str) -> str:
    """A slug of the name that nobody has; names in other letters than a to z get one of their own making."""
    slug = slugify(name)[:LONGEST_SLUG].strip("-") or uuid4().hex[:8]
    taken = Organisation.objects.filter(slug=slug).exists()
    return f"{slug}-{uuid4().hex[:8]}" if taken else slug
