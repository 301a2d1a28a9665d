"""The forms of accounts: Django's, with the words of this site."""

from __future__ import annotations

from threading import Thread
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import forms as auth
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.template.loader import render_to_string

from activation.rules.reading import name_problem

ADDRESS = {"required": "Enter an e-mail address.", "invalid": "Enter an e-mail address, such as olga@contoso.com."}
FIRST = "Enter a password."
SECOND = "Enter the password a second time."
DIFFERENT = "Enter the same password twice: these two differ."
LONGEST_ADDRESS = 150  #: characters, for it is also the user name


class SignInForm(auth.AuthenticationForm):
    """E-mail address or user name, and password. Names are found whatever their case."""

    error_messages: ClassVar[dict[str, str]] = {
        "invalid_login": "The e-mail address and the password do not go together.",
        "inactive": "",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].label = "E-mail address or user name"
        self.fields["username"].error_messages["required"] = "Enter your e-mail address or user name."
        self.fields["password"].error_messages["required"] = "Enter your password."

    def clean_username(self) -> str:
        """The name as it is kept, when exactly one account has it in some case."""
        typed: str = self.cleaned_data["username"]
        kept = User.objects.filter(username__iexact=typed).values_list("username", flat=True)[:2]
        return kept[0] if len(kept) == 1 else typed


class PasswordMixin(auth.SetPasswordMixin):
    """Two fields for a new password, with the words of this site."""

    error_messages: ClassVar[dict[str, str]] = {"password_mismatch": DIFFERENT}

    def word_passwords(self, first: str, second: str) -> None:
        """Name the two fields."""
        for name, label, required in ((first, "New password", FIRST), (second, "New password again", SECOND)):
            field = self.fields[name]
            field.label, field.help_text, field.error_messages["required"] = label, "", required
        self.fields[first].help_text = "At least 15 characters, such as a sentence. Any characters will do."


class NewAccountForm(PasswordMixin, forms.Form):
    """A password for an account that is about to be made, of that address, with a first organisation of that name.

    An address and a name that are typed are fields of the form; given ones take their place.
    """

    password1, password2 = auth.SetPasswordMixin.create_password_fields()

    def __init__(self, *args: Any, email: str = "", organisation: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.given = {"email": email.lower(), "organisation": organisation}
        self.word_passwords("password1", "password2")
        self.fields["password1"].label, self.fields["password2"].label = "Password", "Password again"

    def person(self) -> User:
        """The account without its password; its `context` are the words that a password must not be made of."""
        known = self.given | self.cleaned_data
        person = User(username=known["email"], email=known["email"])
        person.context = (known["organisation"],)
        return person

    def clean(self) -> dict[str, Any]:
        """Check the passwords, with what the form knows of the person."""
        self.validate_passwords()
        self.validate_password_for_user(self.person(), "password1")
        return self.cleaned_data


class FirstAccountForm(NewAccountForm):
    """The first account and its organisation."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=LONGEST_ADDRESS,
        error_messages=ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    organisation = forms.CharField(
        label="Name of your organisation",
        max_length=100,
        error_messages={"required": "Enter the name of your organisation."},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ("email", "organisation", "password1", "password2")

    def clean_email(self) -> str:
        """As user names are kept."""
        return str(self.cleaned_data["email"]).lower()

    def clean_organisation(self) -> str:
        """A name that can be shown."""
        return checked_name(self.cleaned_data["organisation"])


class ChangePasswordForm(PasswordMixin, auth.PasswordChangeForm):
    """The old and the new password."""

    error_messages = PasswordMixin.error_messages | {"password_incorrect": "This is not your password of today."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.word_passwords("new_password1", "new_password2")
        self.fields["old_password"].label = "Password of today"
        self.fields["old_password"].error_messages["required"] = "Enter your password of today."
        del self.fields["old_password"].widget.attrs["autofocus"]


class NewPasswordForm(PasswordMixin, auth.SetPasswordForm):
    """A new password for who has forgotten the old one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.word_passwords("new_password1", "new_password2")


class ResetForm(auth.PasswordResetForm):
    """Asks for a link by e-mail. Whether there is an account is not told, nor to be seen from the time it takes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].error_messages.update(ADDRESS)

    def get_users(self, email: str) -> list[User]:
        """Who gets a link; where nobody does, a stand-in for whom everything is done but the sending."""
        return list(super().get_users(email)) or [User(email=email)]

    def send_mail(self, subject: str, text: str, context: dict[str, Any], *args: Any, **options: Any) -> None:
        """Send after the answer: a mail server takes its time, but only for addresses that are known."""
        if context["user"].pk is None:
            Thread(target=render_to_string, args=(text, context)).start()
        else:
            Thread(target=super().send_mail, args=(subject, text, context, *args), kwargs=options).start()


def checked_name(name: str) -> str:
    """The name of an organisation. Raises ValidationError when it cannot be shown."""
    if problem := name_problem(name):
        raise ValidationError(problem)
    return name


def is_taken(email: str) -> bool:
    """Whether somebody has an account with that address."""
    return User.objects.filter(Q(username__iexact=email) | Q(email__iexact=email)).exists()
