"""Long work tells how far it is, on a terminal and nowhere else."""

from collections.abc import Iterator

from planner.progress import watched


def clock(*seconds: float) -> Iterator[float]:
    yield from seconds


def test_after_a_second_and_then_once_a_second_the_place_is_told_and_wiped_away_at_the_end():
    said: list[str] = []
    # The start; after each item; and once more where something was told.
    times = clock(0, 0.4, 1.1, 1.1, 1.9, 2.2, 2.2)
    assert list(watched("abcd", "Lines", said.append, times.__next__)) == list("abcd")
    assert said == ["Lines: 2 of 4\r", "Lines: 4 of 4\r", "             \r"]


def test_work_of_less_than_a_second_says_nothing():
    said: list[str] = []
    assert list(watched("ab", "Lines", said.append, clock(0, 0.5, 0.9).__next__)) == ["a", "b"]
    assert said == []
