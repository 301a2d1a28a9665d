"""The checker on plans with a planted fault, and on plans that are right."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from activation.catalogue import shipped
from tests.rules.oracle.brute import TooLargeError, best
from tests.rules.oracle.checker import complaints, objective_of
from tests.rules.oracle.judge import best_document, expected_document
from tests.rules.oracle.reduce import smaller
from tests.rules.oracle.world import World
from tests.rules.strategies import small_estate

Plan = dict[str, Any]
SOURCE = "WSD-PLAN"


def with_reasons(plan: Plan) -> Plan:
    """The brute force's document with a stand-in for each reason, as a whole plan/1."""
    for line in [*plan["kms_host_keys"], *plan["maks"], *plan["computers"]]:
        line["reasons"] = [{"code": "not-to-activate", "params": {}, "sources": [SOURCE]}]
    for warning in plan["warnings"]:
        warning["sources"] = [SOURCE]
    return plan


#: Two networks in one pool and one beside it; every list of the plan has something in it.
ESTATE: Plan = {
    "format": "estate/1",
    "organisation": "Contoso",
    "as_of": "2026-11-24",
    "settings": {"mak_reserve_percent": 10},
    "networks": [
        {"name": "Head office", "active_directory": True, "kms_host_systems": ["windows-server-2008"]},
        {"name": "Branch", "kms_via": "Head office"},
        {"name": "Plant", "isolated": True, "microsoft": "proxy"},
    ],
    "computers": [
        {"network": "Head office", "product": "windows-server-2008-datacenter", "count": 8},
        {"network": "Head office", "product": "windows-server-2008-r2-standard", "count": 8},
        {"network": "Branch", "product": "windows-7-enterprise", "count": 60, "virtual": 20},
        {"network": "Head office", "product": "windows-8-1-pro", "count": 3, "domain_joined": True},
        {"network": "Plant", "product": "windows-7-enterprise", "count": 10},
        {"network": "Head office", "product": "windows-7-ultimate", "count": 2},
        {"network": "Head office", "product": "windows-server-2012-r2-standard", "count": 2, "virtual": 2, "avma": 2},
        {"network": "Branch", "product": "windows-vista-business", "count": 4, "activate": False},
        {"network": "Head office", "product": "office-professional-plus-2016", "count": 6},
    ],
    "licences": [
        {"product": "windows-server-2008-datacenter", "quantity": 8},
        {"product": "windows-server-2008-r2-standard", "quantity": 8},
        {"product": "windows-7-enterprise", "quantity": 60},
        {"product": "windows-8-1-pro", "quantity": 3},
        {"product": "office-professional-plus-2016", "quantity": 6},
    ],
    "keys": [{"key": "mak-windows-7", "remaining": 3}],
}


def best_of(document: Plan) -> Plan:
    return with_reasons(best_document(document, shipped()))


def computers(plan: Plan, product: str, method: str) -> Plan:
    """The plan's line of that product and method."""
    return next(line for line in plan["computers"] if (line["product"], line["method"]) == (product, method))


def test_the_example_has_something_in_every_list_of_a_plan() -> None:
    plan = best_of(ESTATE)
    assert complaints(ESTATE, plan, shipped()) == []
    methods = {line["method"] for line in plan["computers"]}
    assert methods == {"kms", "kms-host", "mak", "adba", "avma", "none", "unsupported"}
    assert all(plan[name] for name in ("kms_host_keys", "maks", "pools", "worksheets", "licences", "warnings"))


def warning(plan: Plan, code: str) -> Plan:
    return next(one for one in plan["warnings"] if one["code"] == code)


def drop(name: str, place: int = 0) -> Callable[[Plan], object]:
    return lambda plan: plan[name].pop(place)


def turn(name: str) -> Callable[[Plan], object]:
    return lambda plan: plan[name].reverse()


def put(name: str, field: str, value: object, place: int = 0) -> Callable[[Plan], object]:
    return lambda plan: plan[name][place].update({field: value})


def move(product: str, method: str, to: str, key: str | None = None) -> Callable[[Plan], object]:
    return lambda plan: computers(plan, product, method).update(method=to, key=key)


def hosts(key: str, **fields: object) -> Callable[[Plan], object]:
    return lambda plan: [
        one.update(fields) for row in plan["kms_host_keys"] if row["key"] == key for one in row["hosts"]
    ]


FAULTS: dict[str, tuple[Callable[[Plan], object], str]] = {
    "a field is missing": (lambda plan: plan.pop("maks"), "$.maks: missing"),
    "a field is not of plan/1": (lambda plan: plan.update(colour="blue"), "$.colour: not a field"),
    "a number is a text": (put("maks", "computers", "10"), "is of the wrong type"),
    "a number is true": (put("pools", "counted", True), "is of the wrong type"),
    "a worksheet has no total": (lambda plan: plan["worksheets"]["windows"].pop("total"), "windows.total: missing"),
    "keys are not in order": (turn("kms_host_keys"), "kms_host_keys: not in order"),
    "computers are not in order": (turn("computers"), "computers: not in order"),
    "warnings are not in order": (turn("warnings"), "warnings: not in order"),
    "covering keys are not in order": (turn("covering_keys"), "covering_keys: not in order"),
    "a line has no reason": (put("computers", "reasons", []), "no reason is given"),
    "a reason has no such code": (
        lambda plan: plan["maks"][0]["reasons"][0].update(code="because"),
        "because is not a code",
    ),
    "a reason has other params": (
        lambda plan: plan["maks"][0]["reasons"][0].update(params={"x": 1}),
        "has the params ['x']",
    ),
    "a source does not exist": (
        lambda plan: plan["maks"][0]["reasons"][0].update(sources=["hearsay"]),
        "the source hearsay",
    ),
    "a warning has no source": (lambda plan: plan["warnings"][0].update(sources=[]), "has no source"),
    "computers are lost": (
        lambda plan: computers(plan, "windows-7-enterprise", "kms").update(count=59),
        "60 computers, of which the plan has 59",
    ),
    "a line of computers is missing": (drop("computers"), "of which the plan has 0"),
    "lab computers are activated": (
        move("windows-vista-business", "none", "mak", "mak-windows-vista"),
        "windows-vista-business, none: 4 due",
    ),
    "a product without a group is activated": (
        move("windows-7-ultimate", "unsupported", "mak", "mak-windows-7"),
        "unsupported: 2 due",
    ),
    "AVMA guests have a MAK": (
        move("windows-server-2012-r2-standard", "avma", "mak", "mak-windows-server-2012-r2"),
        "avma: 2 due",
    ),
    "a MAK of another group": (put("computers", "key", "mak-windows-vista", -1), "mak-windows-vista is not its MAK"),
    "a key that does not cover the group": (
        lambda plan: computers(plan, "windows-server-2008-datacenter", "kms").update(key="kms-windows-7"),
        "not an available key that covers windows-server-2008-c",
    ),
    "a key that is not available": (
        lambda plan: computers(plan, "windows-7-enterprise", "kms").update(key="kms-windows-server-2022"),
        "not an available key that covers windows-7",
    ),
    "a key that the plan does not list": (drop("kms_host_keys"), "is not among the KMS host keys of the plan"),
    "a MAK that the plan does not list": (drop("maks"), "10 computers, 0 listed"),
    "a reserve that is too small": (put("maks", "reserve", 0), "activations are computers and reserve"),
    "too few activations to request": (put("maks", "to_request", 0), "to request is what remains short"),
    "remaining activations that are not there": (put("maks", "remaining", 4), "$.maks[0].remaining"),
    "a MAK by telephone where only the proxy is": (
        lambda plan: plan["maks"][0]["networks"][0].update(via="independent"),
        ".via",
    ),
    "more on KMS than there are": (put("pools", "on_kms", 99), "99 in its row"),
    "a count that is not right": (put("pools", "counted", 9), "$.pools[0].counted"),
    "a threshold that is not met": (
        lambda plan: plan["pools"][-1]["thresholds"]["server"].update(met=False),
        "on KMS below the threshold",
    ),
    "a pool without its branch": (
        lambda plan: plan["pools"][0]["networks"].remove("Branch"),
        "$.pools[0].networks",
    ),
    "fewer hosts than listed": (put("pools", "hosts", 0), "0 hosts"),
    "a host that may not carry the key": (
        hosts("kms-windows-server-2008-c", system="windows-vista"),
        "windows-vista may not carry the key",
    ),
    "a listed host that is no line of computers": (
        lambda plan: computers(plan, "windows-server-2008-r2-standard", "kms-host").update(method="kms"),
        "0 computers of method kms-host",
    ),
    "an additional host where a declared one is free": (
        hosts("kms-windows-server-2008-c", on="additional", system=None),
        "a declared machine is free",
    ),
    "a declared machine that carries two Windows keys": (
        hosts("kms-windows-server-2008-r2-b", on="declared", product=None, system="windows-server-2008"),
        "keys on the declared machines of windows-server-2008",
    ),
    "a host with an update that it does not need": (
        hosts("kms-windows-server-2008-c", update="KB2885698"),
        ".update",
    ),
    "planned activations that are not its hosts": (
        lambda plan: plan["kms_host_keys"][0]["activations"].update(planned=0),
        ".activations.planned",
    ),
    "a group left out of what a key activates": (
        lambda plan: plan["kms_host_keys"][0]["activates"].pop(),
        ".activates",
    ),
    "a worksheet that does not sum up": (
        lambda plan: plan["worksheets"]["windows"].update(kms=1),
        "worksheet windows",
    ),
    "computers that remain": (lambda plan: plan["worksheets"]["windows"].update(remaining=1), "1 remaining"),
    "MAK computers in a wrong row": (
        lambda plan: plan["worksheets"]["windows"].update(mak_isolated=0, mak_no_kms=10),
        "mak_isolated",
    ),
    "a shortfall that is not shown": (put("licences", "shortfall", 0, 1), "$.licences[1].shortfall"),
    "a licence row too few": (drop("licences"), "$.licences"),
    "covering keys too few": (drop("covering_keys"), "$.covering_keys"),
    "a warning that is missing": (drop("warnings"), "$.warnings"),
    "a warning with other params": (
        lambda plan: warning(plan, "licence-short")["params"].update(shortfall=1),
        "params.shortfall",
    ),
    "another organisation": (lambda plan: plan.update(organisation="Fabrikam"), "$.organisation"),
    "another day": (lambda plan: plan.update(as_of="2026-11-25"), "$.as_of"),
    "another catalogue": (lambda plan: plan["catalogue"].update(digest="sha256:0"), "$.catalogue.digest"),
}  # fmt: skip


@pytest.mark.parametrize(("plant", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_the_checker_finds_a_planted_fault(plant: Callable[[Plan], object], words: str) -> None:
    plan = best_of(ESTATE)
    plant(plan)
    found = complaints(ESTATE, plan, shipped())
    assert any(words in complaint for complaint in found), found


def test_a_plan_on_mak_alone_is_right_in_itself_but_not_the_best() -> None:
    forty = [{"product": "windows-7-enterprise", "count": 40}]
    document = {"format": "estate/1", "as_of": "2026-11-24", "computers": forty}
    world = World(document, shipped())
    least, found = best(world, every=True)
    nothing = with_reasons(expected_document(world, type(found[0])((), ())))
    assert complaints(document, nothing, shipped()) == []
    assert objective_of(world, nothing) > least


def test_the_checker_accepts_what_the_brute_force_plans() -> None:
    for seed in range(200):
        document = small_estate(Random(seed))
        try:
            plan = best_of(document)
        except TooLargeError:
            continue
        assert complaints(document, plan, shipped()) == [], seed


def test_the_checker_counts_the_same_objective_as_the_brute_force() -> None:
    for seed in range(200, 400):
        world = World(small_estate(Random(seed)), shipped())
        try:
            least, found = best(world)
        except TooLargeError:
            continue
        assert objective_of(world, expected_document(world, found[0])) == least, seed


def test_a_failing_estate_is_made_as_small_as_the_failure_allows() -> None:
    document = deepcopy(ESTATE)

    def fails(candidate: Any) -> bool:
        return sum(row.count for row in World(candidate, shipped()).rows) >= 60

    least = smaller(document, fails)
    assert least.keys() == {"format", "as_of", "licences"}
    assert sum(licence["quantity"] for licence in least["licences"]) == 60
