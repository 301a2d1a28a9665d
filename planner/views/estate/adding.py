"""Many lines added at once: typed row by row, and pasted from a spreadsheet or sent as a file. All of them or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from activation.exchange.upload_limit import SizeLimit
from planner.access import Here, member
from planner.forms.lines import LineForm, blank_row, typed_in
from planner.forms.mistakes import Mistake
from planner.forms.pasting import Pasted, pasted
from planner.forms.reading import Around, Read, read
from planner.forms.sent_file import Sent, rows_sent, watched
from planner.lines import add
from planner.models import Role
from planner.recording import DoneAlreadyError, recorded, refuse_again
from planner.tables import Table
from planner.views.estate.place import Place, place
from planner.views.estate.rows import page_context
from planner.wording import count

FIRST = 3  #: rows to type in at first
MORE = 5
MOST = 50  #: rows on one page: more are pasted
MOST_TOLD = 50  #: mistakes in the summary


@dataclass
class Typed:
    """What was sent: rows typed, text pasted or of a file, and what is to be mended."""

    forms: list[LineForm]
    text: str = ""
    once: str = field(default_factory=lambda: uuid4().hex)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def at_text(self) -> bool:
        return any(mistake.field == "text" for mistake in self.mistakes)

    @property
    def at_file(self) -> bool:
        return any(mistake.field == "file" for mistake in self.mistakes)

    @property
    def told(self) -> list[Mistake]:
        return self.mistakes[:MOST_TOLD]

    @property
    def untold(self) -> int:
        return len(self.mistakes) - len(self.told)


@csrf_exempt  # not really: `_lines` asks for the token, once the watch over the size of a file has begun
def lines(request: HttpRequest, **address: Any) -> HttpResponseBase:
    """The form, and the lines added."""
    return _lines(request, limit=watched(request), **address)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@gzip_page
@member(reads=Role.EDITOR)
def _lines(
    request: HttpRequest, here: Here, table: Table, limit: SizeLimit, scenario: int | None = None
) -> HttpResponse:
    at = place(request, here, table, scenario)
    sent = rows_sent(request, limit)
    if request.method != "POST":
        typed = _typed(request, at, sent, FIRST)
        typed.forms[0].entries[0].field.focus = True
        return _page(request, at, typed)
    if request.POST.get("do") == "more":
        return _with_more(request, at, sent)
    try:
        return _add(request, at, sent)
    except DoneAlreadyError as before:
        return at.leave(before.act)
    except IntegrityError:  # somebody added the same at the same moment: what is read again tells it
        return _add(request, at, sent)


def _add(request: HttpRequest, at: Place, sent: Sent) -> HttpResponse:
    typed = _typed(request, at, sent, 0)
    refuse_again(at.here, typed.once)  # before it is read: what it added would be told as there already
    filled = [form for form in typed.forms if not form.is_blank()]
    sheet = pasted(typed.text, at.table)
    rows = [form.typed for form in filled] + [row for _, row in sheet.rows]
    result = read(at.table, rows, Around(at.estate, at.catalogue, [None] * len(rows)))
    typed.mistakes = _mistakes(result, filled, sheet, at)
    if sent.problem:
        typed.mistakes.append(Mistake("file", "File", sent.problem))
    if not rows and not typed.mistakes:
        typed.mistakes = [Mistake("r1-" + at.table.columns[0].name, "Row 1", "Enter at least one row.")]
    if typed.mistakes:
        return _page(request, at, typed, status=422)
    what = f"Added {count(len(rows), at.table.one, at.table.many)}"
    with recorded(at.here, _of(what, at), once=typed.once) as act:
        add(act, at.table, at.estate, result.values)
    return at.leave(act.made)


def _of(what: str, at: Place) -> str:
    """`Added 2 lines of computers`."""
    return what + (f" of {at.table.title.lower()}" if at.table.one == "line" else "")


def _with_more(request: HttpRequest, at: Place, sent: Sent) -> HttpResponse:
    typed = _typed(request, at, sent, MORE)
    new = typed.forms[-MORE] if len(typed.forms) > MORE else typed.forms[-1]
    new.entries[0].field.focus = True
    return _page(request, at, typed)


def _typed(request: HttpRequest, at: Place, sent: Sent, more: int) -> Typed:
    """The rows as they were sent, and blank ones after them."""
    post, first = request.POST, f"-{at.table.columns[0].name}"
    said = post.get("rows", "0")
    most = min(int(said), MOST) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    numbers = [number for number in range(1, most + 1) if f"r{number}{first}" in post]
    rows = [typed_in(post, at.table.columns, f"r{number}-") for number in numbers]
    rows += [blank_row(at.table) for _ in range(max(0 if rows else 1, min(more, MOST - len(rows))))]
    forms = [LineForm(at.table, row, at.offers, f"r{number}-") for number, row in enumerate(rows, 1)]
    for number, form in enumerate(forms, 1):
        form.title = f"Row {number}"
    once = post.get("once", "")
    return Typed(forms, sent.text, once if once.isalnum() and len(once) == 32 else uuid4().hex)


def _mistakes(result: Read, filled: list[LineForm], sheet: Pasted, at: Place) -> list[Mistake]:
    """Each beside its field or at the pasted text, with its row and column."""
    found = []
    for wrong in result.wrong:
        column = at.table.column(wrong.field)
        label = column.label if column else wrong.field
        if wrong.row < len(filled):
            form = filled[wrong.row]
            shown = form.entry(wrong.field).field
            shown.mistake = f"{shown.mistake} {wrong.words}".lstrip()
            found.append(Mistake(shown.id, f"{form.title}, {label}", wrong.words))
        else:
            line = sheet.rows[wrong.row - len(filled)][0]
            found.append(Mistake("text", f"Pasted row {line}, {label}", wrong.words))
    return found + [Mistake("text", f"Pasted row {line or 1}", words) for line, words in sheet.wrong]


def _page(request: HttpRequest, at: Place, typed: Typed, status: int = 200) -> HttpResponse:
    context = page_context(at) | {"typed": typed, "most": MOST}
    return render(request, "organisation/estate/add.html", context, status=status)
