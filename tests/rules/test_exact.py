"""The engine against a brute force that tries every choice of keys, and against a recount of its plans."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given

from activation.catalogue import shipped
from tests.rules.oracle.brute import TooLargeError
from tests.rules.oracle.edited_catalogue import edited
from tests.rules.oracle.engine import report, wrong_or_not_best
from tests.rules.oracle.reduce import smaller
from tests.rules.strategies import (
    COMPETING,
    FEW_IN_DIRECTORY,
    MANY_GROUPS,
    MANY_SITES,
    ONE_POOL,
    ORDINARY,
    SECOND_HOSTS,
    SHARED_KEYS,
    Shape,
    estate,
    licences_alone,
    plain_estate,
    small_estate,
    small_estates,
)

ESTATES_OF_A_KIND = 20_000 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 500
KINDS = {
    "ordinary estates": ORDINARY,
    "one pool with several groups": ONE_POOL,
    "pools of about fifty": SECOND_HOSTS,
    "keys that compete for machines": COMPETING,
    "many sites near six hosts": MANY_SITES,
    "few computers in AD": FEW_IN_DIRECTORY,
    "keys shared by sites and AD": SHARED_KEYS,
    "pools with many groups": MANY_GROUPS,
}


def lines(*computers: tuple[str, str, int], joined: str = "") -> list[dict[str, Any]]:
    return [
        {"network": network, "product": product, "count": count, "domain_joined": product == joined}
        for network, product, count in computers
    ]


ONCE_WRONG: dict[str, dict[str, Any]] = {
    "two keys would each save six, and one covers more groups": {
        "format": "estate/1",
        "as_of": "2026-11-24",
        "computers": lines(
            ("Main", "windows-server-2008-standard", 2),
            ("Main", "windows-server-2008-datacenter", 4),
            ("Main", "windows-server-2008-r2-standard", 4),
        ),
    },
    "the host of the key comes from the computers on AD that the count lacks": {
        "format": "estate/1",
        "as_of": "2026-11-24",
        "networks": [{"name": "Head office", "active_directory": True}, {"name": "Branch", "kms_via": "Head office"}],
        "computers": lines(
            ("Head office", "windows-server-2012-standard", 4),
            ("Branch", "windows-server-2012-datacenter", 7),
            ("Branch", "windows-vista-business", 15),
            joined="windows-server-2012-standard",
        ),
    },
    "another key's host comes from the computers on AD that the count lacks": {
        "format": "estate/1",
        "as_of": "2026-11-24",
        "networks": [{"name": "Main", "active_directory": True}],
        "computers": lines(
            ("Main", "windows-server-2016-standard", 4),
            ("Main", "windows-8-enterprise", 25),
            ("Main", "windows-server-2012-r2-standard", 2),
            joined="windows-server-2012-r2-standard",
        ),
    },
}


def judge(document: dict[str, Any], faults: Callable[[Any], list[str]] = wrong_or_not_best) -> None:
    """Fail with a small estate that has a fault too."""
    if faults(document):
        least = smaller(document, lambda candidate: bool(faults(candidate)))
        pytest.fail(report(least, faults))


@pytest.mark.parametrize("shape", KINDS.values(), ids=KINDS.keys())
def test_it_finds_the_plan_that_trying_every_choice_finds(shape: Shape) -> None:
    judged = 0
    number = ESTATES_OF_A_KIND // 10 if shape is MANY_GROUPS else ESTATES_OF_A_KIND
    for seed in range(number):
        try:
            judge(estate(Random(seed), shape))
            judged += 1
        except TooLargeError:
            continue
    assert judged > number * 0.9


@pytest.mark.parametrize("document", ONCE_WRONG.values(), ids=ONCE_WRONG.keys())
def test_it_finds_that_plan_where_it_once_did_not(document: dict[str, Any]) -> None:
    assert not wrong_or_not_best(document), report(document, wrong_or_not_best)


def test_it_finds_that_plan_for_an_estate_of_licences_alone() -> None:
    for seed in range(ESTATES_OF_A_KIND // 5):
        judge(licences_alone(Random(seed)))


def test_it_finds_that_plan_where_many_plans_are_nearly_as_good() -> None:
    for seed in range(ESTATES_OF_A_KIND):
        try:
            judge(plain_estate(Random(seed)))
        except TooLargeError:
            continue


def test_it_finds_that_plan_by_a_catalogue_that_was_edited() -> None:
    for seed in range(ESTATES_OF_A_KIND):
        catalogue = edited(Random(seed), shipped())
        document = small_estate(Random(seed))
        try:
            judge(document, lambda document, by=catalogue: wrong_or_not_best(document, by))
        except TooLargeError:
            continue


@given(small_estates)
def test_it_finds_that_plan_for_whatever_estate_is_thought_up(document: dict[str, Any]) -> None:
    try:
        found = wrong_or_not_best(document)
    except TooLargeError:
        assume(False)
    assert not found, report(document, wrong_or_not_best)
