"""The documents behind an answer as links. The catalogue says where a document is in words; only web addresses link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from activation.addresses import web_address
from activation.rules.catalogue import Catalogue, Source
from planner import wording


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A document behind an answer. `address` is "" when the catalogue names none on the web."""

    slug: str
    title: str
    publisher: str
    date: str
    address: str


def source_links(slugs: Iterable[str], catalogue: Catalogue) -> tuple[SourceLink, ...]:
    """The documents of those slugs; what the catalogue no longer holds is left out."""
    return tuple(link(catalogue.sources[slug]) for slug in slugs if slug in catalogue.sources)


@lru_cache(maxsize=512)
def link(source: Source) -> SourceLink:
    """One document as a link."""
    publisher = wording.publisher_name(source.publisher)
    return SourceLink(source.slug, source.title, publisher, source.date or "", web_address(source.where))
