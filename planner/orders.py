"""What to buy and what to request: licences, MAK activations, hosts beyond what a key allows; and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from activation.rules.catalogue import Catalogue
from activation.rules.plan import Plan
from planner.wording import count, key_in_words, key_name, more_hosts, product_name

NO_PRICES: Mapping[str, Price] = {}


@dataclass(frozen=True, slots=True)
class Price:
    """The price of one licence. `currency`: three letters, such as EUR."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to buy or to request: so many are needed and held, `number` are missing. Only licences have a price.

    `slug` is that of a product, of a MAK or of a KMS host key. `words`: the order as a sentence.
    """

    what: Literal["licences", "activations", "hosts"]
    slug: str
    name: str
    needed: int
    held: int
    number: int
    words: str
    price: Price | None = None

    @property
    def cost(self) -> Price | None:
        """Of all that is missing, exact."""
        return Price(self.price.amount * self.number, self.price.currency) if self.price else None


def orders(plan: Plan, catalogue: Catalogue, prices: Mapping[str, Price] = NO_PRICES) -> tuple[Order, ...]:
    """Licences first, then MAK activations, then hosts; only what is missing."""
    return (*_licences(plan, catalogue, prices), *_activations(plan, catalogue), *_hosts(plan, catalogue))


def totals(found: Iterable[Order]) -> tuple[Price, ...]:
    """The sum in each currency, in the order of their letters."""
    sums: dict[str, Decimal] = {}
    for cost in (order.cost for order in found):
        if cost:
            sums[cost.currency] = sums.get(cost.currency, Decimal(0)) + cost.amount
    return tuple(Price(amount, currency) for currency, amount in sorted(sums.items()))


def money(amount: Decimal) -> str:
    """`1,250.00`."""
    return f"{amount:,.2f}"


def price_words(price: Price) -> str:
    """`1,250.00 EUR`."""
    return f"{money(price.amount)} {price.currency}"


def _licences(plan: Plan, catalogue: Catalogue, prices: Mapping[str, Price]) -> Iterable[Order]:
    for line in plan.licences:
        if line.shortfall:
            name, price = product_name(line.product, catalogue), prices.get(line.product)
            each = f", {price_words(price)} each" if price else ""
            words = f"Buy {count(line.shortfall, 'licence')} of {name}{each}."
            numbers = (line.computers, line.licences, line.shortfall)
            yield Order("licences", line.product, name, *numbers, words, price)


def _activations(plan: Plan, catalogue: Catalogue) -> Iterable[Order]:
    for mak in plan.maks:
        if mak.to_request:
            number = count(mak.to_request, "more activation" if mak.remaining else "activation")
            words = f"Request {number} of {key_in_words(mak.key, catalogue)}."
            numbers = (mak.activations, mak.remaining, mak.to_request)
            yield Order("activations", mak.key, key_name(mak.key, catalogue), *numbers, words)


def _hosts(plan: Plan, catalogue: Catalogue) -> Iterable[Order]:
    for key in plan.kms_host_keys:
        words = more_hosts(key, catalogue)
        if words:
            number = max(key.planned, key.used)
            numbers = (number, key.limit, number - key.limit)
            yield Order("hosts", key.key, key_name(key.key, catalogue), *numbers, words)
