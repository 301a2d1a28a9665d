"""The products of a catalogue by everything that tells them. Made once for a catalogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from activation.identify.folding import without_remark, words_of
from activation.identify.version import Version
from activation.rules.catalogue import Catalogue, Product

#: Words of a name that say the generation and not the edition.
GENERATION = frozenset({"windows", "server", "r2", "vista", "nt", "version"})


class Index:
    """Slugs by words, in their order (`in_order`) and in any (`in_any_order`); by Office id; and what each has."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.products: Mapping[str, Product] = catalogue.products
        self.in_order: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        self.in_any_order: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        self._offered: defaultdict[str, set[str]] = defaultdict(set)
        self.editions: dict[str, frozenset[str]] = {}
        self.of_build: defaultdict[int, set[str]] = defaultdict(set)
        self.by_id: dict[str, str] = {}
        for product in catalogue.products.values():
            self._add(product)

    def _add(self, product: Product) -> None:
        for name in (product.name, *product.marks.names):
            words = words_of(without_remark(name))[0]
            for place, key in ((self.in_order, words), (self.in_any_order, tuple(sorted(words)))):
                if product.slug not in place[key]:
                    place[key].append(product.slug)
        words = words_of(product.name)[0]
        self.editions[product.slug] = edition_in(words)
        if product.group and not product.retired:
            for word in words:
                self._offered[word].add(product.slug)
        for build in product.marks.builds:
            self.of_build[build].add(product.slug)
        if product.marks.product_id:
            self.by_id[without_remark(product.marks.product_id).lower()] = product.slug

    def holding(self, words: Iterable[str]) -> list[str]:
        """The offered products of volume activation whose names hold all these words, in alphabetical order."""
        return sorted(set.intersection(*(self._offered.get(word, set()) for word in words)))

    def fitting(self, slugs: Iterable[str], version: Version, family: str, sku: int | None) -> list[str]:
        """Of these, the ones that a version, a family and an OperatingSystemSKU do not exclude."""
        listed = self.of_build.get(version.build, set())
        left = [s for s in slugs if self._has_version(self.products[s], version, listed)]
        left = [s for s in left if not family or self.products[s].family in (family, "office")]
        return left if sku is None else [s for s in left if sku in self.products[s].marks.skus] or left

    @staticmethod
    def _has_version(product: Product, version: Version, listed: set[str]) -> bool:
        if product.family == "office":
            return True
        if version.kernel and product.marks.os_version and version.kernel != product.marks.os_version:
            return False
        return not listed or not product.marks.builds or product.slug in listed


def edition_in(words: Iterable[str]) -> frozenset[str]:
    """The words that say the edition: Enterprise, N, LTSC; without generation and years."""
    return frozenset(w for w in words if w not in GENERATION and not re.search(r"\d", w) and w != "sac")
