"""Reading of outside values: typed fields of an object, with all errors at once, each with its path and what is right.

Messages say what to enter. They never repeat what looks like a product key, and cut what is long.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

from activation.rules.product_keys import key_in, without_keys
from activation.rules.suggesting import Names, Suggestions

#: Longest name of an organisation or a network, in characters.
NAME_LENGTH = 200
#: Longest piece of a file that a message repeats, in characters.
SHOWN_LENGTH = 60
#: Categories that a name may not hold: control characters, lone surrogates, line and paragraph separators.
_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
#: Marks that turn the direction of text: they make a page show something else than what is written.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cf", "Zs", "Mn"})


@dataclass(frozen=True, slots=True)
class EstateError:
    """One error: where it is (`computers[3].product`, `line 4, product`, `$`) and what would be right."""

    path: str
    message: str


class EstateErrors(Exception):
    """Everything that is wrong with an estate, in the order of the document."""

    def __init__(self, errors: Iterable[EstateError]) -> None:
        self.errors: tuple[EstateError, ...] = tuple(errors)
        super().__init__("\n".join(f"{error.path}: {error.message}" for error in self.errors))


class Problems:
    """Collects the errors of one document."""

    def __init__(self) -> None:
        self._errors: list[EstateError] = []
        self._suggestions = Suggestions()

    def add(self, path: str, message: str) -> None:
        """One more error. Both texts become one printable line each."""
        self._errors.append(EstateError(path, _one_line(message)))

    def stop(self, path: str, message: str) -> NoReturn:
        """One more error, and no reading on. Raises EstateErrors."""
        self.add(path, message)
        raise EstateErrors(self._errors)

    def stop_if_any(self, order: Callable[[EstateError], int] = lambda _: 0) -> None:
        """Raises EstateErrors when there are errors, in the order of their coming or by `order`."""
        if self._errors:
            raise EstateErrors(sorted(self._errors, key=order))

    def close_to(self, text: str, names: Names) -> str:
        """` Did you mean "x" or "y"?` with the names that may be meant, or nothing."""
        near = [shown(name) for name in self._suggestions.near(text, names)]
        return f" Did you mean {one_of(near)}?" if near else ""


class Repeated(dict[str, object]):
    """A JSON object in which some fields stand more than once. `twice` names them."""

    twice: tuple[str, ...] = ()


def printable(text: str) -> str:
    """Fit for a message: no product key, one line, no lone surrogates, cut when long."""
    text = _one_line(without_keys(text[: 10 * SHOWN_LENGTH]))
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 3] + "..."


def shown(value: object) -> str:
    """A wrong value as a message shows it."""
    if isinstance(value, str):
        return f'"{printable(value)}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return f"{value:,}" if abs(value) < 10**20 else "a number of more than 20 digits"
    if isinstance(value, float):
        return repr(value)
    return "a list" if isinstance(value, list | tuple) else "an object"


@cache
def field_names(known: tuple[str, ...]) -> Names:
    """The names of fields or columns, to find the one that was meant."""
    return Names(known)


def one_of(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


class Fields:
    """The fields of one object at a path. A field that is missing or wrong is an error and reads as its default.

    `known`: the names the object may hold. A subclass says how the names make paths and how raw values are read.
    """

    flag_words = "true or false"

    def __init__(self, raw: object, path: str, known: Sequence[str], problems: Problems) -> None:
        self.path, self.problems = path, problems
        self._wrong: set[str] = set()
        self._readable = isinstance(raw, Mapping)
        self._values: Mapping[str, object] = raw if isinstance(raw, Mapping) else {}
        if not self._readable:
            problems.add(path or "$", f"Enter an object in {{ }}, not {shown(raw)}.")
        self._check_names(known)

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def given(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._values

    def is_null(self, name: str) -> bool:
        """Whether the field is there as null."""
        return self._values.get(name, "") is None

    def good(self, name: str) -> bool:
        """Whether the field was read without an error."""
        return self._readable and name not in self._wrong

    def wrong(self, name: str, message: str) -> None:
        """An error at a field, the first one only."""
        if self.good(name):
            self.problems.add(self.at(name), message)
        self._wrong.add(name)

    def reject(self, name: str, asked: str) -> None:
        """An error at a field: what is asked for, and what stands there instead."""
        given = name in self._values
        self.wrong(name, f"{asked}, not {shown(self._values[name])}." if given else f"{asked}. It is missing.")

    def integer(self, name: str, low: int, high: int, default: int | None = None, limit: str = "") -> int:
        """A whole number from `low` to `high`; without a default it is required. A wrong one reads as `low`.

        `limit` says what `high` is, where it is no fixed number.
        """
        raw = self._number(self._values.get(name, default))
        if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high:
            return raw
        asked = f"Enter a whole number from {low:,} to {high:,}{limit}" if low < high else f"Enter {low:,}{limit}"
        self.reject(name, asked + self._spelling(raw))
        return low

    def flag(self, name: str, default: bool) -> bool:
        """`true` or `false`."""
        raw = self._flag(self._values.get(name, default))
        if isinstance(raw, bool):
            return raw
        self.reject(name, f"Enter {self.flag_words}")
        return default

    def choice(self, name: str, choices: Sequence[str], default: str | None) -> str | None:
        """One of the choices. Where the default is None, null stands for it."""
        raw = self._choice(self._values.get(name, default))
        if (isinstance(raw, str) and raw in choices) or (raw is None and default is None):
            return raw
        self.reject(name, f"Enter {one_of([*choices, 'null'] if default is None else choices)}")
        return default

    def text(self, name: str, what: str, default: str | None = None) -> str:
        """A text without the blanks at its ends; without a default it is required. A wrong one reads as empty."""
        raw = self._values.get(name, default)
        if isinstance(raw, str):
            return raw.strip()
        self.reject(name, f"Enter {what} in quotes" if name in self._values else f"Enter {what}")
        return ""

    def name(self, name: str, what: str, default: str | None = None) -> str:
        """As `text`, fit to be shown: not too long, no control characters, no product key; empty only as default."""
        text = self.text(name, what, default)
        problem = name_problem(text) or ("" if text or text == default else f"Enter {what}.")
        if problem:
            self.wrong(name, problem)
        return text

    def items(self, name: str) -> list[object] | None:
        """A list, or None when it is not given."""
        raw = self._values.get(name, [])
        if isinstance(raw, list):
            return raw if name in self._values else None
        self.reject(name, "Enter a list in [ ]")
        return None

    def inner(self, name: str, known: Sequence[str]) -> Fields:
        """The fields of an object within this one; an empty object when it is not given."""
        return Fields(self._values.get(name, {}), self.at(name), known, self.problems)

    def _number(self, raw: object) -> object:
        return raw

    def _flag(self, raw: object) -> object:
        return raw

    def _choice(self, raw: object) -> object:
        return raw

    def _spelling(self, raw: object) -> str:
        if isinstance(raw, str):
            return " without quotes"
        return " without a decimal point" if isinstance(raw, float) else ""

    def _check_names(self, known: Sequence[str]) -> None:
        for name in self._values:
            if name not in known:
                near = self.problems.close_to(name, field_names(tuple(known))) or f" The fields are {', '.join(known)}."
                self.problems.add(self.at(printable(name) or '""'), f"There is no field {shown(name)} here.{near}")
        for name in getattr(self._values, "twice", ()):
            if name in known:
                self.wrong(name, "This field stands here more than once. Keep one of them.")


def name_problem(text: str) -> str:
    """Why a text cannot be shown as a name; empty when it can."""
    if len(text) > NAME_LENGTH:
        return f"Enter at most {NAME_LENGTH} characters, not {len(text):,}."
    for place, letter in enumerate(text, start=1):
        if unicodedata.category(letter) in _FORBIDDEN or letter in _TURNING:
            return f"Remove the character U+{ord(letter):04X} at position {place}: it cannot be shown."
    if text and all(unicodedata.category(letter) in _UNSEEN for letter in text):
        return "Enter a name that can be seen."
    return key_problem(text)


def compared(name: str) -> str:
    """A name as it is told from others: without capitals, forms of letters, what is unseen, blanks and a last dot."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", name) if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split()).rstrip(" .").casefold()


def key_problem(text: str) -> str:
    """What to do about a product key in a text; empty when it holds none."""
    last = key_in(text)
    return f"Remove the product key that ends in {last}: keys are never entered here." if last else ""


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
