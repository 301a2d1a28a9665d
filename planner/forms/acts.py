"""What the buttons of the form do to what was typed: add a row, remove a row. They work without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from activation.rules.interchange import without_keys
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
    """Field -> text. A field sent several times counts once, its last text; machines are the exception: all of them.

    Product keys are cut as they are read, so that no page, address or download repeats one.
    """
    return {
        name: without_keys(
            ",".join(filter(None, query.getlist(name))) if name.endswith("-host") else str(query.get(name, ""))
        )
        for name in query
    }


def act(typed: Mapping[str, str], do: str) -> Done:
    """What was typed after the button `do` (`add-line-2`, `remove-c3`). An unknown button does nothing."""
    match = _ACT.fullmatch(do)
    if match is None:
        return Done(typed, acted=False)
    verb, what, number = match["verb"], match["what"], match["number"] or ""
    if verb == "remove":
        return _removed(typed, what, number)
    if what == "network":
        return _add_network(typed)
    if what == "host":
        field = f"n{number}-host"
        return Done({**typed, field: typed.get(field, "") + ","}, focus=field)
    return _add(typed, _ADD.get(what, "c"), number)


def _removed(typed: Mapping[str, str], letter: str, number: str) -> Done:
    if not number or letter not in _FIRST_FIELD:
        return Done(typed, acted=False)
    return _remove_network(typed, number) if letter == "n" else _remove(typed, letter, number)


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
    left = _without_rows(typed, {f"{letter}{number}-"})
    rows = row_numbers(left, letter)
    nearest = next((row for row in rows if row > int(number)), rows[-1] if rows else 0)
    focus = f"{letter}{nearest}-{_FIRST_FIELD[letter]}" if rows else "show"
    return Done(left, focus=focus, said="Line removed.", before=typed)


def _remove_network(typed: Mapping[str, str], number: str) -> Done:
    """With its lines, and with what other networks say of the way through it."""
    lines = row_numbers(typed, "c")
    gone = {f"c{line}-" for line in lines if typed.get(f"c{line}-network", "1") == number}
    left = _without_rows(typed, gone | {f"n{number}-"})
    left = {name: text for name, text in left.items() if not (name.endswith("-kms") and text == f"via{number}")}
    if number == "1":
        left = _made_first(left)
    return Done(left, focus="show", said="Network and its lines removed.", before=typed)


def _made_first(typed: dict[str, str]) -> dict[str, str]:
    """The next network takes the number 1: a form always has a first network, also where its fields are left out."""
    number = next(iter(row_numbers(typed, "n")), 1)
    new_text = {"-network": {str(number): "1"}, "-kms": {f"via{number}": "via1"}}
    found = {}
    for name, text in typed.items():
        kind = name[name.rfind("-") :]
        new_name = f"n1-{name.removeprefix(f'n{number}-')}" if name.startswith(f"n{number}-") else name
        found[new_name] = new_text.get(kind, {}).get(text, text)
    return found


def _without_rows(typed: Mapping[str, str], prefixes: set[str]) -> dict[str, str]:
    return {name: text for name, text in typed.items() if not name.startswith(tuple(prefixes))}
