"""Made-up estates of Contoso with many networks, the same for the same seed.

Every network holds one line of each of its groups. In estates with all `GROUPS` the licences make exactly 20 KMS host
keys available: all 18 for Windows, among which there is a choice, and 2 for Office.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from activation.rules.catalogue import Catalogue
from activation.rules.estate import Contact, Estate, Licence, Line, Network

DAY = "2026-11-24"
LICENSED_OFFICE = ("office-2021", "office-2024")
#: The older two are installed without a licence.
OFFICE = ("office-2016", "office-2019", *LICENSED_OFFICE)
CONTACTS: tuple[Contact, ...] = ("regular", "rare", "none")
CONTACT_WEIGHTS = (90, 7, 3)
#: Computers of a line: below and above the 50 from which a second host is wanted.
AROUND_SECOND_HOST = (6, 30, 56, 57, 70, 120, 200)


def windows_groups(catalogue: Catalogue) -> list[str]:
    """The Windows product groups that have products, 26 in the shipped catalogue."""
    return [slug for slug, group in catalogue.groups.items() if group.family != "office" and _products(slug, catalogue)]


def all_groups(catalogue: Catalogue) -> list[str]:
    """30 groups: those of Windows and four Office versions."""
    return [*windows_groups(catalogue), *OFFICE]


def licences(groups: Sequence[str], catalogue: Catalogue) -> tuple[Licence, ...]:
    """Licences of one product of each group that is licensed."""
    held = (group for group in groups if group in LICENSED_OFFICE or catalogue.groups[group].family != "office")
    return tuple(Licence(_products(group, catalogue)[0], 1_000) for group in held)


def estate(networks: Sequence[tuple[Network, Sequence[Line]]], groups: Sequence[str], catalogue: Catalogue) -> Estate:
    """The estate of these networks, with licences for the groups."""
    return Estate(
        as_of=DAY,
        networks=tuple(network for network, _ in networks),
        lines=tuple(line for _, lines in networks for line in lines),
        licences=licences(groups, catalogue),
        organisation="Contoso",
    )


def random_estate(number: int, groups: Sequence[str], catalogue: Catalogue, *, most: int, seed: int = 1) -> Estate:
    """So many different networks with a line of each group: 1 to `most` computers, small numbers as likely as big."""
    chance = Random(seed)
    networks = [network(f"Site {place:05}", chance, catalogue) for place in range(number)]
    return estate(
        [(n, [line(n.name, g, most, chance, catalogue) for g in groups]) for n in networks], groups, catalogue
    )


def equal_estate(number: int, groups: Sequence[str], catalogue: Catalogue, *, most: int, seed: int = 1) -> Estate:
    """So many networks that differ in nothing but their names."""
    networks = []
    for place in range(number):
        chance, name = Random(seed), f"Site {place:05}"
        networks.append((Network(name), [line(name, group, most, chance, catalogue) for group in groups]))
    return estate(networks, groups, catalogue)


def contested_estate(number: int, catalogue: Catalogue, *, seed: int) -> Estate:
    """So many sites whose computers ask for second hosts, so that keys come near the six hosts that each may have.

    Half the sites have Active Directory, four in ten name machines for KMS hosts; each has six groups.
    """
    chance, groups = Random(seed), windows_groups(catalogue)
    networks = [site(f"Site {place:03}", chance, groups, catalogue) for place in range(number)]
    return estate(networks, groups, catalogue)


def site(name: str, chance: Random, groups: Sequence[str], catalogue: Catalogue) -> tuple[Network, Sequence[Line]]:
    """A site of `contested_estate` with its lines."""
    systems = tuple(chance.choices(list(catalogue.systems), k=2)) if chance.random() < 0.4 else ()
    lines = [
        Line(
            name,
            chance.choice(_products(group, catalogue)),
            chance.choice(AROUND_SECOND_HOST),
            domain_joined=chance.random() < 0.4,
        )
        for group in chance.sample(groups, 6)
    ]
    return Network(name, kms_host_systems=systems, active_directory=chance.random() < 0.5), lines


def network(name: str, chance: Random, catalogue: Catalogue) -> Network:
    """A network: one in five names machines for KMS hosts, one in ten reaches Microsoft through a VAMT proxy only."""
    systems = list(catalogue.systems)
    return Network(
        name,
        microsoft="proxy" if chance.random() < 0.1 else "direct",
        kms_host_systems=tuple(chance.choices(systems, k=2)) if chance.random() < 0.2 else (),
        active_directory=chance.random() < 0.1,
    )


def line(on: str, group: str, most: int, chance: Random, catalogue: Catalogue) -> Line:
    """A line of the group: some virtual, nine in ten in regular contact, half joined to the domain."""
    count = round(most ** chance.random())
    return Line(
        on,
        chance.choice(_products(group, catalogue)),
        count,
        virtual=chance.randint(0, count) if chance.random() < 0.3 else 0,
        contact=chance.choices(CONTACTS, CONTACT_WEIGHTS)[0],
        domain_joined=chance.random() < 0.5,
    )


def _products(group: str, catalogue: Catalogue) -> list[str]:
    return [slug for slug, product in catalogue.products.items() if product.group == group]
