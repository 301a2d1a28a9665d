"""An estate near the limit of hosts of six keys at once is planned without going through all that could be."""

import json
from pathlib import Path

import pytest

from activation.rules import limits
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend
from activation.shipped import shipped

CONTESTED = Path(__file__).with_name("contested.json")
MOST_GUESSES = 500  # of 2,000 that some choice of keys makes, and of 23,000 numbers
MOST_STEPS = 60_000  # guesses that no choice of keys makes take 300,000, each gone through to its end tens of millions


@pytest.mark.parametrize(("what", "most"), [("_walk", MOST_GUESSES), ("_after", MOST_STEPS)])
def test_guesses_that_cannot_win_are_dropped_early(what: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    done = 0
    do = getattr(limits._Settling, what)

    def counted(*arguments: object) -> object:
        nonlocal done
        done += 1
        assert done <= most
        return do(*arguments)

    monkeypatch.setattr(limits._Settling, what, counted)
    recommend(read_estate(json.loads(CONTESTED.read_text("utf-8")), shipped(), "2026-11-24"), shipped())
    assert done
