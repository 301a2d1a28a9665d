"""A change of an estate as data, so that the same change can be planned, told and written into rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from activation.rules.estate import Estate, HeldKey, Line, Network


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of an estate. `lines`: place in the estate's lines -> the line instead, None to remove it.

    `added` lines come last, `networks` take the place of those of the same name, `keys` are held as well.
    """

    lines: Mapping[int, Line | None] = field(default_factory=dict)
    added: tuple[Line, ...] = ()
    networks: tuple[Network, ...] = ()
    keys: tuple[HeldKey, ...] = ()


def edited(estate: Estate, edit: Edit) -> Estate:
    """The estate after the edit."""
    lines = (edit.lines.get(place, line) for place, line in enumerate(estate.lines))
    other = {network.name: network for network in edit.networks}
    return replace(
        estate,
        lines=(*(line for line in lines if line is not None), *edit.added),
        networks=tuple(other.get(network.name, network) for network in estate.networks),
        keys=(*estate.keys, *edit.keys),
    )
