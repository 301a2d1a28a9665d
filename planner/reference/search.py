"""The search of the reference, in memory and by folded text: the same on every database, every character literal."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from activation.rows import Content
from activation.rules.catalogue import Key
from activation.rules.lookup import folded_name
from planner.folding import plain
from planner.reference.index import FAMILY_NAMES, Reference
from planner.reference.keys import TYPES
from planner.reference.parts import Named, group_named, key_named, product_named
from planner.support import Support, group_support
from planner.wording import count, group_name

#: Entries on a page unless all are asked for.
MOST = 60
#: Of an unknown name so much is compared; slugs have at most 80 characters.
COMPARED = 100


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that was found. `about`: its group or kind; `support` as it stands on the day."""

    kind: str
    entry: Named
    about: str
    support: Support | None


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search gave: `shown` of the `total`."""

    query: str
    total: int
    shown: tuple[Found, ...]

    @property
    def words(self) -> str:
        """The result in one sentence, for the live region."""
        if not self.total:
            return "Nothing found."
        entries = count(self.total, "entry", "entries")
        return f"{entries} found." if self.total == len(self.shown) else f"{entries} found, {len(self.shown)} shown."


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to search in: its name without what stands in brackets, and all its text, folded."""

    kind: str
    slug: str
    name: str
    text: str


def fold(text: str) -> str:
    """Without case, accents, trade marks, needless blanks and a leading Microsoft."""
    return plain(folded_name(text))


def search(query: str, reference: Reference, day: str, *, everything: bool = False) -> Searched:
    """The entries that have every word of the query: those whose name begins with it first."""
    whole = fold(query)
    words = tuple(dict.fromkeys(whole.split()))
    found = [entry for entry in entries(reference) if all(word in entry.text for word in words)] if words else []
    found.sort(key=lambda entry: _distance(entry, whole))
    shown = found if everything else found[:MOST]
    return Searched(query, len(found), tuple(_found(entry, reference, day) for entry in shown))


def near(slug: str, names: Iterable[str]) -> list[str]:
    """Up to five slugs like the one that does not exist, the nearest first."""
    wanted = "-".join(fold(slug[:COMPARED]).split())
    return difflib.get_close_matches(wanted, list(names), n=5, cutoff=0.6)


def _distance(entry: Entry, query: str) -> int:
    if query in (entry.name, entry.slug):
        return 0
    return 1 if entry.name.startswith(query) else 2 if query in entry.name else 3


@lru_cache(maxsize=2)
def entries(reference: Reference) -> tuple[Entry, ...]:
    """Every product, group and key of the catalogue, in the order of the reference."""
    return tuple(_entries(reference))


def _entries(reference: Reference) -> Iterator[Entry]:
    for group in reference.newest_first:
        row = reference.row("group", group.slug)
        more = (row["microsoft_name"], FAMILY_NAMES[group.family])
        yield _entry("group", row, more)
        for product in reference.products_of.get(group.slug, ()):
            yield _entry("product", reference.row("product", product.slug), _product_words(product.slug, reference))
    for product in reference.products_of.get(None, ()):
        yield _entry("product", reference.row("product", product.slug), _product_words(product.slug, reference))
    for key in (*reversed(reference.kms_keys), *_maks(reference)):
        row = reference.row("key", key.slug)
        yield _entry("key", row, (TYPES[key.type], *row["aliases"], row["kms_host_activation_id"]))


def _maks(reference: Reference) -> Iterator[Key]:
    maks = reference.catalogue.mak_of
    return (reference.catalogue.keys[maks[group.slug]] for group in reference.newest_first if group.slug in maks)


def _product_words(slug: str, reference: Reference) -> tuple[str, ...]:
    row = reference.row("product", slug)
    lists = ("aliases", "captions", "ad_operating_system", "uninstall_display_names")
    return (row["gvlk"], row["product_id"], *(text for name in lists for text in row[name]))


def _entry(kind: str, row: Content, more: Iterable[str]) -> Entry:
    text = " ".join(fold(part) for part in (row["name"], row["slug"], *more) if part)
    return Entry(kind, row["slug"], fold(row["name"].split(" (")[0].removesuffix(" family")), text)


def _found(entry: Entry, reference: Reference, day: str) -> Found:
    catalogue = reference.catalogue
    if entry.kind == "product":
        product = catalogue.products[entry.slug]
        about = group_name(product.group, catalogue) if product.group else "no volume activation"
        return Found("Product", product_named(product), about, group_support(product.group, catalogue, day))
    if entry.kind == "group":
        group = catalogue.groups[entry.slug]
        return Found(
            "Product group", group_named(group), FAMILY_NAMES[group.family], group_support(entry.slug, catalogue, day)
        )
    key = catalogue.keys[entry.slug]
    return Found(TYPES[key.type], key_named(key), "activates " + count(len(key.activates), "product group"), None)
