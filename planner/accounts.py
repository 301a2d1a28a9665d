"""The first account of a site: made by who has the link that the server prints while there is none."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.urls import reverse

from planner.models import Organisation
from planner.organisations import found

SALT = "planner.first-account"
LINK_HOLDS = 24 * 60 * 60  #: seconds


def first_account_path() -> str | None:
    """The path of a link that makes the first account; None when there is an account."""
    if User.objects.exists():
        return None
    return reverse("first-account", args=(signing.dumps("first", salt=SALT),))


def may_make_first_account(token: str) -> bool:
    """Whether the link is ours, of the last 24 hours, and there is no account."""
    try:
        signing.loads(token, salt=SALT, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return False
    return not User.objects.exists()


def make_first_account(person: User, organisation: str, request_id: str) -> Organisation | None:
    """Save the person, who may do everything, with an organisation. None when somebody else was first."""
    person.is_staff = person.is_superuser = True
    with transaction.atomic():
        # Who comes at the same moment waits here, on a row that every site has.
        ContentType.objects.select_for_update().get(app_label="auth", model="user")
        if User.objects.exists():
            return None
        person.save()
        return found(organisation, person, request_id)
