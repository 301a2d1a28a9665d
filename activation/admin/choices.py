"""Choosing other rows in a form by typing: Django's widgets, made to bear what no browser sends."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms import ModelChoiceField, ModelMultipleChoiceField, ValidationError
from django.http import HttpRequest

LONGEST = 18  #: digits: what is longer is no primary key of any database


def is_key(value: Any) -> bool:
    """Whether a value that was sent can be a primary key. Others stop Django's widgets and databases."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= LONGEST


class RowChoice(AutocompleteSelect):
    """One other row."""

    def optgroups(self, name: str, value: list[Any], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if is_key(one)], attr)


class RowsChoice(AutocompleteSelectMultiple):
    """Several other rows."""

    def optgroups(self, name: str, value: list[Any], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if is_key(one)], attr)


class RowField(ModelChoiceField):
    """One other row; anything that cannot be its key is no choice."""

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not isinstance(value, self.queryset.model) and not is_key(value):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return super().to_python(value)


class RowsField(ModelMultipleChoiceField):
    """Several other rows; anything that cannot be a key is no choice."""

    def _check_values(self, value: Any) -> Any:
        wrong = [one for one in value if not is_key(one)]
        if wrong:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": wrong[0]})
        return super()._check_values(value)


class ChoosesRows:
    """Put before a Django admin class: its relations that are chosen by typing are chosen with these."""

    def formfield_for_foreignkey(self: Any, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"widget": RowChoice(db_field, self.admin_site), "form_class": RowField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self: Any, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"widget": RowsChoice(db_field, self.admin_site), "form_class": RowsField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)
