"""The forms of an organisation's name and members."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.db.models import Q

from planner.forms.accounts import ADDRESS, LONGEST_ADDRESS, checked_name
from planner.models import Organisation, Role


def _name(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=100,
        error_messages={"required": "Enter a name for the organisation."},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class NewOrganisationForm(forms.Form):
    """Makes an organisation; `once` keeps a second click from making a second one."""

    name = _name("Name of the organisation")
    once = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput, initial=lambda: uuid4().hex)

    def clean_name(self) -> str:
        """A name that can be shown."""
        return checked_name(self.cleaned_data["name"])


class RenameForm(forms.Form):
    """Gives an organisation another name. `version`: the one that was read."""

    name = _name("Name")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """A name that can be shown."""
        return checked_name(self.cleaned_data["name"])


class DeleteForm(forms.Form):
    """Deletes an organisation when its name is typed."""

    typed = forms.CharField(label="Name of the organisation", error_messages={"required": "Type the name."})

    def __init__(self, *args: object, organisation: Organisation, **options: object) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation

    def clean_typed(self) -> str:
        """The name, letter by letter."""
        typed: str = self.cleaned_data["typed"]
        if typed != self.organisation.name:
            raise forms.ValidationError(f"Type the name as it is: {self.organisation.name}")
        return typed


class InviteForm(forms.Form):
    """Invites somebody by e-mail address."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=LONGEST_ADDRESS,
        error_messages=ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices, initial=Role.EDITOR)

    def __init__(self, *args: object, organisation: Organisation, **options: object) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation

    def clean_email(self) -> str:
        """As user names are kept; of nobody who is a member already."""
        email = str(self.cleaned_data["email"]).lower()
        of_member = Q(person__username__iexact=email) | Q(person__email__iexact=email)
        if self.organisation.members.filter(of_member).exists():
            raise forms.ValidationError(f"{email} is a member already.")
        return email


class RoleForm(forms.Form):
    """Gives a member another role. `version`: the one that was read."""

    role = forms.ChoiceField(choices=Role.choices)
    version = forms.IntegerField()
