"""What is asked of a history, in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 2000, 2999  #: days near the ends of the calendar have no start in some time zones
KINDS = (
    ("computers", "Computers"),
    ("network", "Networks"),
    ("licences", "Licences"),
    ("key", "Keys"),
    ("estate", "Settings and scenarios"),
    ("plan", "Saved plans"),
    ("reading", "Readings"),
    ("member", "Members"),
    ("invitation", "Invitations"),
    ("token", "API tokens"),
    ("organisation", "The organisation"),
)


class HistoryForm(forms.Form):
    """Narrows a history. `row` is the id of a row of the kind."""

    kind = forms.ChoiceField(label="What", required=False, choices=(("", "all"), *KINDS))
    person = forms.ChoiceField(label="Person", required=False)
    day = forms.DateField(label="Day", required=False, input_formats=["%Y-%m-%d"])
    row = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        validators=[MinValueValidator(1), MaxValueValidator(2**63 - 1)],
    )

    def __init__(self, asked: Any, people: Iterable[str]) -> None:
        super().__init__(asked)
        self.fields["person"].choices = [("", "all"), *((name, name) for name in people)]
        self.fields["day"].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.fields["day"].error_messages["invalid"] = _day_words()

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_day_words())
        return day

    def clean(self) -> dict[str, Any]:
        """A row is one of a kind."""
        asked: dict[str, Any] = self.cleaned_data
        if asked.get("row") and not asked.get("kind"):
            asked["row"] = None
        return asked


def _day_words() -> str:
    return f"Enter the day as YYYY-MM-DD, such as {timezone.localdate()}."
