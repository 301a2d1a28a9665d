"""Headings -> the format that has them, and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.imports.formats import (
    active_directory,
    admin_centre,
    configuration_manager,
    intune,
    licence_list,
    operating_system,
    other,
    own_estate,
    vamt,
)
from planner.imports.formats.format import Columns, Format, Recognised

#: In the order in which a form offers them. The most exacting of those that fit is taken.
FORMATS = {
    form.slug: form
    for form in (
        active_directory.FORMAT,
        operating_system.FORMAT,
        configuration_manager.FORMAT,
        intune.FORMAT,
        vamt.PRODUCTS,
        vamt.KEYS,
        admin_centre.FORMAT,
        licence_list.FORMAT,
        own_estate.FORMAT,
        other.FORMAT,
    )
}


def recognised(headings: Sequence[str]) -> Recognised:
    """The format of a table with these headings, in any case and order, with any others among them."""
    places = {folded(heading): number for number, heading in reversed(list(enumerate(headings)))}
    fitting = [form for form in FORMATS.values() if form.needs and _fits(form, places)]
    if not fitting:
        return Recognised(other.FORMAT, {}, False, "No format that is known has these columns.")
    ranked = sorted(fitting, key=lambda form: _rank(form, places), reverse=True)
    best, sure = ranked[0], len(ranked) == 1 or _rank(ranked[0], places)[0] > _rank(ranked[1], places)[0]
    found = columns_of(best, headings)
    names = ", ".join(headings[number] for number in dict.fromkeys(found.values()))
    return Recognised(best, found, sure, f"It has the columns {names}.")


def columns_of(form: Format, headings: Sequence[str]) -> Columns:
    """What the columns mean in the format."""
    places = {folded(heading): number for number, heading in reversed(list(enumerate(headings)))}
    found = {}
    for role, names in form.columns.items():
        number = next((places[folded(name)] for name in names if folded(name) in places), None)
        if number is not None:
            found[role] = number
    return found


def folded(heading: str) -> str:
    """Headings that mean the same are equal."""
    return re.sub(r"[\W_]+", "", heading.removeprefix("\ufeff")).casefold()


def _fits(form: Format, places: dict[str, int]) -> bool:
    return all(any(folded(name) in places for name in names) for names in form.needs)


def _rank(form: Format, places: dict[str, int]) -> tuple[int, int]:
    telling = sum(folded(name) in places for name in form.telling)
    return telling, sum(any(folded(name) in places for name in names) for names in form.columns.values())
