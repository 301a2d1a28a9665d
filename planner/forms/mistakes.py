"""What is to be mended in the form: what its lists do not offer, and the errors of its document, each at its field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from activation.rules.interchange import EstateError
from planner.forms.estate import EstateForm
from planner.forms.rows import Field, Row

#: Fields of estate/1 -> the field of the form that asks for them, where the names differ.
FIELDS = {
    "kms_via": "kms",
    "kms_host_systems": "host",
    "active_directory": "ad",
    "domain_joined": "joined",
    "remaining": "used",
    "hosts_used": "used",
    "as_of": "day",
    "mak_reserve_percent": "reserve",
    "count_old_virtual": "oldvirtual",
}
#: What to say at a field that was left empty, where the format speaks of what stands in a file.
ASKED = {"product": "Enter a product.", "key": "Choose a key. Never enter the key itself."}
_PATH = re.compile(r"(?P<part>\w+)(?:\[(?P<index>\d+)\])?(?:\.(?P<field>\w+))?")
#: A number written as text is told so in the words of JSON; in a form nothing stands in quotes.
_NOT_FOR_A_FORM = (" without quotes", " in digits only")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is to be mended: the id of the field, where it is in words, and what would be right."""

    field: str
    place: str
    words: str


def mistakes(form: EstateForm, errors: Iterable[EstateError]) -> list[Mistake]:
    """What the lists and boxes do not offer and the `errors` of the form's document, in the order of the form."""
    found = [_mistake(row, field, field.outside) for row in form.rows for field in row if field.outside]
    told = {mistake.field for mistake in found}
    for error in errors:
        row, field = _place(form, error.path)
        if field.id not in told:
            found.append(_mistake(row, field, _words(form, field, error)))
    order = [field.id for row in form.rows for field in row]
    return sorted(found, key=lambda mistake: order.index(mistake.field))


def show(form: EstateForm, found: Iterable[Mistake]) -> None:
    """Put each mistake beside its field."""
    fields = {field.id: field for row in form.rows for field in row}
    for mistake in found:
        field = fields[mistake.field]
        field.mistake = f"{field.mistake} {mistake.words}".lstrip()


def _mistake(row: Row, field: Field, words: str) -> Mistake:
    place = f"{row.title}, {_inside_a_sentence(field.label)}" if row.title else field.label
    return Mistake(field.id, place, words)


def _place(form: EstateForm, path: str) -> tuple[Row, Field]:
    """The row and the field that an error's path speaks of."""
    match = _PATH.match(path)
    part, index, name = (match["part"], match["index"], match["field"]) if match else ("", None, None)
    name = FIELDS.get(name or part, name or part)
    row: Row = form.settings
    if index is not None:
        row = form.kept(part)[int(index)]
    elif part == "networks":
        row, name = form.networks[-1], "name"
    elif name not in row.fields:
        row, name = form.lines[0], "product"
    return row, row.fields.get(name) or next(iter(row))


def _words(form: EstateForm, field: Field, error: EstateError) -> str:
    asked = ASKED.get(error.path.rpartition(".")[2])
    if asked and not field.text:
        return asked
    key = form.catalogue.keys.get(field.text)
    return error.message.replace(field.text, key.name) if key else error.message.replace(*_NOT_FOR_A_FORM)


def _inside_a_sentence(label: str) -> str:
    """Its first letter small, unless an abbreviation or a name stands there."""
    named = label[1:2].isupper() or label.startswith("Active Directory")
    return label if named else label[:1].lower() + label[1:]
