"""The form of a row: with the reason of the edit, and with what tells that someone else was faster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from activation.history import latest_change
from activation.models import RowChange
from activation.models.history import MESSAGE_LENGTH
from activation.tables import identity_of


def reason_field() -> forms.CharField:
    """Why something is changed. Needed, since nobody can tell it afterwards."""
    return forms.CharField(
        max_length=MESSAGE_LENGTH,
        help_text="Why, and where it is written. Kept in the history.",
        widget=forms.TextInput(attrs={"class": "vTextField", "list": "last-reasons", "autocomplete": "off"}),
        error_messages={"required": "Enter why. The reason is kept in the history."},
    )


class ReasonForm(forms.ModelForm):
    """`opened_at`: the row's latest change when the form was opened, so that a stale form overwrites nothing unseen."""

    reason = reason_field()
    opened_at = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            latest = self._latest()
            self.initial["opened_at"] = latest.pk if latest else 0

    def _latest(self) -> RowChange | None:
        return latest_change(self.instance.kind, identity_of(self.instance)) if self.instance.pk else None

    def clean(self) -> dict[str, Any] | None:
        cleaned, opened_at = super().clean(), self.cleaned_data.get("opened_at")
        latest = self._latest() if opened_at is not None else None
        if latest and latest.pk != opened_at:
            # Asked for once: who saves again has been told.
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_at")] = str(latest.pk)
            act = latest.change_set
            raise ValidationError(
                f"{act.user_name or 'Someone'} changed this at {timezone.localtime(act.at):%H:%M on %Y-%m-%d}, after "
                "you opened it. Your entries are still here: compare them with the history, then save again."
            )
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a field that stays as it is, and so is no part of the form, is said above it."""
        for name, errors in getattr(error, "error_dict", {field: error}).items():
            super().add_error(name if name in self.fields else None, errors)


class ShownAgainForm(ReasonForm):
    """It is checked and shown with all that was typed, and never saved."""

    def is_valid(self) -> bool:
        super().is_valid()
        return False
