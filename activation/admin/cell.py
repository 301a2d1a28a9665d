"""One cell of the coverage matrix: does this key activate this product group, how well is it known, who says so."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from activation.admin.acts import acting, effect_of, frame, last_reasons, page, try_out
from activation.admin.choices import RowsField
from activation.admin.faster import faster, faster_words, open_page
from activation.admin.forms import ReasonForm
from activation.admin.matrix import may_edit
from activation.admin.words import EVIDENCE, effect_words
from activation.models import Coverage, Key, ProductGroup, RowChange, Source

NONE = ("", "Does not activate this product group")


class CellForm(ReasonForm):
    """The coverage of one key and one group. No evidence: there is none."""

    evidence = forms.ChoiceField(choices=(*EVIDENCE.items(), NONE), required=False, widget=forms.RadioSelect)
    sources = RowsField(
        Source.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The documents that say so. Needed, unless the key does not activate the group.",
    )

    class Meta:
        model = Coverage
        fields = ("evidence", "sources")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The documents that are chosen already come first: there are many."""
        super().__init__(*args, **kwargs)
        chosen = set(self.instance.sources.all()) if self.instance.pk else set()
        every = sorted(Source.objects.all(), key=lambda source: (source not in chosen, source.slug))
        self.fields["sources"].widget.choices = [(source.pk, str(source)) for source in every]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("evidence") and not self.cleaned_data.get("sources"):
            self.add_error("sources", "Enter at least one document that says so.")
        return cleaned


@page("view_coverage", "change_coverage")
def cell(request: HttpRequest, key: str, group: str) -> HttpResponse:
    """The page of a cell: to read, and for editors to change."""
    open_page(request)
    of = (get_object_or_404(Key, slug=key), get_object_or_404(ProductGroup, slug=group))
    if request.method != "POST":
        row = _coverage(*of)
        return _show(request, row, CellForm(instance=row) if may_edit(request) else None)
    if not may_edit(request):
        raise PermissionDenied
    return _save(request, *of)


def _save(request: HttpRequest, key: Key, group: ProductGroup) -> HttpResponse:
    """Save, unless it is only to be looked at or someone was faster."""
    with nullcontext() if "_preview" in request.POST else acting(request):
        row = _coverage(key, group)
        change, form = faster(request, [row]), CellForm(request.POST, instance=row)
        if not form.is_valid():
            return _show(request, row, form, faster=change and faster_words(change))
        if not change and "_preview" not in request.POST:
            _write(form)
            messages.success(request, f"Saved: {row.key}, {row.group}.")
            return redirect(_matrix(request, row))
    return _preview(request, row, form, change)


def _coverage(key: Key, group: ProductGroup) -> Coverage:
    return Coverage.objects.filter(key=key, group=group).first() or Coverage(key=key, group=group)


def _write(form: CellForm) -> None:
    """Make, change or empty the cell."""
    if form.cleaned_data["evidence"]:
        form.save()
    elif form.instance.pk:
        form.instance.delete()


def _preview(request: HttpRequest, row: Coverage, form: CellForm, change: RowChange | None) -> HttpResponse:
    """Save, look, undo; then show the form as it was sent with what the save would do to the cell as it is now."""
    _, before, after = try_out(lambda: _written(form))
    again = _coverage(row.key, row.group)
    shown = {"effect": effect_words(effect_of(before, after))}
    if change:
        shown |= {"faster": faster_words(change), "here": "As it is now", "there": "As you entered it"}
    return _show(request, again, CellForm(request.POST, instance=again), **shown)


def _written(form: CellForm) -> HttpResponse:
    _write(form)
    return HttpResponse()


def _show(request: HttpRequest, row: Coverage, form: CellForm | None, **more: Any) -> HttpResponse:
    title = f"Does {row.key} activate {row.group}?"
    context = {
        "row": row,
        "form": form,
        "evidence": EVIDENCE.get(row.evidence, NONE[1]),
        "sources": row.sources.all() if row.pk else (),
        "reasons": last_reasons(request),
        "back": _matrix(request, row),
        "media": form.media if form else "",
        **more,
    }
    status = 409 if more.get("faster") else 200
    return TemplateResponse(
        request, "admin/activation/cell.html", dict(frame(request, title, **context)), status=status
    )


def _matrix(request: HttpRequest, row: Coverage) -> str:
    """Back to the cell in the matrix as it was filtered."""
    query = request.GET.urlencode()
    return f"{reverse('catalogue-matrix')}{'?' + query if query else ''}#{row.key.slug}--{row.group.slug}"
