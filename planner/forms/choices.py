"""What the form's lists and boxes offer, (value, words) pairs, and what to say of a text that is none of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from activation.rules.catalogue import Catalogue
from activation.rules.reading import one_of, shown
from planner.forms.rows import AGREEMENTS, NetworkRow, Row

Pairs = Sequence[tuple[str, str]]

#: A longer list is not repeated in a message.
FEW = 8


@dataclass(frozen=True)
class Choices:
    """Some hang on what was typed: on the networks, and on the `chosen` keys, which stay even when they are retired."""

    contacts: ClassVar[Pairs] = (("regular", "30 days"), ("rare", "180 days"), ("none", "never"))
    ways: ClassVar[Pairs] = (("direct", "Internet or telephone"), ("proxy", "Only through a VAMT proxy"))
    agreements: ClassVar[Pairs] = (("", "Not named"), *AGREEMENTS.items())

    rows: Sequence[NetworkRow]
    chosen: AbstractSet[str]
    catalogue: Catalogue

    @cached_property
    def networks(self) -> Pairs:
        """The networks that a line may be on."""
        return [(str(network.number), network.title) for network in self.rows]

    @cached_property
    def kms(self) -> Pairs:
        """Where the KMS hosts of a network may be: with it, with another, nowhere."""
        through = [(network.via(), f"Those of {network.title}") for network in self.rows]
        return [("own", "In this network"), *(through if len(through) > 1 else []), ("none", "None")]

    @cached_property
    def systems(self) -> Pairs:
        """The systems that a machine outside the list may run, newest first."""
        return [(system.slug, system.name) for system in reversed(self.catalogue.systems.values())]

    @cached_property
    def keys(self) -> Sequence[tuple[str, Pairs]]:
        """All keys that are offered, and those already chosen, by type."""
        keys = [key for key in self.catalogue.keys.values() if not key.retired or key.slug in self.chosen]
        kinds = (("KMS host keys", "kms"), ("MAKs", "mak"))
        return [(title, [(key.slug, key.name) for key in keys if key.type == kind]) for title, kind in kinds]

    @cached_property
    def _lists(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """Letter of the row -> its fields with a list -> what that offers."""
        keys = {pair[0]: pair[1] for _, pairs in self.keys for pair in pairs}
        return {
            "n": {"kms": dict(self.kms), "microsoft": dict(self.ways), "host": dict(self.systems)},
            "c": {"contact": dict(self.contacts), "network": dict(self.networks)},
            "l": {},
            "k": {"key": keys},
            "": {"agreement": dict(self.agreements)},
        }

    def mark(self, rows: Iterable[Row]) -> None:
        """Say at each list and each box of the rows whether its text is outside of what it may send."""
        for row in rows:
            for name, offered in self._lists[row.letter].items():
                if text := row.text(name):
                    # Machines are several in one field.
                    row[name].outside = _outside_list(text.split(",") if name == "host" else [text], offered)
            for name, sends in row.ticks.items():
                row[name].outside = _outside_box(row.text(name), sends)


def _outside_list(texts: Sequence[str], offered: Mapping[str, str]) -> str:
    wrong = next((text for text in texts if text and text not in offered), None)
    if wrong is None:
        return ""
    if len(offered) > FEW:
        return f"Choose one of the list: {shown(wrong)} is not in it."
    return f"Choose {one_of([shown(words) for words in offered.values()])}, not {shown(wrong)}."


def _outside_box(text: str, sends: str) -> str:
    return "" if text in ("", sends) else f"Tick it or leave it. What ticks it is {shown(sends)}, not {shown(text)}."
