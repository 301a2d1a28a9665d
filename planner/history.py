"""Which acts of an organisation's history are asked for, and the history as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from activation.rules.catalogue import Catalogue
from planner.access import Here
from planner.changes import told
from planner.exports.tables import BOM, csv_text
from planner.models import Act, Change

HEADER = ("time", "person", "act", "note", "request", "what", "row", "field", "before", "after")
AT_ONCE = 500  #: changes read at once for a file


def acts_asked(here: Here, asked: dict[str, Any]) -> QuerySet[Act]:
    """The acts of the organisation, newest first. `asked`: `kind`, `row`, `person`, `day`; what is empty asks nothing.

    A row is named together with its kind.
    """
    acts = here.organisation.acts.all()
    if asked.get("kind"):
        changes = here.organisation.acts.all().changes().filter(kind=asked["kind"])
        if asked.get("row"):
            changes = changes.filter(row=asked["row"])
        acts = acts.filter(pk__in=changes.order_by().values("act"))
    if asked.get("person"):
        acts = acts.filter(person_name=asked["person"])
    if asked.get("day"):
        start = timezone.make_aware(datetime.combine(asked["day"], time.min))
        end = timezone.make_aware(datetime.combine(asked["day"] + timedelta(days=1), time.min))
        acts = acts.filter(at__gte=start, at__lt=end)
    return acts


def people(here: Here) -> list[str]:
    """Who did something here, by name; some may be members no more."""
    return list(here.organisation.acts.order_by("person_name").values_list("person_name", flat=True).distinct())


def as_csv(changes: QuerySet[Change], catalogue: Catalogue) -> Iterator[str]:
    """The changes as CSV, one line for each field, in the words of the pages. No cell runs as a formula."""
    yield BOM + csv_text([HEADER])
    for change in changes.iterator(AT_ONCE):
        yield csv_text(_csv_rows(change, catalogue))


def _csv_rows(change: Change, catalogue: Catalogue) -> Iterable[tuple[str, ...]]:
    act, seen = change.act, told(change, catalogue)
    start = (_moment(act), act.person_name, act.what, act.note, act.request_id, seen.verb, seen.title)
    return [(*start, each.label, each.before, each.after) for each in seen.fields] or [(*start, "", "", "")]


def as_json_lines(changes: QuerySet[Change]) -> Iterator[str]:
    """The changes as JSON, one object on each line, with the rows as the history keeps them: by slug and id."""
    for change in changes.iterator(AT_ONCE):
        yield json.dumps(_json_object(change), ensure_ascii=False) + "\n"


def _json_object(change: Change) -> dict[str, Any]:
    act = change.act
    return {
        "act": act.pk,
        "time": _moment(act),
        "person": act.person_name,
        "what": act.what,
        "note": act.note,
        "request": act.request_id,
        "undoes": act.undoes_id,
        "kind": change.kind,
        "row": change.row,
        "name": change.label,
        "before": change.before,
        "after": change.after,
    }


def _moment(act: Act) -> str:
    return timezone.localtime(act.at).isoformat(timespec="seconds")
