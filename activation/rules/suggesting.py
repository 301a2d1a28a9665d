"""What was meant by a word that names nothing: names that hold all its words, else the nearest with the same numbers.

Comparing takes time, so a document gets so much of it and no more: a million wrong words must not take hours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from heapq import nsmallest

#: Words of a document for which something near is looked for.
WORDS = 100
#: Pairs of letters compared for one document: less than half a second.
PAIRS = 1_000_000
#: Longer texts are no slips of the pen.
LONGEST = 60
#: Names offered at once.
OFFERED = 3


class Names:
    """Names to choose from, as they are shown. Made once for many questions."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))

    @cached_property
    def _shown(self) -> Mapping[str, str]:
        return {_plain(name): name for name in self._names}

    @cached_property
    def _holding(self) -> Mapping[str, set[str]]:
        """Word -> the names that hold it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for plain, name in self._shown.items():
            for word in plain.split():
                found[word].add(name)
        return found

    @cached_property
    def _numbered(self) -> Mapping[tuple[str, ...], list[str]]:
        """Numbers -> the plain names with just these."""
        found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for plain in self._shown:
            found[_numbers(plain)].append(plain)
        return found

    def holding_all_words(self, plain: str) -> list[str]:
        """The names that hold every word of a plain text, those of the fewest words."""
        words = plain.split()
        if not words:
            return []
        held = set.intersection(*(self._holding.get(word, set()) for word in words))
        return nsmallest(OFFERED, held, key=lambda name: (len(name.split()), name))

    def comparable(self, plain: str) -> list[str]:
        """The plain names that a plain text could be a slip of: a wrong number is another name, not a slip."""
        length = len(plain)
        return [name for name in self._numbered.get(_numbers(plain), ()) if 0.5 * length <= len(name) <= 2 * length]

    def shown(self, plain: str) -> str:
        """The name of that plain one."""
        return self._shown[plain]


class Suggestions:
    """What is offered within one document."""

    def __init__(self) -> None:
        self._made: dict[tuple[Names, str], list[str]] = {}
        self._pairs = PAIRS

    def near(self, text: str, names: Names) -> list[str]:
        """At most three names that may be meant, the likeliest first; none when the document had its share."""
        plain = _plain(text[: LONGEST + 1])
        if (names, plain) not in self._made and len(self._made) < WORDS and len(plain) <= LONGEST:
            self._made[names, plain] = names.holding_all_words(plain) or self._close(plain, names)
        return self._made.get((names, plain), [])

    def _close(self, plain: str, names: Names) -> list[str]:
        candidates = names.comparable(plain)
        pairs = len(plain) * sum(map(len, candidates))
        if pairs > self._pairs:
            return []
        self._pairs -= pairs
        return [names.shown(name) for name in get_close_matches(plain, candidates, n=1, cutoff=0.7)]


def _numbers(plain: str) -> tuple[str, ...]:
    return tuple(re.findall("[0-9]+", plain))


def _plain(text: str) -> str:
    """The words and numbers in lower case, with single blanks for whatever stands between them."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
