"""A row that was deleted while its form was open: who did it, where it can be taken back, and what had been entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from activation.admin.acts import frame
from activation.admin.choices import is_key
from activation.admin.faster import faster_words
from activation.history import history_of


def gone(request: HttpRequest, modeladmin: Any) -> HttpResponse:
    """The page that keeps what was entered, so that it can be entered again. A row that never was leads to the list."""
    sent = request.POST.get("row", "")
    change = next((row for row in history_of(modeladmin.model.kind, sent) if row.identity == sent), None)
    if change is None or change.after is not None:
        return redirect("admin:index")
    context = {
        "opts": modeladmin.opts,
        "change": change,
        "words": faster_words(change),
        "entries": list(_entries(request, _fields(request, modeladmin))),
    }
    framed = frame(request, "Deleted meanwhile", **context)
    return TemplateResponse(request, "admin/activation/gone.html", dict(framed), status=409)


def _fields(request: HttpRequest, modeladmin: Any) -> dict[tuple[str, str], Field]:
    """The fields of the form, under "", and of the tables inside it, under their prefix."""
    forms = {"": modeladmin.get_form(request)}
    forms |= {made.get_default_prefix(): made.form for made, _ in modeladmin.get_formsets_with_inlines(request)}
    return {(form, name): field for form, made in forms.items() for name, field in made.base_fields.items()}


def _entries(request: HttpRequest, fields: Mapping[tuple[str, str], Field]) -> Iterator[tuple[str, str]]:
    """Name and value of every field that says something, as they were sent."""
    for name, values in request.POST.lists():
        form, _, own = name.rpartition("-")
        field = fields.get((form.partition("-")[0], own))
        said = _said(field, [value for value in values if value]) if field and "__prefix__" not in form else ""
        if field and said:
            yield str(field.label or own.replace("_", " ").capitalize()), said


def _said(field: Field, values: list[str]) -> str:
    """What was chosen or entered; of other rows their names."""
    rows = getattr(field, "queryset", None)
    if rows is None:
        return ", ".join(values)
    return ", ".join(str(row) for row in rows.filter(pk__in=[value for value in values if is_key(value)]))
