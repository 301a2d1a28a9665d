"""What the buttons of the form do to what was typed: add a row, remove a row. They work without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from planner.forms.rows import row_numbers

#: Rows of computers on one page. Six fields each stay below the number of fields that a request may have.
MOST_LINES = 120
TOO_MANY = "This page holds {most} lines. For more, add them to the estate file and plan it on the command line."
_ADD = {"line": "c", "licence": "l", "key": "k"}
_FIRST_FIELD = {"c": "product", "l": "product", "k": "key", "n": "name"}
_ACT = re.compile(r"(?P<verb>add|remove)-(?P<what>[a-z]+?)-?(?P<number>[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Done:
    """The fields after an act, the id of the field to go to, what to say about it, and the fields before a removal."""

    typed: Mapping[str, str]
    acted: bool = True
    focus: str = ""
    said: str = ""
    before: Mapping[str, str] | None = None


def typed_in(query: QueryDict) -> dict[str, str]:
    """Field -> text. A field sent several times counts once, its last text; machines are the exception: all of them."""
    return {
        name: ",".join(filter(None, query.getlist(name))) if name.endswith("-host") else str(query.get(name, ""))
        for name in query
    }


def act(typed: Mapping[str, str], do: str) -> Done:
    """What was typed after the button `do` (`add-line-2`, `remove-c3`). An unknown button does nothing."""
    match = _ACT.fullmatch(do)
    if match is None:
        return Done(typed, acted=False)
    verb, what, number = match["verb"], match["what"], match["number"] or ""
    if verb == "remove":
        return _remove(typed, what, number)
    if what == "network":
        return _add_network(typed)
    if what == "host":
        field = f"n{number}-host"
        return Done({**typed, field: typed.get(field, "") + ","}, focus=field)
    return _add(typed, _ADD.get(what, "c"), number)


def _next(typed: Mapping[str, str], letter: str) -> int:
    shown_first = letter in "cn"  # the first row of these is on the page before anything was typed
    return max(row_numbers(typed, letter), default=1 if shown_first else 0) + 1


def _add(typed: Mapping[str, str], letter: str, network: str) -> Done:
    if letter == "c" and len(row_numbers(typed, "c")) >= MOST_LINES:
        return Done(typed, focus="show", said=TOO_MANY.format(most=MOST_LINES))
    number = _next(typed, letter)
    first = f"{letter}{number}-{_FIRST_FIELD[letter]}"
    on = {f"c{number}-network": network} if letter == "c" and network not in ("", "1") else {}
    return Done({**typed, first: "", **on}, focus=first)


def _add_network(typed: Mapping[str, str]) -> Done:
    number = _next(typed, "n")
    name = f"n{number}-name"
    with_line = _add({**typed, name: f"Network {number}"}, "c", str(number))
    return Done(with_line.typed, focus=name, said=with_line.said)


def _remove(typed: Mapping[str, str], letter: str, number: str) -> Done:
    gone = {f"{letter}{number}-"}
    if letter == "n":
        on_it = [name for name, text in typed.items() if text == number and name.endswith("-network")]
        gone |= {name.removesuffix("network") for name in on_it}
    left = {
        name: text
        for name, text in typed.items()
        if not name.startswith(tuple(gone)) and not (letter == "n" and name.endswith("-kms") and text == f"via{number}")
    }
    rows = row_numbers(left, letter)
    focus = f"{letter}{rows[-1]}-{_FIRST_FIELD[letter]}" if rows else "show"
    said = "Network and its lines removed." if letter == "n" else "Line removed."
    return Done(left, focus=focus, said=said, before=typed)
