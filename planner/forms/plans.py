"""The forms of saved plans and of scenarios."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms


def _once() -> forms.RegexField:
    return forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput, initial=lambda: uuid4().hex)


def _name(example: str) -> forms.CharField:
    return forms.CharField(
        label="Name",
        max_length=100,
        help_text=example,
        error_messages={"required": "Enter a name.", "max_length": "Enter a name of at most 100 characters."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _note() -> forms.CharField:
    return forms.CharField(
        label="Note",
        max_length=1000,
        required=False,
        error_messages={"max_length": "Enter a note of at most 1,000 characters."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SavePlanForm(forms.Form):
    """Keeps the plan of today."""

    name = _name("For example: Before the move to Windows 11")
    note = _note()
    once = _once()


class EditPlanForm(forms.Form):
    """Another name or note for a plan. `version`: the one that was read."""

    name = _name("")
    note = _note()
    version = forms.IntegerField(widget=forms.HiddenInput)


class ScenarioForm(forms.Form):
    """Makes a scenario of the inventory, of a saved plan or of a proposal."""

    name = _name("For example: Plant with a VPN")
    plan = forms.IntegerField(required=False, widget=forms.HiddenInput)
    proposal = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    once = _once()


class RenameScenarioForm(forms.Form):
    """Another name for a scenario. `version`: the one that was read."""

    name = _name("")
    version = forms.IntegerField(widget=forms.HiddenInput)


class ApplyForm(forms.Form):
    """Applies a scenario. `seen`: the inventory's revision that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def bound_or_new(form: type[forms.Form], data: Any, **initial: object) -> forms.Form:
    """The form with what was sent, or a new one."""
    return form(data) if data else form(initial=initial)
