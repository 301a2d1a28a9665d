"""The documents behind the catalogue, each with what rests on it, and all disputed points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from activation.addresses import web_address
from activation.rules.catalogue import Source
from planner.reference.index import Reference
from planner.reference.parts import Named, Point, group_named, key_named, points
from planner.wording import count, publisher_name


@dataclass(frozen=True, slots=True)
class Rests:
    """Statements of one kind that rest on a document: how many, in words, and whose they are."""

    words: str
    entries: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `where` as the catalogue has it; `address` on the web or ""; `seen`: how much of it was read."""

    slug: str
    title: str
    publisher: str
    date: str
    where: str
    address: str
    seen: str
    rests: tuple[Rests, ...]


Entries = dict[str, list[Named]]  #: kind of statement -> one entry for each statement


@lru_cache(maxsize=2)
def documents(reference: Reference) -> tuple[Document, ...]:
    """All documents by publisher and title."""
    resting = _resting(reference)
    sources = sorted(
        reference.catalogue.sources.values(), key=lambda source: (source.publisher, source.title.casefold())
    )
    return tuple(_document(source, resting.get(source.slug, {})) for source in sources)


def disputed(reference: Reference) -> tuple[Point, ...]:
    """All disputed points; first those with both sides apart."""
    found = points(reference.catalogue.disputes.values(), reference)
    return tuple(sorted(found, key=lambda point: not point.one_side))


def _document(source: Source, statements: Mapping[str, list[Named]]) -> Document:
    return Document(
        slug=source.slug,
        title=source.title,
        publisher=publisher_name(source.publisher),
        date=source.date,
        where=source.where,
        address=web_address(source.where),
        seen=source.seen,
        rests=tuple(_rests(kind, entries) for kind, entries in statements.items()),
    )


#: Kind of statement -> one and many of it.
_WORDS = {
    "coverage": ("statement of what a key activates", "statements of what a key activates"),
    "host": ("statement of where a key is installed", "statements of where a key is installed"),
    "gvlk": ("client setup key (GVLK)", "client setup keys (GVLK)"),
    "group": ("product group", "product groups"),
    "support": ("date of support", "dates of support"),
    "dispute": ("disputed point", "disputed points"),
    "rule": ("rule of the plan", "rules of the plan"),
}


def _rests(kind: str, entries: Iterable[Named]) -> Rests:
    entries = list(entries)
    return Rests(count(len(entries), *_WORDS[kind]), tuple(dict.fromkeys(entries)))


def _resting(reference: Reference) -> dict[str, Entries]:
    found: dict[str, Entries] = {}
    for kind in _WORDS:
        for entry, sources in _statements(kind, reference):
            for slug in sources:
                found.setdefault(slug, {}).setdefault(kind, []).append(entry)
    return found


def _statements(kind: str, reference: Reference) -> Iterator[tuple[Named, Iterable[str]]]:
    """Whose statement it is, and its sources."""
    catalogue = reference.catalogue
    if kind == "coverage":
        yield from ((key_named(key), row.sources) for key in catalogue.keys.values() for row in key.activates)
    elif kind == "host":
        yield from ((key_named(key), row.sources) for key in reference.kms_keys for row in key.hosts)
    elif kind == "gvlk":
        yield from _setup_keys(reference)
    elif kind == "group":
        yield from ((group_named(group), group.sources) for group in reference.groups)
    elif kind == "support":
        yield from (
            (group_named(catalogue.groups[group]), row.sources) for row in catalogue.support for group in row.groups
        )
    elif kind == "dispute":
        yield from (
            (Named(d.slug, d.topic, d.address, False), (s.slug for s in d.sources)) for d in disputed(reference)
        )
    else:
        yield from ((Named(rule.slug, rule.text, "", False), rule.sources) for rule in catalogue.rules.values())


def _setup_keys(reference: Reference) -> Iterator[tuple[Named, Iterable[str]]]:
    """By product group: there are too many products to name each."""
    for product in reference.catalogue.products.values():
        if product.gvlk and product.group:
            source = reference.row("product", product.slug)["gvlk_source"]
            yield group_named(reference.catalogue.groups[product.group]), (source,)
