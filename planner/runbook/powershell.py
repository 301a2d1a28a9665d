"""Text as PowerShell takes it: a literal stays a literal, whatever is in it."""

from __future__ import annotations

import re
import unicodedata

#: PowerShell takes all of these for the quote of a literal; two of them stand for one.
QUOTES = "'\u2018\u2019\u201a\u201b"
_QUOTE = re.compile(f"[{QUOTES}]")
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
#: Control characters, lone surrogates, line and paragraph separators.
_ENDS_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def quoted(text: str) -> str:
    """A literal: quotes doubled, nothing in it is looked at. ValueError for what could end the line."""
    if any(unicodedata.category(letter) in _ENDS_A_LINE for letter in text):
        raise ValueError("A literal is one line without control characters.")
    return "'" + _QUOTE.sub(lambda quote: quote[0] * 2, text) + "'"


def plain(text: str) -> str:
    """A text as one line: what could end it becomes a blank."""
    return "".join(" " if unicodedata.category(letter) in _ENDS_A_LINE else letter for letter in text)


def argument(text: str) -> str:
    """An argument of a command: bare where letters, digits and hyphens are all of it, else a literal."""
    return text if _BARE.fullmatch(text) else quoted(plain(text))


def ask_secret(name: str) -> str:
    """Lines that ask for a product key without showing it and hold it in `$Key`. Work from PowerShell 2.0 on."""
    marshal = "[Runtime.InteropServices.Marshal]"
    return "\n".join(
        (
            f"$Secret = Read-Host -Prompt {quoted(plain(name))} -AsSecureString",
            f"$Copy = {marshal}::SecureStringToBSTR($Secret)",
            f"$Key = {marshal}::PtrToStringBSTR($Copy)",
            f"{marshal}::ZeroFreeBSTR($Copy)",
        )
    )
