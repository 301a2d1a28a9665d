"""What a format is: the columns by which it is known, what they mean, and how to make such a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.imports.tally import Content


class Role(StrEnum):
    """What a column means. The first eight become `Said`, the next four `Where`."""

    SYSTEM = "system"
    VERSION = "version"
    BUILD = "build"
    SKU = "sku"
    PRODUCT_TYPE = "product_type"
    PRODUCT = "product"
    DESCRIPTION = "description"
    KEY_TYPE = "key_type"
    OU = "ou"
    SITE = "site"
    DOMAIN = "domain"
    NETWORK = "network"
    ENABLED = "enabled"
    LAST_LOGON = "last_logon"
    VIRTUAL = "virtual"
    NAME = "name"  #: of a computer: looked at for name patterns, kept nowhere
    KEY = "key"  #: a product key: its last five characters are kept
    REMAINING = "remaining"
    QUANTITY = "quantity"


#: Each role in words, in the order in which a form offers them.
ROLES = {
    Role.SYSTEM: "Operating system",
    Role.VERSION: "Version",
    Role.BUILD: "Build",
    Role.SKU: "SKU",
    Role.PRODUCT_TYPE: "Product type: client or server",
    Role.PRODUCT: "Product",
    Role.DESCRIPTION: "Description of the product",
    Role.QUANTITY: "Quantity",
    Role.NAME: "Computer name",
    Role.OU: "Organisational unit (OU)",
    Role.SITE: "Site",
    Role.DOMAIN: "Domain",
    Role.NETWORK: "Network",
    Role.ENABLED: "Account enabled",
    Role.LAST_LOGON: "Last logon",
    Role.VIRTUAL: "Virtual machine",
    Role.KEY_TYPE: "Type of key",
    Role.KEY: "Product key",
    Role.REMAINING: "Remaining activations",
}

#: Which column, by its number from 0, has the role. One column may have two: a distinguished name is OU and domain.
Columns = Mapping[Role, int]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is known.

    `columns`: role -> the headings that mean it, the first one that is there counts. `needs`: headings of which each
    must be there, in groups of which one is enough. `telling`: headings that no other format has.
    `command`: makes such a file, in PowerShell or on a console, one line. `sources`: documents for the column names.
    """

    slug: str
    name: str
    content: Content
    columns: Mapping[Role, tuple[str, ...]]
    needs: tuple[tuple[str, ...], ...]
    telling: tuple[str, ...] = ()
    command: str = ""
    hint: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which format a file has, what its columns mean, and why. `sure`: nothing else fits as well."""

    format: Format
    columns: Columns
    sure: bool
    reason: str
