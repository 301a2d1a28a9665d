"""Saved plans: what is kept, and how a kept plan stands to the estate and the catalogue of today."""

from __future__ import annotations

import json

from django.utils import timezone

from activation.catalogue import UnknownStateError, current, state_of
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import plan_json
from planner.access import Here
from planner.estates import planned
from planner.models import Act, CatalogueUse, Estate, SavedPlan
from planner.recording import recorded
from planner.slugs import slugs_in


class NoPlanError(Exception):
    """The estate has mistakes, so there is no plan to keep."""


def save(here: Here, estate: Estate, name: str, note: str, once: str | None = None) -> SavedPlan:
    """Keep the plan of the estate as it is. Raises NoPlanError, and DoneAlreadyError when the form came before."""
    answer = planned(estate)
    if answer.plan is None:
        raise NoPlanError
    plan = SavedPlan(
        organisation=here.organisation,
        name=name,
        note=note,
        by=here.person.get_username(),
        of=estate,
        estate_revision=estate.revision,
        estate_document=answer.document,
        digest=answer.catalogue.digest,
        plan_document=plan_json(answer.plan),
    )
    with recorded(here, f"Saved the plan {name}", note, once=once) as act:
        act.add(plan)
        named = slugs_in([json.loads(plan.estate_document), json.loads(plan.plan_document)])
        plan.uses.bulk_create([CatalogueUse(plan=plan, kind=kind, slug=slug) for kind, slug in sorted(named)])
    return plan


def remove(here: Here, plan: SavedPlan) -> Act | None:
    """Take the plan out of the list; undo brings it back."""
    with recorded(here, f"Removed the plan {plan.name}") as act:
        act.change(plan, {"removed": timezone.now()}, plan.version)
    return act.made


def catalogue_of(plan: SavedPlan) -> Catalogue:
    """The catalogue that the plan was made by; where this site never had it, the one in use, for the names."""
    try:
        return state_of(plan.digest)
    except UnknownStateError:
        return current()


def outdated(plan: SavedPlan) -> list[str]:
    """What has changed since the plan was saved, in sentences."""
    found = []
    if plan.of is None or plan.of.removed or plan.of.revision != plan.estate_revision:
        found.append("The estate has changed since.")
    if plan.digest != current().digest:
        found.append("The catalogue has changed since.")
    return found
