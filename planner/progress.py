"""How far long work is, told on one line of a terminal that is written over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")

SECONDS = 1.0  #: that nothing is said for, and between two words


def watched(
    items: Sequence[Item], what: str, say: Callable[[str], object], clock: Callable[[], float] = monotonic
) -> Iterator[Item]:
    """The items; where they take longer than a second, `say` gets `Lines: 20,000 of 100,000`, and blanks at the end.

    What is said ends with a return of the cursor, so that whatever is written next takes its place.
    """
    told, due = "", clock() + SECONDS
    for number, item in enumerate(items, start=1):
        yield item
        if clock() >= due:
            told, due = f"{what}: {number:,} of {len(items):,}", clock() + SECONDS
            say(f"{told}\r")
    if told:
        say(f"{' ' * len(told)}\r")
