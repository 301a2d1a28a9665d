"""Words for a product group in use whose support ends soon: on the page, in the text and in the CSV alike."""

from __future__ import annotations

from activation.rules.catalogue import Catalogue
from planner.support import GroupSupport
from planner.wording.names import group_name
from planner.wording.warnings import Words


def ending_words(row: GroupSupport, catalogue: Catalogue) -> Words:
    """It is said like a warning, though it is none of the plan's: the plan itself stays the same from day to day."""
    last = f"Its last support date is {row.support.ends}"
    paid = (
        f"; Extended Security Updates are sold until {row.support.updates_until}" if row.support.updates_until else ""
    )
    title = f"{group_name(row.group, catalogue)}: support ends within 12 months"
    return Words(title, f"{last}{paid}.", "Plan what replaces it.", "know")
