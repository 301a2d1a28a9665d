"""The form that says in which organisation an estate of the quick planner is kept."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from planner.forms.accounts import checked_name

NEW = "+"  #: no slug: an organisation that is made for it
NOT_CHOSEN = "Choose an organisation, or a new one."


class KeepForm(forms.Form):
    """`organisations`: slug and name of each that the person may change."""

    to = forms.ChoiceField(
        label="Organisation",
        widget=forms.RadioSelect,
        error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN},
    )
    name = forms.CharField(
        label="Name of the new organisation",
        max_length=100,
        required=False,
        error_messages={"max_length": "Enter a name of at most 100 characters."},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    once = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput, initial=lambda: uuid4().hex)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [*organisations, (NEW, "A new organisation")]
        if not organisations:
            self.fields["to"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A new organisation has a name that can be shown."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("to") == NEW and "name" not in self.errors:
            self._check_name(sent["name"])
        return sent

    def _check_name(self, name: str) -> None:
        if not name:
            self.add_error("name", "Enter a name for the organisation.")
            return
        try:
            checked_name(name)
        except forms.ValidationError as problem:
            self.add_error("name", problem)
