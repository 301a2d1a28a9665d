"""Is a value what its field holds? Pure: a value in, the value as it is kept out, or ValueError with words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from activation.rows import FIGURE_NAME, Field

LARGEST = 2**31 - 1
ENTRY = 300  #: characters of one entry of a list, which is one line
#: All but the end of a line (PostgreSQL refuses NUL), and what is not seen or turns the order of the letters around.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
SCHEME = re.compile(r"(?<![^\s;,(<\"'])[a-z][a-z0-9+.-]*(?=:\S)", re.IGNORECASE)
SCHEMES = {"http", "https", "github"}  #: `github:OWNER/REPOSITORY path` is a reference to a repository


def checked(value: object, field: Field) -> Any:
    """The value as a row keeps it. Raises ValueError with what is wrong, to be said after the name of the field."""
    return CHECKS[field.type](value, field)


def _text(value: object, field: Field) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    if CONTROL.search(value):
        raise ValueError("holds a control character")
    if field.needed and not value.strip():
        raise ValueError("must not be empty")
    if field.limit and "\n" in value:
        raise ValueError("must be one line")
    if field.limit and len(value) > field.limit:
        raise ValueError(f"is longer than {field.limit} characters")
    if field.choices and value not in field.choices:
        raise ValueError(f'must be one of {", ".join(field.choices)}, not "{value}"')
    if field.pattern and not re.fullmatch(field.pattern, value):
        raise ValueError(f'"{value}" does not have the form of a {field.name}')
    return value


def _place(value: object, field: Field) -> str:
    """Where a document is: a web address, a reference to a repository, or words. No other address becomes a link."""
    text = _text(value, field)
    if "\n" in text:
        raise ValueError("must be one line")
    others = {scheme for scheme in SCHEME.findall(text) if scheme.lower() not in SCHEMES}
    if others:
        raise ValueError(f'must be a web address (http, https) or a repository (github), not "{min(others)}:"')
    return text


def _flag(value: object, field: Field) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _date(value: object, field: Field) -> str:
    text = _text(value, field)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError("must be a day in quotes, YYYY-MM-DD")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"there is no day {text}") from None


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise ValueError(f"must be a whole number from 0 to {LARGEST}")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return value


def _texts(value: object, field: Field) -> list[str]:
    return [_text(entry, Field(field.name, needed=True, limit=ENTRY)) for entry in _list(value)]


def _numbers(value: object, field: Field) -> list[int]:
    return [_number(entry) for entry in _list(value)]


def _figures(value: object, field: Field) -> dict[str, int]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of figures")
    for name in value:
        if not re.fullmatch(FIGURE_NAME, name):
            raise ValueError(f'"{name}" is no name of a figure')
    return {name: _number(figure) for name, figure in value.items()}


def _many(value: object, field: Field) -> list[str]:
    named = _texts(value, field)
    if field.needed and not named:
        raise ValueError("must not be empty")
    if len(set(named)) < len(named):
        raise ValueError("names a row twice")
    return sorted(named)


CHECKS: Mapping[str, Callable[[Any, Field], Any]] = {
    "text": _text,
    "place": _place,
    "flag": _flag,
    "maybe": _flag,
    "date": _date,
    "texts": _texts,
    "numbers": _numbers,
    "figures": _figures,
    "position": lambda value, field: _number(value),
    "one": _text,
    "many": _many,
}
