"""The coverage matrix in the admin: keys down, product groups across, and a page behind each cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from activation.admin.acts import frame, page
from activation.admin.words import EVIDENCE
from activation.consistency import wrong_coverage
from activation.models import Coverage, Key, ProductGroup
from activation.rows import FAMILIES

#: Evidence -> the mark of a cell. A mark never depends on colour.
MARKS = {"documented": "■", "older-document": "□", "derived": "◇", "unclear": "?", "by-analogy": "≈"}
TYPES = (("kms", "KMS host keys"), ("mak", "MAKs"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One key and one group. `evidence`: "" when the key does not activate it. `why_not`: why it never can."""

    group: str
    evidence: str
    mark: str
    words: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Line:
    """A key with its cells, and how many groups it activates."""

    key: Key
    cells: tuple[Cell, ...]
    groups: int


class FilterForm(forms.Form):
    """What of the matrix is shown. An unknown value shows all."""

    type = forms.ChoiceField(choices=TYPES, required=False, label="Keys", initial="kms")
    family = forms.ChoiceField(required=False, choices=[("", "All"), *((name, name) for name in FAMILIES)])
    generation = forms.ChoiceField(required=False)

    def __init__(self, data: object, groups: Iterable[ProductGroup]) -> None:
        super().__init__(data)
        generations = dict.fromkeys(group.generation for group in groups)
        self.fields["generation"].choices = [("", "All"), *((name, name) for name in generations)]

    def chosen(self, name: str) -> str:
        """The value, "" for all."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


@page("view_coverage", "change_coverage")
def matrix(request: HttpRequest) -> HttpResponse:
    """The table."""
    every = list(ProductGroup.objects.order_by("family", "slug"))
    form = FilterForm(request.GET, every)
    groups = [group for group in every if _shown(group, form)]
    lines = _lines(form.chosen("type") or "kms", groups)
    context = {
        "form": form,
        "groups": groups,
        "lines": lines,
        "marks": [(MARKS[name], words) for name, words in EVIDENCE.items()],
        "may_edit": may_edit(request),
        "filtered": any(form.chosen(name) for name in ("type", "family", "generation")),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/activation/matrix.html", dict(frame(request, "Coverage matrix", **context)))


def may_edit(request: HttpRequest) -> bool:
    """Whether this user may change every cell: make, change and empty it."""
    return request.user.has_perms([f"activation.{act}_coverage" for act in ("add", "change", "delete")])


def _shown(group: ProductGroup, form: FilterForm) -> bool:
    family, generation = form.chosen("family"), form.chosen("generation")
    return family in ("", group.family) and generation in ("", group.generation)


def _lines(type: str, groups: list[ProductGroup]) -> list[Line]:
    """The keys that have something to do with the groups that are shown."""
    evidence = {(c.key_id, c.group_id): c.evidence for c in Coverage.objects.all()}
    shown = {group.pk for group in groups}
    keys = Key.objects.filter(type=type).select_related("group").order_by("group__family", "slug")
    touching = [key for key in keys if key.group_id in shown or any((key.pk, group) in evidence for group in shown)]
    return [_line(key, groups, evidence) for key in touching]


def _line(key: Key, groups: list[ProductGroup], evidence: dict[tuple[int, int], str]) -> Line:
    cells = tuple(_cell(key, group, evidence.get((key.pk, group.pk), "")) for group in groups)
    return Line(key, cells, sum(bool(cell.evidence) for cell in cells))


def _cell(key: Key, group: ProductGroup, evidence: str) -> Cell:
    own = (key.group.slug, key.group.family)
    why_not = "" if evidence else wrong_coverage(key.type, own, (group.slug, group.family))
    words = evidence.replace("-", " ") or "does not activate"
    return Cell(group.slug, evidence, MARKS.get(evidence, "\N{EN DASH}"), f"{key.name}, {group.name}: {words}", why_not)
