"""The formats of the API for its OpenAPI document; the rules read and write them. Fields: docs/formats.md"""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict


class Format(Schema):
    """An object without fields that are not named."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Settings(Format):
    evidence: Literal["all", "documented"] = "all"
    count_old_virtual: bool = False
    mak_reserve_percent: int = Field(0, ge=0, le=1000)


class Network(Format):
    name: str
    kms: bool = True
    kms_via: str | None = None
    microsoft: Literal["direct", "proxy"] = "direct"
    isolated: bool = False
    kms_host_systems: list[str] = Field([])
    active_directory: bool = False


class Computers(Format):
    network: str = ""
    product: str
    count: int = Field(ge=1, le=10_000_000)
    virtual: int = Field(0, ge=0, le=10_000_000)
    contact: Literal["regular", "rare", "none"] = "regular"
    activate: bool = True
    domain_joined: bool = False
    avma: int = Field(0, ge=0, le=10_000_000)


class Licences(Format):
    product: str
    quantity: int = Field(ge=0, le=10_000_000)


class HeldKey(Format):
    key: str
    remaining: int = Field(0, ge=0, le=10_000_000)
    hosts_used: int = Field(0, ge=0, le=10_000_000)


class Estate(Format):
    format: Literal["estate/1"]
    organisation: str = ""
    as_of: str = ""
    agreement: Literal["enterprise", "select", "open", "open-value", "campus", "spla"] | None = None
    settings: Settings = Field({})
    networks: list[Network] = Field([])
    computers: list[Computers] = Field([])
    licences: list[Licences] = Field([])
    keys: list[HeldKey] = Field([])


class Coded(Format):
    code: str
    params: dict[str, Any]
    sources: list[str]


class State(Format):
    version: str
    digest: str


class Host(Format):
    pool: str
    on: Literal["declared", "listed", "additional", "unknown"]
    product: str | None
    system: str | None
    update: str | None


class Activations(Format):
    planned: int
    used: int
    limit: int


class KmsHostKey(Format):
    key: str
    application: str
    use: list[str]
    activates: list[str]
    hosts: list[Host]
    activations: Activations
    reasons: list[Coded]


class MakNetwork(Format):
    network: str
    computers: int
    via: Literal["independent", "proxy"]


class Mak(Format):
    group: str
    key: str | None
    computers: int
    reserve: int
    activations: int
    remaining: int
    to_request: int
    networks: list[MakNetwork]
    reasons: list[Coded]


class PlannedComputers(Format):
    network: str
    product: str
    group: str | None
    count: int
    method: str
    key: str | None
    reasons: list[Coded]


class Threshold(Format):
    needed: int
    met: bool


class Pool(Format):
    pool: str
    networks: list[str]
    application: str
    key: str
    on_kms: int
    counted: int
    hosts: int
    thresholds: dict[str, Threshold]


class LicencesNeeded(Format):
    product: str
    computers: int
    licences: int
    shortfall: int


class Plan(Format):
    format: Literal["plan/1"]
    organisation: str
    as_of: str
    catalogue: State
    covering_keys: list[str]
    kms_host_keys: list[KmsHostKey]
    maks: list[Mak]
    computers: list[PlannedComputers]
    pools: list[Pool]
    worksheets: dict[str, dict[str, int]]
    licences: list[LicencesNeeded]
    warnings: list[Coded]


class SavedPlan(Format):
    number: int
    name: str
    note: str
    saved: str
    by: str
    catalogue: str


class SavedPlans(Format):
    plans: list[SavedPlan]


class Named(Format):
    slug: str
    name: str


class Product(Named):
    group: str | None


class Key(Named):
    type: Literal["kms", "mak"]
    group: str


class Catalogue(Format):
    format: Literal["catalogue/1"]
    version: str
    digest: str
    products: list[Product]
    groups: list[Named]
    keys: list[Key]


class Mistake(Format):
    path: str
    message: str


class Problem(Format):
    type: str
    title: str
    status: int
    detail: str
    request: str
    errors: list[Mistake] = Field([])
