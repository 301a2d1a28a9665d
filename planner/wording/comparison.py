"""A comparison of two plans in words: rows with both sides, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from activation.rules.catalogue import Catalogue
from activation.rules.comparison import Comparison, Number
from activation.rules.plan import Warning
from planner.wording.names import METHODS, group_name, key_name, product_name
from planner.wording.warnings import warning_words


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: what it is about, both sides, and what became of it. `better`: less to do or to pay."""

    about: str
    before: str
    after: str
    became: str
    better: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The differences of one kind."""

    title: str
    rows: tuple[Row, ...]


def comparison_words(found: Comparison, catalogue: Catalogue) -> tuple[Section, ...]:
    """The sections that hold something."""
    sections = (
        Section("KMS host keys", (*_keys(found, catalogue),)),
        Section("KMS hosts", _numbers(found.hosts, key_name, catalogue)),
        Section("MAK activations", _numbers(found.activations, group_name, catalogue)),
        Section("MAK activations to request", _numbers(found.to_request, group_name, catalogue)),
        Section("Licences to buy", _numbers(found.to_buy, product_name, catalogue)),
        Section("Computers by method", _numbers(found.methods, lambda method, _: METHODS[method], catalogue)),
        Section("What to watch", _warnings(found, catalogue)),
    )
    return tuple(section for section in sections if section.rows)


def _keys(found: Comparison, catalogue: Catalogue) -> Iterable[Row]:
    for pair in found.replaced:
        gone, by = key_name(pair.gone, catalogue), key_name(pair.by, catalogue)
        yield Row("", gone, by, "replaced", False)
    for key in found.gained:
        yield Row("", "", key_name(key, catalogue), "gained", False)
    for key in found.gone:
        yield Row("", key_name(key, catalogue), "", "no longer needed", True)


def _numbers(
    numbers: Iterable[Number], naming: Callable[[str, Catalogue], str], catalogue: Catalogue
) -> tuple[Row, ...]:
    return tuple(_number(number, naming(number.name, catalogue)) for number in numbers)


def _number(number: Number, name: str) -> Row:
    less = number.after < number.before
    became = f"{abs(number.after - number.before):,} {'less' if less else 'more'}"
    about = f"{name} in {number.place}" if number.place else name
    return Row(about, f"{number.before:,}", f"{number.after:,}", became, less)


def _warnings(found: Comparison, catalogue: Catalogue) -> tuple[Row, ...]:
    def title(warning: Warning) -> str:
        return warning_words(warning, catalogue).title

    new = tuple(Row("", "", title(warning), "appears", False) for warning in found.warnings_new)
    return new + tuple(Row("", title(warning), "", "goes", True) for warning in found.warnings_gone)
