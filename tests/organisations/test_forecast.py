"""The day on which nothing is left: what must hold for all readings, and cases worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.forecast import Forecast, Point, forecast

START = date(2026, 3, 2)


def points(*pairs: tuple[int, int]) -> list[Point]:
    """Readings from pairs of days after 2 March 2026 and what was left."""
    return [Point(START + timedelta(days=day), left) for day, left in pairs]


@st.composite
def falling(draw: st.DrawFn) -> list[Point]:
    """Readings that never rise, on days of their own."""
    days = sorted(draw(st.sets(st.integers(0, 3_000), min_size=1, max_size=30)))
    left = sorted(draw(st.lists(st.integers(0, 10_000_000), min_size=len(days), max_size=len(days))), reverse=True)
    return points(*zip(days, left, strict=True))


@st.composite
def any_readings(draw: st.DrawFn) -> list[Point]:
    days = sorted(draw(st.sets(st.integers(0, 3_000), max_size=30)))
    return points(*((day, draw(st.integers(0, 10_000_000))) for day in days))


@given(any_readings())
def test_there_is_either_a_day_or_a_reason(readings: list[Point]) -> None:
    found = forecast(readings)
    assert (found.out is None) == (found.reason != "")


@given(any_readings())
def test_the_day_is_after_the_last_reading_and_at_most_ten_years_away(readings: list[Point]) -> None:
    found = forecast(readings)
    if found.out is not None:
        assert timedelta(days=1) <= found.out - readings[-1].on <= timedelta(days=3650)


@given(any_readings())
def test_a_day_takes_three_falling_readings_over_a_fortnight(readings: list[Point]) -> None:
    found = forecast(readings)
    if found.out is not None:
        counted = readings[-found.readings :]
        assert len(counted) >= 3
        assert (counted[-1].on - counted[0].on).days >= 14
        assert counted[0].left > counted[-1].left > 0
        assert [point.left for point in counted] == sorted((point.left for point in counted), reverse=True)


@given(any_readings(), falling())
def test_what_was_read_before_more_was_granted_changes_nothing(before: list[Point], after: list[Point]) -> None:
    granted = [Point(point.on + timedelta(days=10_000), point.left) for point in after]
    earlier = [*before, Point(granted[0].on - timedelta(days=1), max(0, granted[0].left - 1))]
    if granted[0].left > 0:
        assert forecast([*earlier, *granted]) == forecast(granted)


@given(st.integers(1, 500), st.integers(14, 300), st.integers(3, 20))
def test_an_even_pace_ends_on_its_very_day(each_day: int, days: int, last: int) -> None:
    """So many are used each day, and what is left at the last reading suffices for `last` days."""
    steps = [0, days // 2, days]
    total = each_day * (days + last)
    readings = points(*((day, total - each_day * day) for day in steps))
    found = forecast(readings).out
    assert found is not None
    assert abs((found - (START + timedelta(days=days + last))).days) <= 1  # the slope is a float


@given(falling(), st.integers(1, 400))
def test_the_same_readings_later_end_later_by_as_many_days(readings: list[Point], later: int) -> None:
    now = forecast(readings)
    then = forecast([Point(point.on + timedelta(days=later), point.left) for point in readings])
    assert then.reason == now.reason
    assert (then.out is None and now.out is None) or then.out - now.out == timedelta(days=later)


@given(falling(), st.integers(2, 50))
def test_the_day_does_not_hang_on_the_unit(readings: list[Point], times: int) -> None:
    """Ten times as many, used ten times as fast, last as long."""
    now = forecast(readings)
    then = forecast([Point(point.on, point.left * times) for point in readings])
    assert then.reason == now.reason
    assert (then.out is None and now.out is None) or abs((then.out - now.out).days) <= 1


@pytest.mark.parametrize(
    ("pairs", "day"),
    [
        # 2 a day: 100 left at day 0, 40 at day 30; 40 more last 20 days, to day 50.
        ([(0, 100), (15, 70), (30, 40)], date(2026, 4, 21)),
        # The slope of (0, 60), (10, 60), (20, 30) is -1.5: sum of (x-10)(y-50) = -300, of (x-10)^2 = 200. 30 last 20.
        ([(0, 60), (10, 60), (20, 30)], date(2026, 4, 11)),
        # One for each fortnight: the last of 1 goes after 14 days.
        ([(0, 3), (14, 2), (28, 1)], date(2026, 4, 13)),
        # 50 more were granted on day 20; since then 2 a day, and 40 last 20 days from day 40.
        ([(0, 90), (10, 30), (20, 80), (30, 60), (40, 40)], date(2026, 5, 1)),
    ],
)
def test_days_worked_out_by_hand(pairs: list[tuple[int, int]], day: date) -> None:
    assert forecast(points(*pairs)).out == day


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([], "few"),
        ([(0, 100), (30, 40)], "few"),
        ([(0, 100), (6, 90), (13, 80)], "short"),
        ([(0, 100), (7, 100), (14, 100)], "level"),
        ([(0, 100), (20, 90), (40, 95), (60, 90)], "few"),
        ([(0, 10_000_000), (7, 10_000_000), (14, 9_999_999)], "far"),
        ([(0, 5), (7, 2), (14, 0)], "out"),
        ([(0, 0)], "out"),
    ],
)
def test_where_the_readings_allow_no_day_the_reason_is_told(pairs: list[tuple[int, int]], reason: str) -> None:
    found = forecast(points(*pairs))
    assert (found.out, found.reason) == (None, reason)


def test_a_fortnight_to_the_day_is_enough() -> None:
    assert forecast(points((0, 100), (7, 93), (14, 86))) == Forecast(3, START, date(2026, 6, 10))
