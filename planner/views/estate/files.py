"""The estate as a file: estate/1 as JSON, its computers as CSV."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activation.rules.estate_document import LINE
from planner.access import Here, member
from planner.estates import document_of
from planner.exports.tables import BOM, csv_text

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@require_safe
@never_cache
@member()
def download(request: HttpRequest, here: Here, kind: str, scenario: int | None = None) -> HttpResponse:
    """The file, named after organisation and day."""
    estate, day = here.estate(scenario), timezone.localdate().isoformat()
    document = document_of(estate, day)
    content = _csv(document) if kind == "csv" else json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    parts = (slugify(here.organisation.name)[:60], slugify(estate.name)[:60], "estate", day)
    response = HttpResponse(content.encode(), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{"-".join(filter(None, parts))}.{kind}"'
    return response


def _csv(document: dict[str, Any]) -> str:
    rows = [tuple(_cell(line[name]) for name in LINE) for line in document["computers"]]
    return BOM + csv_text([LINE, *rows])


def _cell(value: str | int | bool) -> str | int:
    return str(value).lower() if isinstance(value, bool) else value
