"""The form of a row, with the reason of the edit."""

from __future__ import annotations

from typing import Any

from django import forms

from activation.models.history import MESSAGE_LENGTH


def reason_field() -> forms.CharField:
    """Why something is changed. Needed, since nobody can tell it afterwards."""
    return forms.CharField(
        max_length=MESSAGE_LENGTH,
        help_text="Why, and where it is written. Kept in the history.",
        widget=forms.TextInput(attrs={"class": "vTextField", "list": "last-reasons", "autocomplete": "off"}),
        error_messages={"required": "Enter why. The reason is kept in the history."},
    )


class ReasonForm(forms.ModelForm):
    """A row and why it is edited."""

    reason = reason_field()

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a field that stays as it is, and so is no part of the form, is said above it."""
        for name, errors in getattr(error, "error_dict", {field: error}).items():
            super().add_error(name if name in self.fields else None, errors)


class ShownAgainForm(ReasonForm):
    """It is checked and shown with all that was typed, and never saved."""

    def is_valid(self) -> bool:
        super().is_valid()
        return False
