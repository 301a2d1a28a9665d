"""The networks of an estate: their fields, and whether the ways from one to the other lead to KMS hosts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from activation.rules.estate import Network, Way
from activation.rules.lookup import Lookup
from activation.rules.reading import Fields, Problems, compared, shown
from activation.rules.suggesting import Names

MAIN = "Main"
Name = TypeVar("Name", str, int)
FIELDS = ("name", "kms", "kms_via", "microsoft", "isolated", "kms_host_systems", "active_directory")


@dataclass(frozen=True)
class Networks:
    """The networks read. `complete`: all names could be read, so that a name not among them is an error."""

    networks: tuple[Network, ...]
    complete: bool
    problems: Problems

    @cached_property
    def names(self) -> frozenset[str]:
        """The names, for the many lines that ask."""
        return frozenset(network.name for network in self.networks)

    @property
    def only(self) -> str | None:
        """The name of the one network, None when there are more."""
        return self.networks[0].name if self.complete and len(self.networks) == 1 else None

    def problem(self, name: str) -> str:
        """Why `name` is no network here, or empty."""
        if name in self.names or not self.complete:
            return ""
        return f"There is no network {shown(name)}." + (self.problems.close_to(name, self._offered) or self._some)

    @cached_property
    def _offered(self) -> Names:
        return Names(sorted(self.names))

    @cached_property
    def _some(self) -> str:
        more = ", ..." if len(self.names) > 5 else ""
        return f" There is {', '.join(shown(name) for name in sorted(self.names)[:5])}{more}."


def read_networks(top: Fields, lookup: Lookup) -> Networks:
    """The networks of a document, one `Main` when none are given."""
    given = top.items("networks")
    if given is None:
        good = top.good("networks")
        return Networks((Network(MAIN),) if good else (), good, top.problems)
    if not given:
        top.wrong("networks", "Enter at least one network, or leave the field out.")
    rows = [Fields(raw, f"networks[{i}]", FIELDS, top.problems) for i, raw in enumerate(given)]
    networks = tuple(_network(row, lookup) for row in rows)
    found = Networks(networks, bool(rows) and all(row.good("name") for row in rows), top.problems)
    _check_names(rows, networks)
    _check_ways(rows, found)
    return found


def _network(row: Fields, lookup: Lookup) -> Network:
    return Network(
        name=row.name("name", "a name"),
        kms=row.flag("kms", True),
        kms_via=_via(row),
        microsoft=cast(Way, row.choice("microsoft", ("direct", "proxy"), "direct")),
        isolated=row.flag("isolated", False),
        kms_host_systems=_systems(row, lookup),
        active_directory=row.flag("active_directory", False),
    )


def _via(row: Fields) -> str | None:
    if not row.given("kms_via") or row.is_null("kms_via"):
        return None
    return row.text("kms_via", "the name of a network (or null)")


def _systems(row: Fields, lookup: Lookup) -> tuple[str, ...]:
    found = []
    for i, raw in enumerate(row.items("kms_host_systems") or ()):
        slug, problem = (
            lookup.system(raw) if isinstance(raw, str) else (None, f"Enter a host system, not {shown(raw)}.")
        )
        if slug is None:
            row.problems.add(f"{row.at('kms_host_systems')}[{i}]", problem)
        else:
            found.append(slug)
    return tuple(found)


def look_alikes(names: Iterable[str]) -> dict[int, str]:
    """Place of each name that a reader takes for an earlier one -> what to do about it. Formats tell these names apart;
    a person who types them rarely means two networks."""
    seen: dict[str, str] = {}
    found = {}
    for place, name in enumerate(names):
        known = seen.setdefault(compared(name), name)
        if known != name:
            found[place] = (
                f"This looks like the network {shown(known)}. Write one network one way; names of two differ in more "
                "than capitals, forms of letters, blanks and a last dot."
            )
    return found


def _check_names(rows: list[Fields], networks: tuple[Network, ...]) -> None:
    seen: set[str] = set()
    for row, network in zip(rows, networks, strict=True):
        if row.good("name") and network.name in seen:
            row.wrong("name", f"There is a network {shown(network.name)} already. Enter another name.")
        seen.add(network.name)


def _check_ways(rows: list[Fields], found: Networks) -> None:
    first = {network.name: i for i, network in enumerate(found.networks) if rows[i].good("name")}
    circle = in_a_circle({name: found.networks[i].kms_via for name, i in first.items()})
    for i, (row, network) in enumerate(zip(rows, found.networks, strict=True)):
        _check_hosts(row, network)
        if network.kms_via is None or not row.good("kms_via"):
            continue
        problem = found.problem(network.kms_via)
        if network.name in circle and first[network.name] == i:
            problem = "This way leads in a circle. Let one of its networks have KMS hosts of its own."
        target = first.get(network.kms_via)
        if target is not None and _leads_nowhere(rows[target], found.networks[target]):
            problem = f"{shown(network.kms_via)} has no KMS. Enter a network with KMS hosts."
        if problem:
            row.wrong("kms_via", problem)


def _check_hosts(row: Fields, network: Network) -> None:
    if not row.good("kms") or not row.good("kms_via"):
        return
    if network.kms_host_systems and (network.kms_via is not None or not network.kms):
        reason = "it reaches those of another network" if network.kms_via is not None else "KMS is not used there"
        row.wrong("kms_host_systems", f"This network has no KMS hosts of its own: {reason}. Name no machines for them.")


def _leads_nowhere(row: Fields, network: Network) -> bool:
    return row.good("kms") and row.good("kms_via") and not network.kms and network.kms_via is None


def in_a_circle(way: Mapping[Name, Name | None]) -> set[Name]:
    """The names from which the ways lead back to themselves."""
    circle: set[Name] = set()
    walked: dict[Name, Name] = {}
    for start in way:
        name: Name | None = start
        while name is not None and name in way and name not in walked:
            walked[name] = start
            name = way[name]
        while name is not None and walked.get(name) == start and name not in circle:
            circle.add(name)
            name = way[name]
    return circle
