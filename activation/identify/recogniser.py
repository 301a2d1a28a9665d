"""The recogniser: made once for a catalogue, asked once for each distinct bundle of texts.

It goes from what is sure to what is not: an Office product id, a name of the catalogue, the name of a licence, what is
known to be in no plan, the edition with the version, and last the generation alone, which is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from activation.identify.data import kernels, office_editions, office_years, outside_of, outside_skus
from activation.identify.folding import clean, without_remark, words_of
from activation.identify.identity import Identity, Reason, Seen, Sureness
from activation.identify.index import Index, edition_in
from activation.identify.version import Version, version_of
from activation.rules.catalogue import Catalogue, Product
from activation.rules.plan import Param

KEPT = 65_536  #: answers kept
SHOWN = 120  #: characters of a file's text in a reason
FAMILY = {"1": "client", "2": "server", "3": "server"}  #: of ProductType, Win32_OperatingSystem

_OFFICE_ID = re.compile(r"^\s*(\w+?(volume|retail))(?:\s+-\s+\S+)?\s*$")
_OFFICE_LICENCE = re.compile(r"^office (\d\d), office(?:\d\d)?(o365[a-z]+?|[a-z]+?)(20\d\d)?(vl|msdnr|r)?[_-]")
_WINDOWS_LICENCE = re.compile(r"^windows[^,]*,.*edition\s*$")
_DISCOVERED = re.compile(r"windows nt (advanced server|server|workstation)\s+(\d+\.\d)")
#: Which edition Configuration Manager's discovery most often means, by a third party's report (facts, configmgr).
_FIRST = {"server": "standard", "advanced server": "datacenter"}


class Recogniser:
    """Recognises products of one catalogue. Answers are kept: asking again costs nothing."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._index = Index(catalogue)
        self.identify = lru_cache(KEPT)(self._identify)

    def search(self, text: str, most: int = 20) -> tuple[Product, ...]:
        """The products whose names hold every word of a text, the shortest names first: for choosing by hand."""
        words = text.lower().split()
        found = [p for p in self.catalogue.products.values() if all(w in p.name.lower() for w in words)]
        return tuple(sorted(found, key=lambda p: (p.retired, len(p.name), p.name))[:most])

    def _identify(self, seen: Seen) -> Identity:
        """The answer for one bundle of texts. Never raises."""
        if not any((seen.name.strip(), seen.product_id.strip(), seen.sku.strip() and seen.version.strip())):
            return Identity("unknown", Reason("empty"))
        return (
            self._by_office_id(seen.product_id or seen.name)
            or self._by_discovery(seen)
            or self._by_office_licence(seen.name)
            or self._by_name(seen)
            or self._outside(seen)
            or self._by_edition(seen)
            or self._by_generation(seen)
            or Identity("unknown", Reason("not-known", {"seen": _shown(seen)}))
        )

    def _by_office_id(self, text: str) -> Identity | None:
        match = _OFFICE_ID.match(clean(text))
        if not match:
            return None
        slug = self._index.by_id.get(match[1])
        if slug:
            return self._answer(slug, "product-id", "certain", seen=match[1])
        if match[2] == "retail":
            code = "subscription" if "365" in match[1] else "retail-edition"
            return Identity("outside", Reason(code, {"seen": match[1]}))
        return None

    def _by_office_licence(self, name: str) -> Identity | None:
        """`Office 16, Office16ProPlusVL_KMS_Client edition`, as ospp.vbs and VAMT name licences."""
        match = _OFFICE_LICENCE.match(clean(name))
        if not match:
            return None
        version, edition, year, channel = (group or "" for group in match.groups())
        shown = " ".join(name[:SHOWN].split())
        if "365" in edition:
            return Identity("outside", Reason("subscription", {"seen": shown}))
        if channel.endswith("r"):
            return Identity("outside", Reason("retail-edition", {"seen": shown}))
        year = year or office_years().get(version, "")
        slugs = self._office(edition, year)
        return self._answer(slugs[0], "product-id", "certain", seen=shown) if len(slugs) == 1 else None

    def _office(self, edition: str, year: str) -> list[str]:
        """The products of Office with an edition as licences write it."""
        slug = self._index.by_id.get(f"{edition}{year}volume")
        if slug:
            return [slug]
        name = office_editions().get(edition, edition)
        keys = (tuple(sorted(words_of(f"{name} {more} {year}")[0])) for more in ("", "ltsc"))
        return next((self._index.in_any_order[key] for key in keys if key in self._index.in_any_order), [])

    def _by_name(self, seen: Seen) -> Identity | None:
        words, translated = words_of(seen.name)
        if _WINDOWS_LICENCE.match(clean(seen.name)) and not any(word[0].isdigit() for word in words):
            return None
        slugs, exact = self._named(seen.name, words)
        if not slugs:
            return None
        office = all(self.catalogue.products[slug].family == "office" for slug in slugs)
        version = Version() if office else version_of(seen.version)  # 16.0 is that of six releases
        left = self._index.fitting(slugs, version, FAMILY.get(seen.product_type.strip(), ""), _number(seen.sku))
        if not left or (self._is_new(version) and not any(word[0].isdigit() for word in words)):
            return self._contradiction(seen, slugs, version)
        if len(left) > 1:
            return _question("several" if version.build else "several-builds", seen, left)
        if translated:
            return self._answer(left[0], "translated", "likely", seen=_shown(seen))
        if not exact:
            return self._answer(left[0], "other-order", "likely")
        sure: Sureness = "likely" if self._is_new(version) or self._other_sku(left[0], seen) else "certain"
        if version.build or version.kernel:
            return self._answer(left[0], "name-version", sure, version=str(version))
        return self._answer(left[0], "name", sure)

    def _named(self, name: str, words: tuple[str, ...]) -> tuple[list[str], bool]:
        """The products of this name, and whether its words are in the catalogue's order."""
        index = self._index
        short = words_of(without_remark(name))[0]
        for each in (words, short):
            if each in index.in_order:
                return index.in_order[each], True
        for each in (words, short):
            if tuple(sorted(each)) in index.in_any_order:
                return index.in_any_order[tuple(sorted(each))], False
        return [], False

    def _is_new(self, version: Version) -> bool:
        """Whether nothing is known of a build: a newer Windows than the catalogue knows may have it."""
        return bool(version.build) and version.build not in self._index.of_build and version.build not in kernels()

    def _other_sku(self, slug: str, seen: Seen) -> bool:
        """Whether the row's edition number is none of those that are known of a product."""
        sku, known = _number(seen.sku), self.catalogue.products[slug].marks.skus
        return sku is not None and bool(known) and sku not in known

    def _contradiction(self, seen: Seen, slugs: list[str], version: Version) -> Identity:
        """The name says one thing, the version another: both are offered."""
        editions = {self._index.editions[slug] for slug in slugs}
        family = FAMILY.get(seen.product_type.strip(), "")
        others = self._index.fitting(self._index.of_build.get(version.build, ()), version, family, None)
        alike = sorted(slug for slug in others if self._index.editions[slug] in editions)
        offered = [*slugs, *alike]
        if family and self._index.fitting(slugs, version, "", None):
            return _question("other-type", seen, offered, family=family)
        return _question("contradiction", seen, offered, version=str(version))

    def _outside(self, seen: Seen) -> Identity | None:
        words = frozenset(words_of(seen.name)[0])
        outside = outside_of(words)
        if outside is not None:
            params: dict[str, Param] = {"seen": _shown(seen)}
            if outside.reason != "subscription":
                params["system"] = outside.system
            return Identity("outside", Reason(outside.reason, params))
        system = outside_skus().get(_number(seen.sku) or 0)
        if system is None or (words and not words & {"windows", "vista"}):
            return None
        return Identity("outside", Reason("other-windows", {"seen": _shown(seen), "system": system}))

    def _by_edition(self, seen: Seen) -> Identity | None:
        """Windows without its generation: the version tells that, a word or an OperatingSystemSKU the edition."""
        version, sku = version_of(seen.version), _number(seen.sku)
        name = words_of(seen.name)[0]
        words = (*name, *(words_of(seen.sku)[0] if sku is None else ()))
        if not (version.build or version.kernel) or (name and "windows" not in name):
            return None
        if any(word[0].isdigit() for word in name):
            return None
        family = FAMILY.get(seen.product_type.strip(), "") or ("server" if "server" in words else "")
        slugs = self._of_version(version, family)
        edition = edition_in(words)
        if edition:
            slugs = [s for s in slugs if self._index.editions[s] == edition]
        if sku is not None:
            slugs = [s for s in slugs if sku in self.catalogue.products[s].marks.skus]
        if len(slugs) > 1 or not slugs:
            return _question("several", seen, slugs) if slugs else None
        if sku is not None:
            return self._answer(slugs[0], "sku-version", "certain", sku=sku, version=str(version))
        return self._answer(slugs[0], "edition-version", "likely", seen=_shown(seen), version=str(version))

    def _by_discovery(self, seen: Seen) -> Identity | None:
        """`Microsoft Windows NT Server 10.0`, as Configuration Manager discovers computers."""
        match = _DISCOVERED.search(clean(seen.name))
        if not match:
            return None
        kind = match[1]
        version = Version(match[2], version_of(seen.version).build)
        slugs = self._of_version(version, "client" if kind == "workstation" else "server")
        if not slugs:
            return Identity("unknown", Reason("not-known", {"seen": _shown(seen)}))
        sku = _number(seen.sku)
        exact = [s for s in slugs if sku is not None and sku in self.catalogue.products[s].marks.skus]
        if len(exact) == 1 and sku is not None:
            return self._answer(exact[0], "sku-version", "certain", sku=sku, version=str(version))
        first = frozenset({_FIRST.get(kind, "enterprise")})
        ordered = sorted(slugs, key=lambda slug: self._index.editions[slug] != first)
        return _question("several" if version.build else "several-builds", seen, exact or ordered)

    def _of_version(self, version: Version, family: str) -> list[str]:
        """The products of volume activation with this kernel and build."""
        offered = [
            p.slug for p in self.catalogue.offered_products if p.group and p.family != "office" and p.marks.os_version
        ]
        return self._index.fitting(offered, version, family, None)

    def _by_generation(self, seen: Seen) -> Identity | None:
        """`Windows 10`, `Windows Server 2019`: every product with these words is a candidate."""
        words = frozenset(words_of(seen.name)[0])
        if not any(word[0].isdigit() for word in words) and "vista" not in words:
            return None
        if "windows" not in words and "office" not in words:
            return None
        held = self._index.holding(words)
        server = "server" in words
        same = [slug for slug in held if server == (self.catalogue.products[slug].family == "server")]
        version = version_of(seen.version)
        left = self._index.fitting(same, version, FAMILY.get(seen.product_type.strip(), ""), _number(seen.sku)) or same
        return _question("several", seen, left) if left else None

    def _answer(self, slug: str, code: str, sure: Sureness, **params: Param) -> Identity:
        if self.catalogue.products[slug].group is None:
            return Identity("outside", Reason("no-volume", {"product": slug}), product=slug, sure=sure)
        return Identity("product", Reason(code, {"product": slug, **params}), product=slug, sure=sure)


def _question(code: str, seen: Seen, slugs: Iterable[str], **params: Param) -> Identity:
    candidates = tuple(dict.fromkeys(slugs))
    reason = Reason(code, {"seen": _shown(seen), **params, "products": list(candidates)})
    return Identity("ambiguous", reason, candidates=candidates)


def _shown(seen: Seen) -> str:
    text = " ".join((seen.name or seen.product_id or f"SKU {seen.sku}").split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _number(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 6 else None
