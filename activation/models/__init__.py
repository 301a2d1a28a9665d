"""The catalogue as tables: what the data files hold, and what administrators make of it.

Each model of a catalogue row has the fields of its kind in `activation.rows`. Its history is in `ChangeSet` and
`RowChange`, every state that there has been in `CatalogueSnapshot`.
"""

from activation.models.base import CatalogueRow
from activation.models.history import ChangeSet, RowChange
from activation.models.imports import PendingImport
from activation.models.keys import Coverage, HostOption, Key
from activation.models.products import HostSystem, Product, ProductGroup, Source
from activation.models.state import CatalogueSnapshot, CatalogueState, ShippedRow
from activation.models.statements import Dispute, Rule, SupportDate

__all__ = [
    "CatalogueRow",
    "CatalogueSnapshot",
    "CatalogueState",
    "ChangeSet",
    "Coverage",
    "Dispute",
    "HostOption",
    "HostSystem",
    "Key",
    "PendingImport",
    "Product",
    "ProductGroup",
    "RowChange",
    "Rule",
    "ShippedRow",
    "Source",
    "SupportDate",
]
