"""The page as it is read aloud: headings, texts and rows of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from planner.forms.loading import typed_from
from tests.plan_page.pages import DAY

BLOCKS = frozenset({"p", "li", "dt", "dd", "h2", "h3", "h4", "summary", "caption", "figcaption", "th", "td", "tr"})
VOID = frozenset({"input", "meta", "link", "br"})
Read = str | tuple[str, ...]


class Reader(HTMLParser):
    """`sections`: heading -> what is read below it, texts and rows of tables. `ids`: how often each stands there.

    What is closed is left out, unless all is `opened`.
    """

    def __init__(self, html: str, *, opened: bool = False) -> None:
        super().__init__()
        self._opened = opened
        self.sections: dict[str, list[Read]] = {}
        self.ids: Counter[str] = Counter()
        self._path: list[str] = []
        self._text, self._row = "", list[str]()
        self._below: list[Read] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        self.ids.update(filter(None, [about.get("id")]))
        if tag not in VOID:
            self._path.append("hidden" if about.get("aria-hidden") == "true" else tag)
        if tag in BLOCKS and "tr" not in self._path[:-1]:
            self._end_of("text")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_of(tag)
        if tag not in VOID:
            self._path.pop()

    def handle_data(self, data: str) -> None:
        inside = self._path[self._path.index("details") + 1 :] if "details" in self._path else []
        if "hidden" not in self._path and (self._opened or inside[:1] in ([], ["summary"])):
            self._text += data

    def _end_of(self, tag: str) -> None:
        words = " ".join(self._text.split())
        if tag in ("th", "td"):
            self._row.append(words)
        elif "tr" in self._path and tag != "tr":
            self._text += " "
            return
        elif tag == "tr":
            self._below += [tuple(self._row)] if any(self._row) else []
            self._row = []
        elif tag == "h3":
            self._below = self.sections.setdefault(words, [])
        elif words:
            self._below.append(words)
        self._text = ""


def html_of(client: Client, estate: Mapping[str, Any]) -> str:
    return client.get("/", typed_from(dict(estate)) | {"day": DAY}, follow=True).content.decode()


def read(client: Client, estate: Mapping[str, Any], *, opened: bool = False) -> Reader:
    return Reader(html_of(client, estate), opened=opened)
