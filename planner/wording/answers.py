"""The answer in sentences: what to install where, what it activates, what else is needed."""

from __future__ import annotations

from activation.rules.catalogue import Catalogue
from activation.rules.plan import Plan


def answer(plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """The answer, the most important sentence first. Never empty."""
    return ("Nothing here needs a key.",)
