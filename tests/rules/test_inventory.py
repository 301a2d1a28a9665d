"""Which network's KMS hosts each network reaches, over chains of any length."""

import pytest

from activation.rules.estate import Estate, Line, Network
from activation.rules.interchange import EstateErrors, read_estate
from activation.rules.inventory import Inventory
from activation.rules.recommend import recommend
from activation.shipped import shipped

CATALOGUE = shipped()
LONG = 20_000


def chain(length: int) -> tuple[Network, ...]:
    """`0` reaches the hosts of `1`, that those of `2`, and so on; the last one has its own."""
    ways = [*(str(number) for number in range(1, length)), None]
    return tuple(Network(str(number), kms_via=via) for number, via in enumerate(ways))


def estate(networks: tuple[Network, ...]) -> Estate:
    return Estate("2026-11-24", networks, (Line(networks[0].name, "windows-server-2019-standard", 6),))


class Counted(dict[str, Network]):
    """Networks that count how often one is looked up."""

    looks = 0

    def __getitem__(self, name: str) -> Network:
        self.looks += 1
        return super().__getitem__(name)


def test_each_network_of_a_chain_is_looked_up_a_few_times_however_long_it_is():
    for networks in (chain(LONG), chain(LONG)[::-1]):
        inventory = Inventory(estate(networks), CATALOGUE)
        inventory.networks = counted = Counted(inventory.networks)
        assert set(inventory.pool_of.values()) == {str(LONG - 1)}
        assert counted.looks <= LONG


def test_a_chain_that_ends_without_kms_reaches_no_hosts_and_one_that_starts_without_it_does():
    networks = (
        *(Network("A", kms_via="B"), Network("B", kms_via="C"), Network("C", kms=False)),
        *(Network("D", kms=False, kms_via="E"), Network("E")),
    )
    pools = Inventory(estate(networks), CATALOGUE).pool_of
    assert pools == {"A": None, "B": None, "C": None, "D": "E", "E": "E"}


def test_computers_at_the_start_of_a_chain_of_twenty_thousand_are_on_the_hosts_at_its_end():
    (pool,) = recommend(estate(chain(LONG)), CATALOGUE).pools
    assert (pool.pool, len(pool.networks)) == (str(LONG - 1), LONG)
    assert (pool.counted, pool.hosts) == (6, 1)  # none of the six can be the host: it stands at the end


def test_a_circle_of_twenty_thousand_networks_is_refused_at_each_of_them():
    rows = [{"name": str(number), "kms_via": str((number + 1) % LONG)} for number in range(LONG)]
    line = {"network": "0", "product": "windows-server-2019-standard", "count": 6}
    with pytest.raises(EstateErrors) as raised:
        read_estate({"format": "estate/1", "networks": rows, "computers": [line]}, CATALOGUE, "2026-11-24")
    said = "This way leads in a circle. Let one of its networks have KMS hosts of its own."
    assert [(e.path, e.message) for e in raised.value.errors] == [(f"networks[{i}].kms_via", said) for i in range(LONG)]
