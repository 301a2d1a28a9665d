"""Random estate/1 documents, small and full of edges: thresholds, chains of networks, machines that keys compete for.

`estate(random, shape)` makes one from any source of chance: a seeded one, of which thousands a second can be judged, or
Hypothesis, which makes a failing estate smaller (the strategies at the end). An estate takes its products from one
theme, whose keys overlap, so that few products already leave much to choose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.rules.themes import (
    AVMA_GUESTS,
    CLASHES,
    MAKS,
    MIDDLE,
    MODERN,
    NEW_CLASH,
    OFFICE,
    OLD,
    OLD_CLASH,
    THEMES,
    Theme,
)

Document = dict[str, Any]
NAMES = ("Alpha", "Beta", "Head office", "Zürich", "delta", "Site 10", "Site 2", "Élan", "gamma")

Counts = Callable[[Random], int]


def near_thresholds(random: Random) -> int:
    low, high = random.choice([(1, 7), (4, 7), (23, 29), (49, 60)])
    return random.randint(low, high)


def near_five(random: Random) -> int:
    return random.randint(3, 8)


def near_fifty(random: Random) -> int:
    low, high = random.choice([(5, 8), (20, 30), (30, 48), (48, 62), (48, 62)])
    return random.randint(low, high)


@dataclass(frozen=True)
class Shape:
    """How large an estate gets, and what it is rich in. `spread`: networks take turns. Floats: chances."""

    themes: tuple[Theme, ...] = THEMES
    networks: tuple[int, int] = (1, 3)
    products: tuple[int, int] = (1, 4)
    lines: tuple[int, int] = (1, 6)
    counts: Counts = near_thresholds
    spread: bool = False
    joined: float = 0.25
    few_joined: float = 0.0
    declared: float = 0.3
    routes: float = 0.3
    office: float = 0.25


ORDINARY = Shape()
ONE_POOL = Shape(networks=(1, 1), products=(2, 4), lines=(2, 6))
SECOND_HOSTS = Shape(themes=(*CLASHES, MODERN), networks=(1, 2), products=(3, 4), lines=(3, 6), counts=near_fifty)
COMPETING = Shape(
    themes=CLASHES, networks=(1, 2), products=(3, 4), lines=(4, 8), counts=near_five, spread=True, declared=0.9
)
MANY_SITES = Shape(
    themes=(OLD, MODERN, *CLASHES),
    networks=(4, 9),
    products=(1, 2),
    lines=(6, 10),
    counts=near_fifty,
    spread=True,
    joined=0.1,
    routes=0.05,
    office=0.05,
)
FEW_IN_DIRECTORY = Shape(
    themes=(MIDDLE, MODERN, NEW_CLASH), networks=(1, 2), lines=(2, 4), joined=0.1, few_joined=1.0, declared=0.1
)
SHARED_KEYS = Shape(
    themes=(MIDDLE, MODERN, NEW_CLASH), networks=(3, 5), products=(3, 4), lines=(6, 10), spread=True, few_joined=0.5
)
MANY_GROUPS = Shape(networks=(1, 3), products=(5, 8), lines=(7, 12))
SMALL = (ORDINARY, ONE_POOL, SECOND_HOSTS, COMPETING, MANY_SITES, FEW_IN_DIRECTORY)
LARGE = Shape(networks=(3, 6), products=(4, 9), lines=(8, 25), office=0.8)


def estate(random: Random, shape: Shape) -> Document:
    """A whole document that reads without errors."""
    theme = random.choice(shape.themes)
    products = sorted({*theme.products[: theme.always], *_some(random, theme.products, shape.products)})
    if random.random() < shape.office:
        products.append(random.choice(OFFICE))
    networks = _networks(random, theme, shape)
    names = [network["name"] for network in networks]
    document: Document = {"format": "estate/1", "as_of": random.choice(["2026-11-24", "2018-01-01", "2010-06-30"])}
    document["settings"] = _settings(random)
    document["networks"] = networks
    document["computers"] = [
        _line(random, [names[turn % len(names)]] if shape.spread else names, products, shape.counts, shape.joined)
        for turn in range(random.randint(*shape.lines))
    ]
    if random.random() < shape.few_joined:
        for network in networks:
            network["active_directory"] = True
        document["computers"] += [_line(random, names, theme.products, lambda _: random.randint(1, 2), 1.0)]
    if random.random() < 0.1:
        document["agreement"] = random.choice(["enterprise", "open", "open-value"])
    return document | _possessions(random, theme, products)


def licences_alone(random: Random) -> Document:
    """An estate given by its licences only."""
    products = _some(random, random.choice(THEMES).products, (1, 4)) + _some(random, OFFICE, (0, 2))
    licences = [{"product": product, "quantity": near_thresholds(random)} for product in products]
    return {"format": "estate/1", "as_of": "2026-11-24", "licences": licences}


def plain_estate(random: Random) -> Document:
    """One line a product with few different counts, nothing else: plans that tie on line after line of the order."""
    theme = random.choice((OLD, OLD_CLASH, OLD_CLASH, NEW_CLASH, MIDDLE, MODERN))
    counts = random.choice([(2, 3, 4), (3, 6), (4, 5, 6), (6, 26), (12, 13, 26), (20, 30, 60)])
    networks: list[Document] = [{"name": name} for name in _some(random, NAMES, (1, 2))]
    for network in networks:
        network |= _maybe(random, 0.3, {"kms_host_systems": random.choices(theme.systems, k=2)})
        network |= _maybe(random, 0.2, {"active_directory": True})
    lines = [
        {"network": random.choice(networks)["name"], "product": product, "count": random.choice(counts)}
        | _maybe(random, 0.2, {"domain_joined": True})
        for product in sorted({*theme.products[: theme.always], *_some(random, theme.products, (2, 4))})
    ]
    return {"format": "estate/1", "as_of": "2026-11-24", "networks": networks, "computers": lines}


def small_estate(random: Random) -> Document:
    """An estate small enough for the brute force, of any kind."""
    if random.random() < 0.2:
        return random.choice((licences_alone, plain_estate, plain_estate))(random)
    return estate(random, random.choice(SMALL))


def large_estate(random: Random) -> Document:
    return estate(random, LARGE)


def _some(random: Random, names: tuple[str, ...], how_many: tuple[int, int]) -> list[str]:
    return random.sample(names, min(len(names), random.randint(*how_many)))


def _networks(random: Random, theme: Theme, shape: Shape) -> list[Document]:
    networks: list[Document] = []
    for name in _some(random, NAMES, shape.networks):
        reachable = [network["name"] for network in networks if network.get("kms", True) or network.get("kms_via")]
        network: Document = {"name": name}
        if reachable and random.random() < shape.routes:
            network["kms_via"] = random.choice(reachable)
            network |= _maybe(random, 0.2, {"kms": False})
        elif random.random() < 0.1:
            network["kms"] = False
        elif random.random() < shape.declared:
            network["kms_host_systems"] = random.choices(theme.systems, k=random.randint(1, 3))
        network |= _maybe(random, 0.4, {"active_directory": True})
        network |= _maybe(random, 0.15, {"isolated": True})
        network |= _maybe(random, 0.15, {"microsoft": "proxy"})
        networks.append(network)
    return networks


def _line(
    random: Random, names: list[str], products: list[str] | tuple[str, ...], counts: Counts, joined: float
) -> Document:
    line: Document = {"network": random.choice(names), "product": random.choice(products), "count": counts(random)}
    if random.random() < 0.2:
        line["virtual"] = random.randint(0, line["count"])
        if line["product"].startswith(AVMA_GUESTS):
            line["avma"] = random.choice([0, random.randint(0, line["virtual"])])
    if random.random() < 0.2:
        line["contact"] = random.choice(["rare", "none"])
    line |= _maybe(random, 0.06, {"activate": False})
    return line | _maybe(random, joined, {"domain_joined": True})


def _possessions(random: Random, theme: Theme, products: list[str]) -> Document:
    """Licences (of what is installed, short or not, and of more) and keys in hand."""
    found: Document = {}
    if random.random() < 0.5:
        licensed = [*products, *_some(random, theme.products, (0, 2))]
        licences = [{"product": product, "quantity": random.choice([0, 1, 5, 30, 60])} for product in licensed]
        found["licences"] = licences
    keys = []
    if random.random() < 0.3:
        keys.append({"key": random.choice(theme.keys), "hosts_used": random.randint(0, 8)})
    if random.random() < 0.3:
        keys.append({"key": random.choice(MAKS), "remaining": random.randint(0, 70)})
    return found | ({"keys": keys} if keys else {})


def _settings(random: Random) -> Document:
    return (
        _maybe(random, 0.2, {"evidence": "documented"})
        | _maybe(random, 0.2, {"count_old_virtual": True})
        | _maybe(random, 0.2, {"mak_reserve_percent": random.choice([1, 10, 33])})
    )


def _maybe(random: Random, likely: float, fields: Document) -> Document:
    return fields if random.random() < likely else {}


_randoms = st.randoms(use_true_random=False)
small_estates = _randoms.map(small_estate)
large_estates = _randoms.map(large_estate)
