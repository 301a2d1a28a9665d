"""Passwords: what they must not be made of, and links to set a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError

SITE = ("activation", "planner", "microsoft", "windows", "office", "volume", "licence", "license")
FIRST_TRIED = ("password", "qwerty", *("1234567890"[:length] for length in range(3, 11)))
LEFT = 8  #: characters that must be left without those words
LONGEST_LOOKED_AT = 128  #: characters; a longer password is more than such words
_BETWEEN = re.compile(r"[\s!-/:-@\[-`{-~]+")  # blanks and punctuation


class ContextValidator:
    """Takes out the words of the site, of the person's address and of the person's organisations, then asks for more.

    `context` on the person: more words, such as the name of an organisation that is about to be made.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError."""
        if len(password) > LONGEST_LOOKED_AT:
            return
        left = _BETWEEN.sub("", password.casefold())
        for word in sorted({*SITE, *FIRST_TRIED, *_words_of(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEFT:
            raise ValidationError(
                "Enter a password that says more than the names of this site, your organisation and your address.",
                code="password_of_context",
            )

    def get_help_text(self) -> str:
        """What the form says of it."""
        return "Not made of the name of your organisation or your e-mail address."


def _words_of(user: AbstractBaseUser | None) -> Iterator[str]:
    if user is None:
        return
    texts = [user.get_username(), getattr(user, "email", ""), *getattr(user, "context", ())]
    if user.pk:
        texts += user.memberships.values_list("organisation__name", flat=True)
    for text in texts:
        words = _BETWEEN.split(text.casefold())
        yield from (word for word in ("".join(words), *words) if len(word) >= 3)


class ResetTokens(PasswordResetTokenGenerator):
    """Links to set a password. They end after 24 hours, with use, a sign-in, and when the account is closed."""

    key_salt = "planner.ResetTokens"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"


reset_tokens = ResetTokens()
