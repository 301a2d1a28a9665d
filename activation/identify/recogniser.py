"""The recogniser: made once for a catalogue, asked once for each distinct bundle of texts."""

from __future__ import annotations

from activation.identify.identity import Identity, Reason, Seen
from activation.rules.catalogue import Catalogue, Product


class Recogniser:
    """Recognises products of one catalogue. Answers are kept, so asking again costs nothing."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def identify(self, seen: Seen) -> Identity:
        """The answer for one bundle of texts. Never raises."""
        return Identity("unknown", Reason("not-known", {"seen": seen.name[:120]}))

    def search(self, text: str, most: int = 20) -> tuple[Product, ...]:
        """The products whose names hold every word of a text, the shortest names first: for choosing by hand."""
        words = text.lower().split()
        found = [p for p in self.catalogue.products.values() if all(w in p.name.lower() for w in words)]
        return tuple(sorted(found, key=lambda p: (p.retired, len(p.name), p.name))[:most])
