"""The cases of `tests/rules/cases/`: estates with the answers that were worked out by hand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from activation.rules.interchange import EstateErrors, plan_document, read_estate
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from activation.shipped import shipped
from planner.exports.text import plan_text
from tests.rules.cases import FILES, Case, anchors, cases_of
from tests.rules.cases.expectations import READERS, complaints
from tests.rules.oracle.checker import complaints as recounted

DOCS = Path(__file__).resolve().parents[2] / "docs"
CASES = [case for path in FILES for case in cases_of(path)]
PLANS = [case for case in CASES if "errors" not in case.expect]
ERRORS = [case for case in CASES if "errors" in case.expect]
NAMES = [case.name for case in CASES]


def plan_of(case: Case) -> Plan:
    return recommend(read_estate(case.estate, shipped(), "2026-11-24"), shipped())


def told(case: Case, found: list[str], plan: Plan | None = None) -> str:
    """What a failure says: the case, what differs, and the whole plan as its administrator would read it."""
    text = plan_text(plan, shipped()) if plan else ""
    return "\n".join(["", f"{case.file}: {case.name}", case.why, *found, "", text])


@pytest.mark.parametrize("case", PLANS, ids=lambda case: case.name)
def test_the_plan_of_a_case_holds_what_is_expected(case: Case) -> None:
    plan = plan_of(case)
    found = complaints(plan_document(plan), case.expect, shipped())
    assert not found, told(case, found, plan)


@pytest.mark.parametrize("case", PLANS, ids=lambda case: case.name)
def test_the_plan_of_a_case_stands_a_recount(case: Case) -> None:
    plan = plan_of(case)
    found = recounted(case.estate, plan_document(plan), shipped())
    assert not found, told(case, found, plan)


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case.name)
def test_the_errors_of_a_case_are_these_and_no_others(case: Case) -> None:
    with pytest.raises(EstateErrors) as caught:
        read_estate(case.estate, shipped(), "2026-11-24")
    paths = sorted(error.path for error in caught.value.errors)
    assert paths == case.expect["errors"], told(case, [str(error) for error in caught.value.errors])


def test_every_case_has_a_sentence_of_its_own_as_its_name() -> None:
    twice = [name for name, number in Counter(NAMES).items() if number > 1]
    no_sentence = [name for name in NAMES if not re.match(r"[A-Za-z0-9\"].*[^.]$", name) or name.count(" ") < 3]
    assert twice == []
    assert no_sentence == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_names_a_rule_that_is_written_down(case: Case) -> None:
    document, _, heading = case.rule.rpartition("#")
    text = (DOCS / (document or "rules.md")).read_text(encoding="utf-8")
    assert heading in anchors(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_names_sources_that_the_catalogue_has(case: Case) -> None:
    known = {*shipped().sources, *shipped().rules, *shipped().disputes}
    assert set(case.sources) - known == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_expects_something_by_known_names(case: Case) -> None:
    assert case.expect
    assert set(case.expect) - {*READERS, "errors"} == set()


def test_errors_are_expected_alone() -> None:
    assert [case.name for case in ERRORS if set(case.expect) != {"errors"}] == []
