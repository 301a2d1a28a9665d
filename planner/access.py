"""Who may do what where. Each view of an organisation begins with `member`: it is the only door.

An organisation that one does not belong to does not exist for one: 404, also for the staff of the site. Who belongs to
it with too low a role: 403.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from planner.models import Estate, Membership, Organisation, Role, SavedPlan

SAFE = ("GET", "HEAD")
Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Here:
    """A member at work in an organisation."""

    organisation: Organisation
    person: AbstractBaseUser
    role: Role
    request_id: str

    def may(self, role: Role) -> bool:
        """Whether the member may do what this role may."""
        return self.role.includes(role)

    @property
    def edits(self) -> bool:
        return self.may(Role.EDITOR)

    @property
    def owns(self) -> bool:
        return self.may(Role.OWNER)

    def others(self) -> list[Organisation]:
        """The other organisations that the person belongs to."""
        return list(Organisation.objects.filter(members__person=self.person.pk).exclude(pk=self.organisation.pk))

    def estate(self, scenario: int | None = None) -> Estate:
        """The inventory, or one of the scenarios. Raises Http404."""
        wanted = {"scenario": False} if scenario is None else {"scenario": True, "pk": scenario, "removed": None}
        estate = self.organisation.estates.filter(**wanted).first()
        if estate is None:
            raise Http404("No such scenario.")
        return estate

    def plan(self, number: int) -> SavedPlan:
        """A saved plan. Raises Http404."""
        plan = self.organisation.plans.filter(pk=number, removed=None).first()
        if plan is None:
            raise Http404("No such plan.")
        return plan


View = Callable[Concatenate[HttpRequest, Here, Rest], HttpResponseBase]
Opened = Callable[Concatenate[HttpRequest, str, Rest], HttpResponseBase]


def member(reads: Role = Role.VIEWER, writes: Role = Role.EDITOR) -> Callable[[View[Rest]], Opened[Rest]]:
    """For views below `/o/<slug:organisation>/`: they get `Here` in place of the slug.

    `reads` is the least role for GET and HEAD, `writes` for any other method.
    """

    def guard(view: View[Rest]) -> Opened[Rest]:
        @wraps(view)
        def opened(
            request: HttpRequest, organisation: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            here = here_of(request, organisation)
            if not here.may(reads if request.method in SAFE else writes):
                raise PermissionDenied
            return view(request, here, *args, **kwargs)

        return opened

    return guard


def here_of(request: HttpRequest, slug: str) -> Here:
    """The signed-in person's place in the organisation. Raises Http404 when there is none."""
    membership = (
        Membership.objects.select_related("organisation")
        .filter(person_id=request.user.pk, organisation__slug=slug)
        .first()
    )
    if membership is None:
        raise Http404("No such organisation.")
    return Here(membership.organisation, request.user, Role(membership.role), request.request_id)
