"""Texts ready to send to Microsoft: more MAK activations, more KMS hosts, a KMS host key under an Open agreement.

What Microsoft asks for stands in its product keys FAQ [M365-FAQ]: agreement, product with version and edition, the last
five characters of the key, the number of activations, the reason. The plan knows all but the agreement and the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from activation.rules.catalogue import Catalogue
from activation.rules.plan import KmsHostKey, Mak, Plan, PoolKey
from planner import wording

SOURCES = ("M365-FAQ",)
#: Who may ask, by the same source.
ROLE = "My role in the agreement: [Administrator, Key Administrator or Key Viewer]"


@dataclass(frozen=True, slots=True)
class Request:
    """One text to send. `slug` is the same for the same key."""

    slug: str
    title: str
    text: str


def requests(plan: Plan, catalogue: Catalogue) -> tuple[Request, ...]:
    """The requests that the plan makes necessary, in the order of its keys."""
    is_open = any(warning.code == "open-agreement" for warning in plan.warnings)
    return (
        *(_activations(mak, plan, catalogue) for mak in plan.maks if mak.to_request),
        *(_hosts(key, plan, catalogue) for key in plan.kms_host_keys if max(key.planned, key.used) > key.limit),
        *(_open_key(key, plan, catalogue) for key in plan.kms_host_keys if is_open and not key.used),
    )


def _activations(mak: Mak, plan: Plan, catalogue: Catalogue) -> Request:
    name = wording.key_name(mak.key, catalogue)
    unit = wording.unit(wording.application_of(mak.group, catalogue))
    reserve = f", and {mak.reserve:,} in reserve for repeated installations" if mak.reserve else ""
    more = "more " if mak.remaining else ""
    reason = (
        f"{wording.count(mak.computers, unit)} cannot use KMS or Active Directory{reserve}: "
        f"{wording.listing(_networks(mak))}. "
        f"Activations needed: {mak.activations:,}; left on the MAK: {mak.remaining:,}."
    )
    wanted = wording.count(mak.to_request, f"{more}activation")
    text = _text(f"Request: {wanted} of a MAK", plan, _products(mak.key, plan, catalogue), wanted, reason)
    return Request(f"mak-{mak.group}", f"{wanted} of the {name}", text)


def _networks(mak: Mak) -> Iterator[str]:
    for row in mak.networks:
        yield f"{row.network} ({row.computers:,}, {wording.VIAS[row.via]})"


def _hosts(key: KmsHostKey, plan: Plan, catalogue: Catalogue) -> Request:
    number = max(key.planned, key.used)
    pools = wording.listing(dict.fromkeys(host.pool for host in key.hosts))
    reason = f"The key is on {key.used:,} hosts by now; the plan has {key.planned:,}" + (
        f": {pools}." if pools else "."
    )
    wanted = f"activation on {number:,} KMS hosts instead of {key.limit}"
    products = _products(key.key, plan, catalogue)
    text = _text(f"Request: {wanted}", plan, products, f"{number - key.limit:,} more", reason)
    return Request(f"hosts-{key.key}", f"More than {key.limit} hosts: {wording.key_name(key.key, catalogue)}", text)


def _open_key(key: KmsHostKey, plan: Plan, catalogue: Catalogue) -> Request:
    reason = " ".join(_uses(key, plan, catalogue))
    name, products = wording.key_name(key.key, catalogue), _products(key.key, plan, catalogue)
    wanted = wording.count(key.planned, "host activation")
    text = _text(f"Request: a KMS host key under an Open agreement, {name}", plan, products, wanted, reason)
    return Request(f"open-{key.key}", f"KMS host key under an Open agreement: {name}", text)


def _uses(key: KmsHostKey, plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    counts = [_count(row) for row in plan.pools if row.key == key.key]
    if counts:
        yield f"KMS is to activate computers that meet its threshold: {wording.listing(counts)}."
    joined = sum(line.count for line in plan.computers if line.key == key.key and line.method == "adba")
    if joined:
        number = wording.count(joined, wording.unit(key.application))
        yield f"Active Directory is to activate {number} of the domain, which needs the same key."


def _count(row: PoolKey) -> str:
    needs = wording.listing(f"{met.needed} for {wording.FAMILIES[family]}" for family, met in row.thresholds.items())
    return f"{row.pool} counts {row.counted:,} (needed: {needs})"


def _products(key: str, plan: Plan, catalogue: Catalogue) -> str:
    names = dict.fromkeys(line.product for line in plan.computers if line.key == key)
    return wording.listing(wording.product_name(name, catalogue) for name in names)


def _text(subject: str, plan: Plan, products: str, wanted: str, reason: str) -> str:
    return "\n".join(
        (
            subject,
            "",
            f"Organisation: {plan.organisation or '[name of the organisation]'}",
            "Agreement or enrolment number, or licence ID and authorisation: [number]",
            f"Product, with version and edition: {products}",
            "Last five characters of the product key: [last five characters, or none yet]",
            f"Activations required: {wanted}",
            f"Reason: {reason}",
            ROLE,
        )
    )
