"""What to buy and what to request, in words: licences, MAK activations, hosts beyond what a key allows."""

from __future__ import annotations

from activation.rules.catalogue import Catalogue
from activation.rules.plan import LicenceLine, Mak, Plan
from planner.wording import count, key_in_words, more_hosts, product_name


def orders(plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """A line for each thing to buy or to request."""
    return (
        *(_licences(line, catalogue) for line in plan.licences if line.shortfall),
        *(_activations(mak, catalogue) for mak in plan.maks if mak.to_request),
        *(hosts for key in plan.kms_host_keys if (hosts := more_hosts(key, catalogue))),
    )


def _licences(line: LicenceLine, catalogue: Catalogue) -> str:
    return f"Buy {count(line.shortfall, 'licence')} of {product_name(line.product, catalogue)}."


def _activations(mak: Mak, catalogue: Catalogue) -> str:
    number = count(mak.to_request, "more activation" if mak.remaining else "activation")
    return f"Request {number} of {key_in_words(mak.key, catalogue)}."
