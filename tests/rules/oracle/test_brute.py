"""The brute force on cases that were worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from activation.catalogue import shipped
from tests.rules.oracle.brute import TooLargeError, best
from tests.rules.oracle.expectations import complaints as unexpected
from tests.rules.oracle.judge import best_document
from tests.rules.oracle.world import World
from tests.rules.strategies import COMPETING, MANY_SITES, ONE_POOL, estate

VECTORS = sorted((Path(__file__).resolve().parents[4] / "shared" / "vectors").glob("*.json"))


#: (computers, declared systems) -> windows keys, hosts, computers on KMS, count; from the examples of the rules.
BY_HAND = {
    "five servers and nothing else": ([("windows-server-2008-r2-standard", 5)], [], [], 0, 0, 0),
    "six servers": ([("windows-server-2008-r2-standard", 6)], [], ["kms-windows-server-2008-r2-b"], 1, 6, 5),
    "ten clients and three servers": (
        [("windows-7-professional", 10), ("windows-server-2008-r2-standard", 3)],
        ["windows-server-2008-r2"],
        [],
        0,
        0,
        0,
    ),
    "twenty-five clients and a machine": ([("windows-7-enterprise", 25)], ["windows-7"], ["kms-windows-7"], 1, 25, 25),
    "fifty-seven clients": ([("windows-7-enterprise", 57)], [], ["kms-windows-7"], 1, 57, 56),
    "fifty-eight clients": ([("windows-7-enterprise", 58)], [], ["kms-windows-7"], 2, 58, 56),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "declared", "keys", "hosts", "on_kms", "counted"), BY_HAND.values(), ids=BY_HAND)
def test_the_brute_force_plans_what_was_worked_out_by_hand(
    lines: list[tuple[str, int]], declared: list[str], keys: list[str], hosts: int, on_kms: int, counted: int
) -> None:
    document = {
        "format": "estate/1",
        "as_of": "2026-11-24",
        "networks": [{"name": "Main", "kms_host_systems": declared}],
        "computers": [{"product": product, "count": count} for product, count in lines],
    }
    plan = best_document(document, shipped())
    assert [row["key"] for row in plan["kms_host_keys"]] == keys
    assert sum(row["hosts"] for row in plan["pools"]) == hosts
    assert sum(row["on_kms"] for row in plan["pools"]) == on_kms
    assert sum(row["counted"] for row in plan["pools"]) == counted


@pytest.mark.parametrize("shape", [ONE_POOL, COMPETING, MANY_SITES], ids=["one pool", "competing keys", "many sites"])
def test_leaving_out_what_is_worse_in_a_pool_changes_no_best_plan(shape: Any) -> None:
    tried = 0
    for seed in range(60):
        world = World(estate(Random(seed), shape), shipped())
        try:
            assert best(world, every=True) == best(world), seed
            tried += 1
        except TooLargeError:
            continue
    assert tried > 30


if VECTORS:

    def test_the_brute_force_plans_what_the_vectors_expect() -> None:
        judged = 0
        for vector in map(json.loads, (path.read_text(encoding="utf-8") for path in VECTORS)):
            if "error_paths" in vector["expect"]:
                continue
            try:
                plan = best_document(vector["estate"], shipped())
            except TooLargeError:
                continue
            judged += 1
            assert unexpected(plan, vector["expect"], shipped()) == [], vector["title"]
        assert judged > len(VECTORS) / 2
