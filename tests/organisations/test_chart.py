"""The line over time stays inside its frame, whatever is drawn."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.chart import Chart, Stroke, chart

START = date(2026, 3, 2)
Points = list[tuple[date, int]]


@st.composite
def points(draw: st.DrawFn) -> Points:
    days = sorted(draw(st.sets(st.integers(0, 3_000), min_size=2, max_size=30)))
    return [(START + timedelta(days=day), draw(st.integers(0, 10_000_000))) for day in days]


def places(drawn: Chart) -> list[tuple[float, float]]:
    """All ends of strokes and all marks, in percent across and pixels down."""
    strokes = [*drawn.strokes, *([drawn.ahead] if drawn.ahead else [])]
    pairs = [(mark.x, mark.y) for mark in drawn.marks]
    pairs += [pair for each in strokes for pair in ((each.x1, each.y1), (each.x2, each.y2))]
    return [(float(x.removesuffix("%")), float(y)) for x, y in pairs]


@given(points(), st.integers(1, 5_000), st.sampled_from([None, 6]))
def test_nothing_is_drawn_outside_of_the_frame(drawn: Points, ahead: int, limit: int | None) -> None:
    found = chart(drawn, (drawn[-1][0] + timedelta(days=ahead), limit or 0), limit)
    assert found is not None
    assert all(0 <= x <= 100 and 8 <= y <= 104 for x, y in places(found))


@given(points(), st.integers(1, 5_000))
def test_what_was_read_keeps_at_least_half_of_the_width(drawn: Points, ahead: int) -> None:
    found = chart(drawn, (drawn[-1][0] + timedelta(days=ahead), 0))
    assert found is not None
    assert float(found.marks[-1].x.removesuffix("%")) >= 50


@given(points())
def test_the_highest_number_is_at_the_top_and_zero_at_the_bottom(drawn: Points) -> None:
    found = chart(drawn)
    assert found is not None
    highest = max(number for _, number in drawn)
    for (_, number), mark in zip(drawn, found.marks, strict=True):
        if number == highest > 0:
            assert mark.y == "8.0"
        if number == 0:
            assert mark.y == "104.0"


def test_a_line_drawn_by_hand() -> None:
    """100 on day 0, 50 on day 10, nothing on day 20: from corner to corner."""
    found = chart([(START, 100), (START + timedelta(days=10), 50)], (START + timedelta(days=20), 0))
    assert found is not None
    assert found.strokes == (Stroke("0.00%", "8.0", "50.00%", "56.0"),)
    assert found.ahead == Stroke("50.00%", "56.0", "100.00%", "104.0")


def test_a_far_day_is_cut_on_the_way_there() -> None:
    """50 on day 10, nothing on day 30: on day 20, as far ahead as the first reading is back, 25 are left."""
    found = chart([(START, 100), (START + timedelta(days=10), 50)], (START + timedelta(days=30), 0))
    assert found is not None
    assert found.ahead == Stroke("50.00%", "56.0", "100.00%", "80.0")
    assert found.last == START + timedelta(days=20)


def test_one_reading_makes_no_line() -> None:
    assert chart([(START, 100)]) is None
