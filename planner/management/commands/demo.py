"""`manage.py demo`: an organisation to look around in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from activation.catalogue import current
from planner.examples import contoso
from planner.keeping import DEMO, keep_in_new
from planner.management.commands.plan import NO_CATALOGUE

NO_ACCOUNT = "There is no account {name}. Make it first: python manage.py firstaccount, or by an invitation."


class Command(BaseCommand):
    """Makes Contoso and fills it with the example; the account owns it."""

    help = f"Make the organisation {DEMO} with four sites, a plant, a lab and roaming laptops, to look around in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account."""
        parser.add_argument("account", help="user name or e-mail address of the account that owns it")

    def handle(self, *args: Any, account: str, **options: Any) -> None:
        """Make it, unless the account has one of that name."""
        owner = User.objects.filter(username__iexact=account).first()
        if owner is None:
            raise CommandError(NO_ACCOUNT.format(name=account))
        before = owner.memberships.filter(organisation__name=DEMO).first()
        if before is not None:
            raise CommandError(f"{owner} belongs to {DEMO} already, at {_path(before.organisation.slug)}.")
        if not current().products:
            raise CommandError(NO_CATALOGUE)
        made, _ = keep_in_new(DEMO, owner, uuid4().hex, contoso(), uuid4().hex)
        self.stdout.write(f"{owner} owns {DEMO} now. Sign in and open {_path(made.slug)}.")


def _path(slug: str) -> str:
    return reverse("organisation", args=(slug,))
