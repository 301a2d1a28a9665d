"""The form that makes a token of the API."""

from __future__ import annotations

from django import forms

from planner.forms.accounts import checked_name
from planner.models import Scope

DAYS = ((30, "30 days"), (90, "90 days"), (365, "a year"))


class TokenForm(forms.Form):
    """What the token is for, what it may do and for how long. `edits`: whether the person may write."""

    name = forms.CharField(
        label="Name",
        max_length=100,
        help_text="What it is for, such as: nightly inventory",
        error_messages={"required": "Enter a name for the token."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(label="It may", choices=Scope.choices)
    days = forms.TypedChoiceField(label="It ends after", choices=DAYS, coerce=int, initial=90)

    def __init__(self, *args: object, edits: bool, **options: object) -> None:
        super().__init__(*args, **options)
        if not edits:
            self.fields["scope"].choices = Scope.choices[:1]

    def clean_name(self) -> str:
        """A name that can be shown."""
        return checked_name(self.cleaned_data["name"])
