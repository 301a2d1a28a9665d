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
#: Pairs of letters, or of words, compared for one document: less than half a second.
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
        """Word -> the plain names that hold it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for plain in self._shown:
            for word in plain.split():
                found[word].add(plain)
        return found

    @cached_property
    def _numbered(self) -> Mapping[tuple[str, ...], list[str]]:
        """Numbers -> the plain names with just these."""
        found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for plain in self._shown:
            found[_numbers(plain)].append(plain)
        return found

    @property
    def words(self) -> int:
        """How many different words the names have."""
        return len(self._holding)

    def holding_all_words(self, plain: str) -> list[str]:
        """The names that hold every word of a plain text: those that begin with it first, then those of few words."""
        words = plain.split()
        held = set.intersection(*(self._with(word) for word in words)) if words else set[str]()
        nearest = nsmallest(OFFERED, held, key=lambda name: (not name.startswith(plain), len(name.split()), name))
        return [self._shown[name] for name in nearest]

    def _with(self, word: str) -> set[str]:
        """The plain names that hold a word or its beginning: Win, Pro; numbers and single letters are whole."""
        if len(word) == 1 or not word.isalpha():
            return self._holding.get(word, set())
        return set().union(*(names for longer, names in self._holding.items() if longer.startswith(word)))

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
        self._left = PAIRS

    def near(self, text: str, names: Names) -> list[str]:
        """At most three names that may be meant, the likeliest first; none when the document had its share."""
        plain = _plain(text[: LONGEST + 1])
        if (names, plain) not in self._made and len(self._made) < WORDS and len(plain) <= LONGEST:
            self._made[names, plain] = self._holding(plain, names) or self._close(plain, names)
        return self._made.get((names, plain), [])

    def _holding(self, plain: str, names: Names) -> list[str]:
        return names.holding_all_words(plain) if self._affords(len(plain.split()) * names.words) else []

    def _close(self, plain: str, names: Names) -> list[str]:
        candidates = names.comparable(plain)
        if not self._affords(len(plain) * sum(map(len, candidates))):
            return []
        return [names.shown(name) for name in get_close_matches(plain, candidates, n=1, cutoff=0.7)]

    def _affords(self, pairs: int) -> bool:
        """Whether so many pairs may still be compared; they are taken off when they may."""
        if pairs > self._left:
            return False
        self._left -= pairs
        return True


def _numbers(plain: str) -> tuple[str, ...]:
    return tuple(re.findall("[0-9]+", plain))


def _plain(text: str) -> str:
    """The words and numbers in lower case, with single blanks for whatever stands between them."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
