"""What the buttons of the form do to what was typed: add a row, remove a row. They work without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict

from activation.rules.interchange import without_keys
from planner.forms.rows import fields_sent, numbers_by_letter, shown_numbers

#: Fields that a page may send. The button that is pressed and the token against forged requests are two more.
MOST_FIELDS = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - 2
FULL = "This page is full. For more, download the estate, add to the file and plan it on the command line."
_FIRST_FIELD = {"c": "product", "l": "product", "k": "key", "n": "name"}
_NUMBER = "[1-9][0-9]{0,4}"
_ACT = re.compile(
    rf"add-(?P<new>licence|key|network)|add-(?P<inside>line|host)-(?P<network>{_NUMBER})"
    rf"|remove-(?P<letter>[clkn])(?P<number>{_NUMBER})|(?P<restore>restore)"
)


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
        name: without_keys(",".join(filter(None, texts)) if name.endswith("-host") else texts[-1])
        for name, texts in query.lists()
    }


def act(typed: Mapping[str, str], do: str) -> Done:
    """What was typed after the button `do` (`add-line-2`, `remove-c3`). A button that no page has does nothing.

    `restore` stands on no button: a browser that kept an estate asks so for the whole form.
    """
    match = _ACT.fullmatch(do)
    if match is None:
        return Done(typed, acted=False)
    done = _removed(typed, match["letter"], match["number"]) if match["letter"] else _added(typed, match)
    return done if fields_sent(done.typed) <= MOST_FIELDS else Done(typed, focus="show", said=FULL)


def _added(typed: Mapping[str, str], match: re.Match[str]) -> Done:
    if match["restore"]:
        return Done(typed)
    if match["new"]:
        return _add_network(typed) if match["new"] == "network" else _add(typed, match["new"][0])
    if int(match["network"]) not in shown_numbers(typed)["n"]:
        return Done(typed, acted=False)
    if match["inside"] == "line":
        return _add(typed, "c", match["network"])
    field = f"n{match['network']}-host"
    return Done({**typed, field: typed.get(field, "") + ","}, focus=field)


def _removed(typed: Mapping[str, str], letter: str, number: str) -> Done:
    if int(number) not in shown_numbers(typed)[letter]:
        return Done(typed, acted=False)
    return _remove_network(typed, number) if letter == "n" else _remove(typed, letter, number)


def _add(typed: Mapping[str, str], letter: str, network: str = "1") -> Done:
    number = max(shown_numbers(typed)[letter], default=0) + 1
    first = f"{letter}{number}-{_FIRST_FIELD[letter]}"
    on = {f"c{number}-network": network} if network != "1" else {}
    return Done({**typed, first: "", **on}, focus=first)


def _add_network(typed: Mapping[str, str]) -> Done:
    number = max(shown_numbers(typed)["n"]) + 1
    name = f"n{number}-name"
    with_line = _add({**typed, name: f"Network {number}"}, "c", str(number))
    return Done(with_line.typed, focus=name)


def _remove(typed: Mapping[str, str], letter: str, number: str) -> Done:
    left = _without_rows(typed, {f"{letter}{number}-"})
    rows = shown_numbers(left)[letter]
    nearest = next((row for row in rows if row > int(number)), rows[-1] if rows else 0)
    focus = f"{letter}{nearest}-{_FIRST_FIELD[letter]}" if rows else "show"
    return Done(left, focus=focus, said="Line removed.", before=typed)


def _remove_network(typed: Mapping[str, str], number: str) -> Done:
    """With its lines, and with what other networks say of the way through it."""
    lines = shown_numbers(typed)["c"]
    gone = {f"c{line}-" for line in lines if typed.get(f"c{line}-network", "1") == number}
    left = _without_rows(typed, gone | {f"n{number}-"})
    left = {name: text for name, text in left.items() if not (name.endswith("-kms") and text == f"via{number}")}
    if number == "1":
        left = _made_first(left)
    return Done(left, focus="show", said="Network and its lines removed.", before=typed)


def _made_first(typed: dict[str, str]) -> dict[str, str]:
    """The next network takes the number 1: a form always has a first network, also where its fields are left out."""
    number = min(numbers_by_letter(typed)["n"], default=1)
    new_text = {"-network": {str(number): "1"}, "-kms": {f"via{number}": "via1"}}
    found = {}
    for name, text in typed.items():
        kind = name[name.rfind("-") :]
        new_name = f"n1-{name.removeprefix(f'n{number}-')}" if name.startswith(f"n{number}-") else name
        found[new_name] = new_text.get(kind, {}).get(text, text)
    return found


def _without_rows(typed: Mapping[str, str], prefixes: set[str]) -> dict[str, str]:
    return {name: text for name, text in typed.items() if not name.startswith(tuple(prefixes))}
