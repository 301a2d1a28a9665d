"""Params into sentences: slugs become names, numbers get their plural (`{short:more computer|more computers}`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from activation.rules.catalogue import Catalogue
from activation.rules.plan import Param
from planner.wording.names import (
    EVIDENCE,
    FAMILIES,
    application_name,
    count,
    group_name,
    key_in_words,
    key_name,
    listing,
    product_name,
    system_name,
)

Naming = Callable[[str, Catalogue], str]

#: How a param of that name is said. What is not here is shown as it is.
NAMES: Mapping[str, Naming] = {
    "key": key_in_words,
    "keys": key_name,
    "others": key_name,
    "group": group_name,
    "groups": group_name,
    "product": product_name,
    "products": product_name,
    "system": system_name,
    "systems": system_name,
    "application": application_name,
    "family": lambda slug, _: FAMILIES.get(slug, slug),
    "evidence": lambda slug, _: EVIDENCE.get(slug, slug),
    "conflict": lambda slug, catalogue: catalogue.disputes[slug].topic if slug in catalogue.disputes else slug,
}


#: Figures of the catalogue's rules that a sentence may name beside the params of its code.
FIGURES: Mapping[str, tuple[str, str]] = {
    "above": ("R-2HOSTS", "clients"),
    "hosts": ("R-HOSTS", "hosts"),
    "days": ("R-VALID", "valid_days"),
}


class _Number(int):
    """`{n}` is `1,200`; `{n:host|hosts}` is `1 host` or `2 hosts`."""

    def __format__(self, spec: str) -> str:
        return count(int(self), *spec.split("|")) if spec else f"{int(self):,}"


class _List(tuple[str, ...]):
    """`{keys}` is `a, b and c`; `{keys:or}` is `a, b or c`."""

    def __format__(self, spec: str) -> str:
        return listing(self, spec or "and")


class _Said(dict[str, object]):
    """What a template asks for, when it asks: a param in words, else a figure of the rules."""

    def __init__(self, params: Mapping[str, Param], catalogue: Catalogue) -> None:
        self._params, self._catalogue = params, catalogue

    def __missing__(self, name: str) -> object:
        if name in self._params:
            return _said(name, self._params[name], self._catalogue)
        return _Number(self._catalogue.figure(*FIGURES[name]))


def fill(template: str, params: Mapping[str, Param], catalogue: Catalogue) -> str:
    """The template with the params in words, its first letter a capital."""
    said = template.format_map(_Said(params, catalogue))
    return said[:1].upper() + said[1:]


def _said(name: str, value: Param, catalogue: Catalogue) -> object:
    naming = NAMES.get(name, lambda slug, _: slug)
    if isinstance(value, int):
        return _Number(value)
    if isinstance(value, str):
        return naming(value, catalogue)
    return _List(naming(slug, catalogue) for slug in value)
