"""Products, keys and systems by what people write: slugs and names in any case, with blanks and trade marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from activation.rules.catalogue import Catalogue, Product
from activation.rules.reading import NAME_LENGTH, Problems, key_problem, one_of, shown
from activation.rules.suggesting import Names

#: Zero-width characters and soft hyphens: pasted from web pages, never seen.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARKS = re.compile(r"®|™|\((?:r|tm)\)")


def folded(text: str) -> str:
    """Lower case, single blanks, none at the ends."""
    return " ".join(_UNSEEN.sub("", text).lower().split())


def folded_name(text: str) -> str:
    """As `folded`, without trade marks and a leading Microsoft."""
    return " ".join(_MARKS.sub("", folded(text)).split()).removeprefix("microsoft ")


@dataclass(frozen=True)
class Lookup:
    """What a document names, found in one catalogue. Each method gives the slug, or None with what to enter."""

    catalogue: Catalogue
    problems: Problems

    def product(self, text: str) -> tuple[Product | None, str]:
        """A product by slug or by name."""
        short = folded(text[:NAME_LENGTH]) if len(text) <= NAME_LENGTH else ""
        if short in self.catalogue.products:
            return self.catalogue.products[short], ""
        named = self._by_name.get(folded_name(short), [])
        if len(named) == 1:
            return self.catalogue.products[named[0]], ""
        if named:
            return None, f"{shown(text)} is the name of more than one product. Enter {one_of(named)}."
        return None, self._unknown("product", text, self._product_names)

    def key(self, text: str) -> tuple[str | None, str]:
        """A KMS host key or a MAK by slug."""
        return self._slug("key", text, self.catalogue.keys, self._keys)

    def system(self, text: str) -> tuple[str | None, str]:
        """A host system by slug."""
        return self._slug("host system", text, self.catalogue.systems, self._systems)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for slug, product in sorted(self.catalogue.products.items()):
            found.setdefault(folded_name(product.name), []).append(slug)
        return found

    @cached_property
    def _product_names(self) -> Names:
        return Names(product.name for product in self.catalogue.products.values())

    @cached_property
    def _keys(self) -> Names:
        return Names(self.catalogue.keys)

    @cached_property
    def _systems(self) -> Names:
        return Names(self.catalogue.systems)

    def _slug(self, what: str, text: str, known: Mapping[str, object], names: Names) -> tuple[str | None, str]:
        slug = folded(text) if len(text) <= NAME_LENGTH else ""
        return (slug, "") if slug in known else (None, self._unknown(what, text, names))

    def _unknown(self, what: str, text: str, names: Names) -> str:
        near = self.problems.close_to(folded_name(text[: NAME_LENGTH + 1]), names)
        return key_problem(text) or f"There is no {what} {shown(text)}." + (
            near or f" Enter a {what} of the catalogue."
        )
