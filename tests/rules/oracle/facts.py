"""What the catalogue says, in the form in which the judges ask it (planning rules, sections 3 to 5)."""

from __future__ import annotations

from functools import cached_property

from activation.rules.catalogue import Catalogue, Key

CLIENT_NEEDS, SERVER_NEEDS, OFFICE_NEEDS = 25, 5, 5
HOST_LIMIT = 6
TWO_HOSTS_ABOVE = 50
FAMILY_NEEDS = {"client": CLIENT_NEEDS, "server": SERVER_NEEDS, "office": OFFICE_NEEDS}

SERVERS_2008 = ("windows-server-2008-a", "windows-server-2008-b", "windows-server-2008-c")
SERVERS_2008_R2 = ("windows-server-2008-r2-a", "windows-server-2008-r2-b", "windows-server-2008-r2-c")
#: Section 5: virtual computers of these groups are activated but not counted.
VIRTUAL_NOT_COUNTED = frozenset(("windows-vista", *SERVERS_2008))
#: Section 4, step 5: never on Active Directory-based activation.
NO_DIRECTORY = frozenset(("windows-vista", "windows-7", *SERVERS_2008, *SERVERS_2008_R2, "office-2010"))
#: Section 8, C2: KMS host keys of Windows Server 2016 and later.
KEYS_SINCE_2016 = frozenset(f"kms-windows-server-{year}" for year in (2016, 2019, 2022, 2025))
#: Section 8, host-edition: KMS host keys of the 2008 and 2008 R2 generations of Windows Server.
OLD_SERVER_KEYS = frozenset(f"kms-{group}" for group in SERVERS_2008 + SERVERS_2008_R2)
#: Section 5: products without a host system.
NO_SYSTEM = ("windows-server-sac-", "windows-server-23h2", "windows-iot-")


class Facts:
    """A catalogue read with one setting of `evidence` (`all` or `documented`)."""

    def __init__(self, catalogue: Catalogue, evidence: str) -> None:
        usable = {"documented"} if evidence == "documented" else {"documented", "older-document", "derived"}
        self.catalogue = catalogue
        self.evidence = evidence
        self.kms = {slug: key for slug, key in sorted(catalogue.keys.items()) if key.type == "kms"}
        self.covers = {
            slug: {row.group: row.evidence for row in key.activates if row.evidence in usable}
            for slug, key in self.kms.items()
        }
        self.age = {system: rank for rank, system in enumerate(catalogue.systems)}
        self._systems: dict[str, str | None] = {}
        self._carriers: dict[str, tuple[str, ...]] = {}

    def group(self, product: str) -> str | None:
        return self.catalogue.products[product].group

    def family(self, group: str) -> str:
        return self.catalogue.groups[group].family

    @cached_property
    def mak_of(self) -> dict[str, str]:
        return {key.group: slug for slug, key in self.catalogue.keys.items() if key.type == "mak"}

    @cached_property
    def own_key(self) -> dict[str, str]:
        """Office version -> its KMS host key."""
        return {key.group: slug for slug, key in self.kms.items() if self.family(key.group) == "office"}

    def keys_for(self, group: str) -> list[str]:
        """All KMS host keys of the catalogue that cover the group, by slug."""
        return [key for key, covered in self.covers.items() if group in covered]

    def last_support(self, group: str) -> str | None:
        ends = [row.extended_end for row in self.catalogue.support if group in row.groups and row.extended_end]
        return max(ends, default=None)

    def system(self, product: str) -> str | None:
        """The host system that a computer with this product is."""
        if product not in self._systems:
            self._systems[product] = self._system(product)
        return self._systems[product]

    def _system(self, product: str) -> str | None:
        group = self.group(product)
        if group is None or group.startswith(NO_SYSTEM) or product.endswith("-azure-edition"):
            return None
        fits = [name for name in self.age if group == name or group.startswith(name + "-")]
        return max(fits, key=len, default=None)

    def carriers(self, key: str) -> tuple[str, ...]:
        """The systems that may carry the key, in the catalogue's order."""
        if key not in self._carriers:
            self._carriers[key] = tuple(name for name in self.age if self._may_carry(self.kms[key], name))
        return self._carriers[key]

    def _may_carry(self, key: Key, system: str) -> bool:
        families = {name: row.family for name, row in self.catalogue.systems.items()}
        for option in (option for option in key.hosts if option.allowed is True):
            older = families[option.system] == families[system] and self.age[option.system] < self.age[system]
            if option.system == system or (option.and_later and older):
                return True
        return False

    def update(self, key: str, system: str | None) -> str | None:
        """The update that this very system needs to carry the key."""
        return next((option.requires for option in self.kms[key].hosts if option.system == system), None)

    def rank(self, system: str) -> tuple[int, int]:
        """Order in which systems are preferred: server before client, then the newest."""
        return (0 if self.catalogue.systems[system].family == "server" else 1, -self.age[system])


_MADE: list[Facts] = []


def facts_of(catalogue: Catalogue, evidence: str) -> Facts:
    """The facts of a catalogue, made once for each catalogue and setting."""
    for facts in _MADE:
        if facts.catalogue is catalogue and facts.evidence == evidence:
            return facts
    _MADE.append(Facts(catalogue, evidence))
    return _MADE[-1]
