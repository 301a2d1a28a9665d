"""An estate near the limit of hosts of six keys at once is planned without going through all that could be."""

import json
from pathlib import Path

import pytest

from activation.rules import limits
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend
from activation.shipped import shipped

CONTESTED = Path(__file__).with_name("contested.json")
MOST_STEPS = 60_000  # guesses that no choice of keys makes take 300,000, each gone through to its end tens of millions


def test_guesses_that_cannot_win_are_dropped_early(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0
    step = limits._Settling._after

    def counted(*arguments: object) -> object:
        nonlocal steps
        steps += 1
        assert steps <= MOST_STEPS
        return step(*arguments)

    monkeypatch.setattr(limits._Settling, "_after", counted)
    recommend(read_estate(json.loads(CONTESTED.read_text("utf-8")), shipped(), "2026-11-24"), shipped())
    assert steps
