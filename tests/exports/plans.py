"""A plan to be written into files, and what stands in them, by hand."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from activation.catalogue import shipped
from activation.rules.estate import Estate, HeldKey, Licence, Line, Network
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from planner.exports.export import Export
from planner.orders import Price

CATALOGUE = shipped()
SEVEN, R2 = "windows-7-enterprise", "windows-server-2008-r2-datacenter"
#: Of the estate below, by hand: 33 + 6 computers; 3 on a MAK with 1 left; 2 and 1 licences missing.
TO_BUY = [
    ("Buy licences", "Windows 7 Enterprise", SEVEN, 33, 31, 2, Decimal("1234.50"), "EUR", Decimal("2469.00")),
    ("Buy licences", "Windows Server 2008 R2 Datacenter", R2, 6, 5, 1, Decimal("0.10"), "EUR", Decimal("0.10")),
    ("Request activations", "MAK for Windows 7", "mak-windows-7", 3, 1, 2, None, None, None),
    ("Total", None, None, None, None, None, None, "EUR", Decimal("2469.10")),
]


def plan(organisation: str = "Contoso", network: str = "Head office") -> Plan:
    """A KMS host in the head office, a plant behind a proxy, licences short."""
    estate = Estate(
        as_of="2026-11-24",
        organisation=organisation,
        networks=(Network(network), Network("Plant", kms=False, microsoft="proxy")),
        lines=(Line(network, SEVEN, 30), Line(network, R2, 6), Line("Plant", SEVEN, 3)),
        licences=(Licence(SEVEN, 31), Licence(R2, 5)),
        keys=(HeldKey("mak-windows-7", 1),),
    )
    return recommend(estate, CATALOGUE)


PRICES = {SEVEN: Price(Decimal("1234.50"), "EUR"), R2: Price(Decimal("0.10"), "EUR")}
EXPORT = Export(plan(), CATALOGUE, "Budget 2027", prices=PRICES)


#: What a spreadsheet may take for the beginning of a formula or for the end of a cell, and what stands behind it.
PIECES = [
    *("=", "+", "-", "@", ";", ",", "|", '"', "'", " ", "\t", "\u00a0", "\u200b", "\uff1d", "\uff0b", "\uff0d"),
    *("1+1", "SUM(A1)", "x", "cmd|' /C calc'!A0", 'HYPERLINK("http://contoso.com")', "A1", "{", "$"),
]


def nasty_names(number: int) -> list[str]:
    made = random.Random(4711)
    return ["".join(made.choices(PIECES, k=made.randint(2, 7))) + "x" for _ in range(number)]


@lru_cache(1)
def nasty_plan() -> tuple[Export, list[str]]:
    """A plan with 10,000 lines of computers, the network of each with a nasty name."""
    names = nasty_names(10_000)
    made = recommend(Estate("2026-11-24", (Network("Main"),), (Line("Main", SEVEN, 30),)), CATALOGUE)
    line = made.computers[0]
    return Export(replace(made, computers=tuple(replace(line, network=name) for name in names)), CATALOGUE), names
