"""What the form's lists offer: (value, words) pairs."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import ClassVar

from activation.rules.catalogue import Catalogue
from planner.forms.rows import NetworkRow

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choices:
    """Some hang on what was typed: on the networks, and on the `chosen` keys, which stay even when they are retired."""

    contacts: ClassVar[Pairs] = (("regular", "30 days"), ("rare", "180 days"), ("none", "never"))
    ways: ClassVar[Pairs] = (("direct", "Internet or telephone"), ("proxy", "Only through a VAMT proxy"))
    agreements: ClassVar[Pairs] = (
        ("", "Not named"),
        ("enterprise", "Enterprise Agreement"),
        ("select", "Select"),
        ("open", "Open"),
        ("open-value", "Open Value"),
        ("campus", "Campus"),
        ("spla", "SPLA (service provider)"),
    )

    rows: Sequence[NetworkRow]
    chosen: AbstractSet[str]
    catalogue: Catalogue

    def networks(self) -> Pairs:
        """The networks that a line may be on."""
        return [(str(network.number), network.title) for network in self.rows]

    def kms(self) -> Pairs:
        """Where the KMS hosts of a network may be: with it, with another, nowhere."""
        through = [(network.via(), f"Those of {network.title}") for network in self.rows]
        return [("own", "In this network"), *(through if len(through) > 1 else []), ("none", "None")]

    def systems(self) -> Pairs:
        """The systems that a machine outside the list may run, newest first."""
        return [(system.slug, system.name) for system in reversed(self.catalogue.systems.values())]

    def keys(self) -> Sequence[tuple[str, Pairs]]:
        """All keys that are offered, and those already chosen, by type."""
        keys = [key for key in self.catalogue.keys.values() if not key.retired or key.slug in self.chosen]
        kinds = (("KMS host keys", "kms"), ("MAKs", "mak"))
        return [(title, [(key.slug, key.name) for key in keys if key.type == kind]) for title, kind in kinds]
