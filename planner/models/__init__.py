"""What the site keeps: organisations, their estates, plans, ledger and history."""

from planner.models.estates import TABLES, ComputerLine, Estate, EstateRow, HeldKey, LicenceLine, Network
from planner.models.history import Act, Change
from planner.models.imports import ImportSession, ImportState, PlaceRule, ProductAnswer
from planner.models.ledger import Reading
from planner.models.organisations import Invitation, Membership, Organisation, Role
from planner.models.plans import CatalogueUse, SavedPlan
from planner.models.tokens import Scope, Token
from planner.models.tries import Try

__all__ = [
    "TABLES",
    "Act",
    "CatalogueUse",
    "Change",
    "ComputerLine",
    "Estate",
    "EstateRow",
    "HeldKey",
    "ImportSession",
    "ImportState",
    "Invitation",
    "LicenceLine",
    "Membership",
    "Network",
    "Organisation",
    "PlaceRule",
    "ProductAnswer",
    "Reading",
    "Role",
    "SavedPlan",
    "Scope",
    "Token",
    "Try",
]
