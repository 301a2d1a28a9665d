"""Fields and constraints that the tables share. Lists and figures are kept as JSON and edited as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Range
from django.utils.text import capfirst

from activation.rows import KINDS, MARK, SLUG, Field, FieldType
from activation.values import checked


class LinesFormField(forms.CharField):
    """Text with one entry a line; what it gives is the list or the figures.

    Text that comes back as it was shown gives what was there, also blanks at the end of an entry, as some captions of
    Windows have.
    """

    def __init__(self, *, holds: FieldType, **kwargs: Any) -> None:
        self.holds = holds
        self.shown: Any = None
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        self.shown = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{name} = {figure}" for name, figure in value.items())
        return "\n".join(str(entry) for entry in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        if self.shown and not self.has_changed(self.shown, value):
            return self.shown
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        try:
            return checked(self._entries(lines), Field("", self.holds))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def _entries(self, lines: list[str]) -> Any:
        if self.holds == "texts":
            return lines
        if self.holds == "numbers":
            return [_number(line) for line in lines]
        pairs = [line.partition("=") for line in lines]
        return {name.strip(): _number(figure.strip()) for name, _, figure in pairs}

    def has_changed(self, initial: Any, data: Any) -> bool:
        shown = str(self.prepare_value(initial) or "")
        return shown.strip() != str(data or "").replace("\r\n", "\n").strip()


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise ValueError(f'"{text}" is not a whole number')
    return int(text)


class _LinesField(models.JSONField):
    holds: ClassVar[FieldType]

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        try:
            checked(value, Field("", self.holds))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def formfield(self, **kwargs: Any) -> forms.Field:
        return LinesFormField(
            holds=self.holds, required=False, label=capfirst(self.verbose_name), help_text=self.help_text
        )


class TextsField(_LinesField):
    """A list of texts."""

    holds = "texts"


class NumbersField(_LinesField):
    """A list of whole numbers from 0."""

    holds = "numbers"


class FiguresField(_LinesField):
    """Figures by name, whole numbers from 0."""

    holds = "figures"


def choices_of(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value.replace("-", " ").replace("_", " ")) for value in values]


def slug_field(
    pattern: str = SLUG, like: str = "small letters and digits joined by hyphens, like windows-7"
) -> models.CharField:
    form = RegexValidator(f"^(?:{pattern})\\Z", f"Must be {like}.")
    return models.CharField(
        max_length=80, unique=True, validators=[form], help_text="Its fixed name in files and plans"
    )


def mark_field() -> models.CharField:
    return slug_field(MARK, "letters and digits joined by dots, hyphens or underscores, like L.C05")


def one_of(field: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def name_once(model: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        Lower("name"), name=f"{model}_name_once", violation_error_message="Another row has this name."
    )


def texts_fit(kind: str) -> models.CheckConstraint:
    """Short texts of a kind are not longer than their limit, which SQLite does not hold by itself, nor missing."""
    short = [field for field in KINDS[kind].fields if field.type == "text" and field.limit]
    fits = [Q(Range(Length(F(field.name)), (int(field.needed), field.limit))) for field in short]
    return models.CheckConstraint(
        condition=reduce(and_, fits),
        name=f"{kind}_texts_fit",
        violation_error_message="A text is missing or too long.",
    )
