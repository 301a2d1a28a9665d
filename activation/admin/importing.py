"""A file that waits: what it would change, and its import or its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from activation.admin.acts import NO_REASON, effect_of, frame, last_reasons, page, reason_of
from activation.admin.exchange import may_import, require, show
from activation.admin.words import FieldWords, effect_words, field_words
from activation.exchange import pending
from activation.exchange.comparing import Difference, Row, Side, outcome
from activation.exchange.importing import NoRoomError, Preview, StaleError, UndecidedError, preview, run
from activation.exchange.uploaded import Uploaded
from activation.exchange.writing import CannotWriteError
from activation.findings import text_of
from activation.models.history import MESSAGE_LENGTH
from activation.tables import read_tables

SHOWN = 500  #: rows of one heading
GONE = "This file no longer waits: it was imported or dropped, or a day has passed. Choose it again."
STALE = "The catalogue has changed since this comparison. Nothing was imported. Here it is compared as it is now."
FULL = "The disk is full. Nothing was imported. Make room and import again: the file still waits."
HEADINGS = (
    ("add", "Added", "In the file and not here."),
    ("update", "Changed", "Here as the file was exported, and changed in the file."),
    ("remove", "Removed", "Here as the file was exported, and no longer in the file."),
    ("kept", "Kept as here", "Only changed here: the file has nothing new to say. These rows stay."),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row on the page. `here` and `file` name the sides of a choice; `chosen` is one of them or ""."""

    name: str
    title: str
    difference: Difference
    fields: tuple[FieldWords, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows with the same fate; `more` are not shown."""

    slug: str
    heading: str
    help: str
    count: int
    rows: Sequence[Shown]
    more: int


@page("change_key")
def importing(request: HttpRequest, token: UUID) -> HttpResponse:
    """The preview of an import; on POST its confirmation, or its end."""
    require(may_import(request))
    try:
        uploaded = pending.find(token, request.user)
        if request.method != "POST":
            return _show(request, token, uploaded)
        return _drop(request, token) if "drop" in request.POST else _confirm(request, token, uploaded)
    except pending.GoneError:
        return show(request, [GONE], status=404)


def _drop(request: HttpRequest, token: UUID) -> HttpResponse:
    pending.drop(token, request.user)
    messages.success(request, "The file was dropped. Nothing was imported.")
    return redirect("catalogue-exchange")


def _confirm(request: HttpRequest, token: UUID, uploaded: Uploaded) -> HttpResponse:
    """Everything or nothing: the file is imported and waits no longer, or stays and is shown again."""
    reason = reason_of(request)
    if not reason or len(reason) > MESSAGE_LENGTH:
        return _show(request, token, uploaded, [("id_reason", NO_REASON)], status=422)
    chosen = choices(request, preview(uploaded).to_decide)
    try:
        with transaction.atomic():
            pending.drop(token, request.user)
            act = run(uploaded, request.POST.get("seen", ""), chosen, request.user, reason)
    except StaleError:
        return _show(request, token, uploaded, [("comparison", STALE)], status=409)
    except UndecidedError as error:
        wrong = [(anchor(row), f"Choose which {title(row)} stands.") for row in error.rows]
        return _show(request, token, uploaded, wrong, status=422)
    except CannotWriteError as error:
        wrong = [("comparison", text_of(problem)) for problem in error.problems]
        return _show(request, token, uploaded, wrong, status=422)
    except NoRoomError:
        return _show(request, token, uploaded, [("comparison", FULL)], status=507)
    if act.change_set is None:
        messages.success(request, "Nothing was changed: everything stays as it is here.")
        return redirect("catalogue-exchange")
    messages.success(request, f"Imported {uploaded.name}. This is the change; it can be taken back.")
    return redirect("admin:activation_changeset_change", act.change_set.pk)


def choices(request: HttpRequest, rows: list[Difference]) -> dict[Row, Side]:
    """Which side was chosen for each of these rows, by itself or for all."""
    sides: dict[str, Side] = {"file": "file", "here": "here"}
    rest = sides.get(request.POST.get("rest", ""))
    found = {row.row: sides.get(request.POST.get(anchor(row), "")) or rest for row in rows}
    return {row: side for row, side in found.items() if side}


def anchor(row: Difference) -> str:
    """The name of a row's choice in the form, and its place on the page."""
    return f"{row.kind}:{row.identity}"


def title(row: Difference) -> str:
    """A row for people: `Product windows-7-enterprise (Windows 7 Enterprise)`."""
    return f"{row.word[:1].upper()}{row.word[1:]} {row.name}"


def shown(row: Difference, chosen: str = "") -> Shown:
    """A row as the page shows it."""
    return Shown(anchor(row), title(row), row, field_words(row.kind, row.fields), chosen)


def _show(
    request: HttpRequest, token: UUID, uploaded: Uploaded, wrong: Sequence[tuple[str, str]] = (), status: int = 200
) -> HttpResponse:
    """The comparison, with what is wrong with a confirmation."""
    chosen = choices(request, preview(uploaded).to_decide) if request.method == "POST" else {}
    found = preview(uploaded, chosen)
    context: dict[str, Any] = {
        "token": token,
        "uploaded": uploaded,
        "preview": found,
        "sections": [_section(found, *heading) for heading in HEADINGS],
        "conflicts": [shown(row, chosen.get(row.row, "")) for row in found.to_decide[:SHOWN]],
        "more_conflicts": max(0, len(found.to_decide) - SHOWN),
        "problems": [text_of(problem) for problem in found.problems],
        "effect": None if found.problems else _effect(found, chosen),
        "wrong": wrong,
        "reason": reason_of(request),
        "reasons": last_reasons(request),
    }
    framed = frame(request, f"Import {uploaded.name}", **context)
    return TemplateResponse(request, "admin/activation/import.html", dict(framed), status=status)


def _section(found: Preview, verdict: str, heading: str, help: str) -> Section:
    rows = found.of(verdict)
    return Section(verdict, heading, help, len(rows), [shown(row) for row in rows[:SHOWN]], max(0, len(rows) - SHOWN))


def _effect(found: Preview, chosen: dict[Row, Side]) -> Any:
    before = read_tables()[0]
    return effect_words(effect_of(before, outcome(before, found.differences, chosen)))
