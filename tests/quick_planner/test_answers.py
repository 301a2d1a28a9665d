"""Plans are kept a while: by estate, day and catalogue."""

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.utils import timezone

from activation.catalogue import shipped
from planner.forms.estate import EstateForm
from planner.views.answers import answer_of
from tests.quick_planner.pages import SEED


def test_the_same_estate_is_planned_once() -> None:
    first = answer_of(EstateForm(SEED, shipped()), shipped())
    with patch("planner.views.answers.recommend", side_effect=AssertionError("planned again")):
        assert answer_of(EstateForm(SEED | {"c1-virtual": ""}, shipped()), shipped()) is first


def test_a_catalogue_with_another_digest_gives_a_plan_of_its_own() -> None:
    catalogue = shipped()
    edited = replace(catalogue, version="2027-01-01", digest="sha256:edited")
    plans = [answer_of(EstateForm(SEED, each), each).plan for each in (catalogue, edited, catalogue)]
    assert [plan.version for plan in plans if plan] == [catalogue.version, "2027-01-01", catalogue.version]


def test_another_day_gives_a_plan_of_its_own() -> None:
    days = []
    for day in (24, 25):
        with patch.object(timezone, "now", return_value=datetime(2026, 11, day, 12, tzinfo=UTC)):
            plan = answer_of(EstateForm(SEED, shipped()), shipped()).plan
            assert plan
            days.append(plan.as_of)
    assert days == ["2026-11-24", "2026-11-25"]


@pytest.mark.parametrize("other", [{"c1-count": "5"}, {"c1-contact": "rare"}, {"organisation": "Contoso"}])
def test_another_estate_gives_a_plan_of_its_own(other: dict[str, str]) -> None:
    first = answer_of(EstateForm(SEED, shipped()), shipped())
    assert answer_of(EstateForm(SEED | other, shipped()), shipped()) is not first
