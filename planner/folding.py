"""Text without case and accents to search in: the same on every database."""

from __future__ import annotations

import unicodedata

from activation.rules.lookup import folded


def plain(text: str) -> str:
    """Without case, accents and needless blanks."""
    letters = unicodedata.normalize("NFKD", folded(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
