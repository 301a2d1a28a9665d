"""An estate of the database -> estate/1 -> the rules' types, one way and read only; the single place that does it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from activation.catalogue import current
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError, EstateErrors, read_estate
from activation.rules.plan import Plan
from activation.rules.proposals import Proposal, proposals
from activation.rules.recommend import recommend
from planner.models import Estate
from planner.plan_page import PlanPage, plan_page

KEPT = 16  #: plans kept in each process
LINE = ("product", "count", "virtual", "contact", "activate", "domain_joined", "avma")
NETWORK = ("name", "kms", "microsoft", "isolated", "kms_host_systems", "active_directory")


def document_of(estate: Estate, day: str) -> dict[str, Any]:
    """The estate as an estate/1 document of that day, rows in the order of their ids. Five queries."""
    networks = {network.pk: network for network in estate.networks.all()}
    keys = current().keys
    return {
        "format": "estate/1",
        "organisation": estate.organisation.name,
        "as_of": day,
        "agreement": estate.agreement or None,
        "settings": {
            "evidence": estate.evidence,
            "count_old_virtual": estate.count_old_virtual,
            "mak_reserve_percent": estate.mak_reserve_percent,
        },
        "networks": [
            {name: getattr(network, name) for name in NETWORK}
            | {"kms_via": networks[network.kms_via_id].name if network.kms_via_id else None}
            for network in networks.values()
        ]
        or [{"name": "Main"}],
        "computers": [
            {"network": networks[network].name, **dict(zip(LINE, line, strict=True))}
            for network, *line in estate.computers.values_list("network", *LINE)
        ],
        "licences": [
            {"product": product, "quantity": quantity}
            for product, quantity in estate.licences.values_list("product", "quantity")
        ],
        "keys": [
            {"key": key, "hosts_used" if key in keys and keys[key].type == "kms" else "remaining": used}
            for key, used in estate.keys.values_list("key", "used")
        ],
    }


@dataclass(frozen=True)
class Planned:
    """What the rules say of an estate: the plan, or why there is none. `document` is estate/1 as JSON."""

    document: str
    plan: Plan | None
    catalogue: Catalogue
    errors: tuple[EstateError, ...] = ()

    @cached_property
    def page(self) -> PlanPage | None:
        """The plan in words."""
        return plan_page(self.plan, self.catalogue) if self.plan else None

    @cached_property
    def details(self) -> SafeString:
        """All that a page says of the plan below its first sentences, as HTML."""
        return render_to_string("_details.html", {"plan": self.page})

    @cached_property
    def proposals(self) -> tuple[Proposal, ...]:
        """What the engine proposes; computed when first asked for."""
        if self.plan is None:
            return ()
        estate = read_estate(json.loads(self.document), self.catalogue, self.plan.as_of)
        return proposals(estate, self.plan, self.catalogue)


@dataclass(frozen=True, slots=True)
class Question:
    """One state of an estate on one day, and the catalogue to plan it by. Equal questions have equal answers."""

    number: int
    organisation: str
    revision: int
    changed: datetime
    day: str
    digest: str
    estate: Estate = field(compare=False, repr=False)
    catalogue: Catalogue = field(compare=False, repr=False)


def planned(estate: Estate) -> Planned:
    """The plan of the estate as it is, by the catalogue in use. Kept in each process until one of them changes."""
    catalogue, day = current(), timezone.localdate().isoformat()
    return _planned(
        Question(
            *(estate.pk, estate.organisation.name, estate.revision, estate.changed),
            *(day, catalogue.digest, estate, catalogue),
        )
    )


@lru_cache(maxsize=KEPT)
def _planned(question: Question) -> Planned:
    document = document_of(question.estate, question.day)
    return plan_of(document, question.catalogue)


def plan_of(document: dict[str, Any], catalogue: Catalogue) -> Planned:
    """The plan of an estate/1 document that names its day."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    try:
        plan = recommend(read_estate(document, catalogue, document["as_of"]), catalogue)
    except EstateErrors as errors:
        return Planned(text, None, catalogue, errors.errors)
    return Planned(text, plan, catalogue)
