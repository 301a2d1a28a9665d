"""Estates to make runbooks of."""

from __future__ import annotations

from activation.details import rows_of
from activation.rules.estate import Estate, HeldKey, Line, Network
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from activation.shipped import shipped
from planner.reference.index import Reference
from planner.runbook.building import runbook
from planner.runbook.steps import Part, Runbook, Step

CATALOGUE = shipped()
REFERENCE = Reference(CATALOGUE, rows_of(CATALOGUE))
DAY = "2026-11-24"

#: Head office with a host to update, a branch that uses it, a plant behind a proxy, Office, and an old key in use.
CONTOSO = Estate(
    as_of=DAY,
    organisation="Contoso",
    networks=(
        Network("Branch", kms=False, kms_via="Head office"),
        Network("Head office", kms_host_systems=("windows-server-2019",)),
        Network("Plant", kms=False, microsoft="proxy"),
    ),
    lines=(
        Line("Head office", "windows-11-enterprise", 40),
        Line("Head office", "windows-server-2022-standard", 6),
        Line("Head office", "office-ltsc-professional-plus-2021", 12),
        Line("Branch", "windows-11-enterprise", 9),
        Line("Branch", "windows-server-2022-standard", 2, contact="rare"),
        Line("Plant", "windows-7-enterprise", 3),
    ),
    keys=(HeldKey("kms-windows-server-2008-r2-c", 2), HeldKey("kms-office-2013", 1), HeldKey("mak-windows-7", 1)),
)


def plan_of(estate: Estate) -> Plan:
    return recommend(estate, CATALOGUE)


def runbook_of(estate: Estate) -> Runbook:
    return runbook(plan_of(estate), REFERENCE, [(key.key, key.used) for key in estate.keys])


def part(runbook: Runbook, title: str) -> Part:
    return next(part for part in runbook.parts if part.title == title)


def step(runbook: Runbook, title: str) -> Step:
    return next(step for part in runbook.parts for step in part.steps if step.title.startswith(title))
