"""Texts of inventories in one plain form: words in lower case, without the signs that exports mangle."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from activation.identify.data import spellings, translations

LONGEST = 200  #: characters of a name that are looked at; longer ones are no product

_SIGNS = re.compile("Â®|â„¢|[®™©\ufffd\u00ad\u200b-\u200d\u2060\ufeff]|\\((?:r|tm|c)\\)", re.IGNORECASE)
#: The sign as an r or a question mark, where a code page had none.
_MANGLED = re.compile(r"\b(microsoft|windows|server|vista|office)(?:r\b|\?)")
_REMARK = re.compile(
    r"\s*\((?!r\)|tm\))[^()]*\)\s*$|\s+-\s+<lang>.*$|\s+-\s+[a-z]{2,3}(?:-[a-z]{2,4})+\s*$", re.IGNORECASE
)
_WORD = re.compile(r"\d+(?:\.\d+)*|[^\W_]+")


@lru_cache(4096)
def words_of(text: str) -> tuple[tuple[str, ...], bool]:
    """The words of a name as the catalogue would write them, and whether one was translated."""
    found: list[str] = []
    translated = False
    for word in _WORD.findall(_plain(text)):
        english = translations().get(word)
        translated |= english is not None and english != word
        word = word if english is None else english
        found += spellings().get(word, word).split()
    return tuple(found), translated


@lru_cache(16)
def clean(text: str) -> str:
    """A text in lower case without signs, blanks too many and a leading Microsoft, its punctuation kept."""
    return " ".join(_plain(text).split()).removeprefix("microsoft ")


def without_remark(text: str) -> str:
    """A name without what stands in brackets or as language at its end."""
    return _REMARK.sub("", _SIGNS.sub("", html.unescape(text)))


@lru_cache(16)
def _plain(text: str) -> str:
    lower = _SIGNS.sub("", html.unescape(text[:LONGEST])).lower()
    whole = _MANGLED.sub(r"\1 ", lower)
    if whole.isascii():
        return whole
    spread = unicodedata.normalize("NFKD", whole)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
