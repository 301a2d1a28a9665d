"""Two people at once: whoever saves or deletes a row that has changed since the page showed it is told first.

A page carries the number of the latest change when it was opened. Acts come one after the other, each sees those before
it, so what is newer than that number is what the page did not show.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone

from activation.history import changed_since, latest_mark
from activation.models import CatalogueRow, RowChange
from activation.tables import identity_of

LONGEST = 18  #: digits of a number that a database can compare


def open_page(request: HttpRequest) -> None:
    """Note what the page shows, before anything of it is read. A form that is shown again stays as old as it was."""
    request.opened = _opened(request) or latest_mark()


def faster(request: HttpRequest, rows: Sequence[CatalogueRow]) -> RowChange | None:
    """The latest change of these rows that the page did not show. The page that tells it counts as one that shows it.

    A page that does not say when it was opened has shown nothing.
    """
    found = changed_since(_opened(request), rows[0].kind, [identity_of(row) for row in rows]) if rows else None
    if found:
        request.opened = latest_mark()
    return found


def faster_words(change: RowChange) -> str:
    """Who was faster, when and why."""
    act = change.change_set
    what = "deleted" if change.after is None else "changed"
    who, why = act.user_name or "Someone", f" ({act.message})" if act.message else ""
    return f"{who} {what} {change} at {timezone.localtime(act.at):%H:%M on %Y-%m-%d}, after you opened it{why}."


def _opened(request: HttpRequest) -> int:
    sent = request.POST.get("opened", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= LONGEST else 0
