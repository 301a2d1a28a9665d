"""Rows of an estate added, changed and removed. What was changed meanwhile is found before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from activation.rules.routes import MAIN
from planner.access import Here
from planner.filling import after_their_way
from planner.models import Act, ComputerLine, Estate, Network
from planner.recording import Writer
from planner.tables import Table

Values = Mapping[str, Any]


def add(writer: Writer, table: Table, estate: Estate, values: Sequence[Values]) -> None:
    """Add rows that were read. Computers without a network get one named Main."""
    if table.slug == "networks":
        _add_networks(writer, estate, values)
        return
    if table.slug == "computers" and not all(each["network"] for each in values):
        main = Network(estate=estate, name=MAIN)
        writer.add(main)
        values = [{**each, "network": each["network"] or main} for each in values]
    owner = {table.of: table.owner(estate)}
    writer.add_all([table.model(**owner, **each) for each in values])


def values_of(estate: Estate, values: Values) -> Values:
    """The values as the row has them: a network that is named becomes the row. Raises IntegrityError when it is gone
    since it was read."""
    if "kms_via" not in values:
        return values
    name = values["kms_via"]
    way = estate.networks.filter(name=name).first() if name else None
    if name and way is None:
        raise IntegrityError(f"There is no network {name}.")
    return {**values, "kms_via": way}


def remove(writer: Writer, rows: Sequence[Any], estate: Estate, *, with_lines: bool = False) -> None:
    """Remove rows of one table. `with_lines`: networks with the lines on them. Raises IntegrityError for a network that
    something else needs."""
    if rows and isinstance(rows[0], Network):
        if with_lines:
            writer.remove_all(list(lines_on(rows, estate)))
        led = [(network, network.kms_via) for network in rows]
        rows = [network for network, _ in after_their_way(led)][::-1]
    writer.remove_all(rows)


def lines_on(networks: Iterable[Network], estate: Estate) -> Iterable[ComputerLine]:
    """The lines of computers that are on these networks."""
    found: Iterable[ComputerLine] = estate.computers.select_related("network").filter(network__in=networks)
    return found


@dataclass(frozen=True, slots=True)
class Stale:
    """A row that is not as it was read. `now`: as it is, None when it was removed. `act`: what did it, where known."""

    pk: int
    now: Any
    act: Act | None


def stale(rows: Iterable[Any], versions: Mapping[int, int], table: Table, here: Here) -> list[Stale]:
    """Which of the chosen rows are no longer as they were read. `versions`: id -> version that was read."""
    now = {row.pk: row for row in rows}
    found = [pk for pk, version in versions.items() if pk not in now or now[pk].version != version]
    return [Stale(pk, now.get(pk), last_act(table, pk, here)) for pk in found]


def last_act(table: Table, pk: int, here: Here) -> Act | None:
    """The last act of the organisation that touched the row."""
    kind: str = table.model.kind
    act: Act | None = here.organisation.acts.filter(changes__kind=kind, changes__row=pk).first()
    return act


def _add_networks(writer: Writer, estate: Estate, values: Sequence[Values]) -> None:
    """Each after the one whose KMS hosts it reaches."""
    rows = {network.name: network for network in estate.networks.all()}
    new = {each["name"]: each for each in values}
    for each, _ in after_their_way([(each, new.get(each["kms_via"])) for each in values]):
        rows[each["name"]] = Network(estate=estate, **{**each, "kms_via": rows.get(each["kms_via"])})
        writer.add(rows[each["name"]])
