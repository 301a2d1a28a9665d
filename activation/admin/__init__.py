"""The catalogue in Django's admin: what is edited, each edit as one act of the history with its reason."""

from activation.admin.history import ChangeSetAdmin, RowChangeAdmin
from activation.admin.keys import CoverageAdmin, HostOptionAdmin, KeyAdmin
from activation.admin.products import HostSystemAdmin, ProductAdmin, ProductGroupAdmin, SourceAdmin
from activation.admin.statements import DisputeAdmin, RuleAdmin, SupportDateAdmin

__all__ = [
    "ChangeSetAdmin",
    "CoverageAdmin",
    "DisputeAdmin",
    "HostOptionAdmin",
    "HostSystemAdmin",
    "KeyAdmin",
    "ProductAdmin",
    "ProductGroupAdmin",
    "RowChangeAdmin",
    "RuleAdmin",
    "SourceAdmin",
    "SupportDateAdmin",
]
