"""What an inventory says of one installed or licensed product, and the answer which product that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from activation.rules.plan import Param

Outcome = Literal["product", "ambiguous", "outside", "unknown"]
Sureness = Literal["certain", "likely", ""]

#: Codes of reasons, with the names of their params. `seen` is text of the file, cut; `version` is a kernel or build.
REASONS: Mapping[str, tuple[str, ...]] = {
    "name": ("product",),
    "name-version": ("product", "version"),
    "other-order": ("product",),
    "translated": ("product", "seen"),
    "product-id": ("product", "seen"),
    "edition-version": ("product", "seen", "version"),
    "sku-version": ("product", "sku", "version"),
    "several": ("seen", "products"),
    "several-builds": ("seen", "products"),
    "contradiction": ("seen", "version", "products"),
    "other-type": ("seen", "family", "products"),
    "no-volume": ("product",),
    "retail-edition": ("seen",),
    "subscription": ("seen",),
    "other-system": ("seen", "system"),
    "other-windows": ("seen", "system"),
    "empty": (),
    "not-known": ("seen",),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The texts of a row that tell its product, as they stand in the file; empty where the file does not say.

    `version` holds a version, a build or both: `10.0.17763`, `10.0 (17763)`, `17763`, `6.1`. `product_type` is that of
    Win32_OperatingSystem (1, 2, 3). `sku` is an OperatingSystemSKU or an edition in words, as in Intune's SkuFamily.
    """

    name: str = ""
    version: str = ""
    product_type: str = ""
    sku: str = ""
    product_id: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the answer is as it is: a code of `REASONS` and its params."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """The answer. `product` is set when the outcome is `product`, and where a product of no group is `outside`.

    `candidates` are slugs to choose from, the likeliest first: set when the outcome is `ambiguous`. `sure` is empty
    without a product.
    """

    outcome: Outcome
    reason: Reason
    product: str | None = None
    candidates: tuple[str, ...] = ()
    sure: Sureness = ""
