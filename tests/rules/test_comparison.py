"""What differs between two plans, typed out by hand; and what holds for any two."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given

from activation.rules.comparison import Comparison, Number, Replaced, compare
from activation.rules.interchange import plan_json, read_estate, read_plan
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from activation.shipped import shipped
from tests.rules.strategies import Document, small_estates

DAY = "2026-11-24"


def plan_of(document: Document) -> Plan:
    return recommend(read_estate(document, shipped(), DAY), shipped())


def plan(*computers: tuple[str, int], **parts: object) -> Plan:
    lines = [{"network": "Main", "product": product, "count": count} for product, count in computers]
    return plan_of({"format": "estate/1", "networks": [{"name": "Main"}], "computers": lines} | parts)


def mirrored(found: Comparison) -> Comparison:
    def back(numbers: tuple[Number, ...]) -> tuple[Number, ...]:
        return tuple(replace(n, before=n.after, after=n.before) for n in numbers)

    numbers = ("hosts", "activations", "to_request", "to_buy", "methods")
    pairs = (Replaced(pair.by, pair.gone) for pair in found.replaced)
    return Comparison(
        gained=found.gone,
        gone=found.gained,
        replaced=tuple(sorted(pairs, key=lambda pair: (pair.gone, pair.by))),
        warnings_new=found.warnings_gone,
        warnings_gone=found.warnings_new,
        **{name: back(getattr(found, name)) for name in numbers},
    )


def test_a_threshold_that_is_reached_gains_a_key_and_saves_maks() -> None:
    found = compare(plan(("windows-7-enterprise", 20)), plan(("windows-7-enterprise", 40)))
    (key,) = found.gained
    assert found.gone == ()
    assert found.replaced == ()
    assert found.hosts == (Number(key, 0, 1, "Main"),)
    assert found.activations == (Number("windows-7", 20, 0),)
    assert found.to_request == (Number("windows-7", 20, 0),)
    assert {warning.code for warning in found.warnings_gone} == {"threshold-short"}


def test_a_newer_server_replaces_the_key_of_the_older_one() -> None:
    before = plan(("windows-server-2019-standard", 8))
    found = compare(before, plan(("windows-server-2019-standard", 8), ("windows-server-2025-standard", 2)))
    assert found.replaced == (Replaced("kms-windows-server-2019", "kms-windows-server-2025"),)
    assert found.gained == found.gone == ()


def test_a_site_that_goes_takes_its_key_along() -> None:
    both = plan(("windows-7-enterprise", 40), ("office-professional-plus-2016", 10))
    found = compare(both, plan(("windows-7-enterprise", 40)))
    assert found.gone == ("kms-office-2016",)
    assert found.gained == found.replaced == ()


def test_missing_licences_are_to_buy() -> None:
    def licensed(quantity: int) -> Plan:
        return plan(("windows-7-enterprise", 40), licences=[{"product": "windows-7-enterprise", "quantity": quantity}])

    assert compare(licensed(30), licensed(35)).to_buy == (Number("windows-7-enterprise", 10, 5),)


def test_a_warning_with_another_number_is_the_same_warning() -> None:
    found = compare(plan(("windows-7-enterprise", 3)), plan(("windows-7-enterprise", 4)))
    assert found.warnings_new == found.warnings_gone == ()


@given(small_estates)
def test_a_plan_differs_in_nothing_from_itself(document: Document) -> None:
    assert compare(plan_of(document), plan_of(document)) == Comparison()
    assert not Comparison()


@given(small_estates, small_estates)
def test_the_other_way_round_is_the_mirror_image(one: Document, other: Document) -> None:
    before, after = plan_of(one), plan_of(other)
    assert compare(after, before) == mirrored(compare(before, after))
    assert len(fields(Comparison)) == 10


@given(small_estates)
def test_a_plan_that_was_written_is_read_as_it_was(document: Document) -> None:
    made = plan_of(document)
    assert read_plan(plan_json(made)) == made
