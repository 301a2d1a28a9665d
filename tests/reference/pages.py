"""The pages of the reference, and how a test reads them."""

import json
import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

PAGES = {
    "search": "/catalogue/",
    "found": "/catalogue/?q=2022+datacenter",
    "product": "/catalogue/products/windows-server-2016-standard/",
    "group": "/catalogue/groups/windows-server-2008-r2-c/",
    "key": "/catalogue/keys/kms-windows-server-2016/",
    "matrix": "/catalogue/matrix/",
    "disputes": "/catalogue/disputes/",
    "sources": "/catalogue/sources/",
}
FORBIDDEN = re.compile(r"\b(valid|invalid|please|sorry|oops|N/A|error occurred)\b", re.IGNORECASE)


def set_day(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: timezone.datetime.fromisoformat(text).date())


def seen(response: HttpResponse) -> str:
    """The text of a page, as a person reads it: no tags, single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def table(response: HttpResponse, label: str) -> dict[str, str]:
    """First cell -> the rest of the row, of the table in the region with this label."""
    region = re.search(rf'aria-label="{label}">\s*<table.*?</table>', response.content.decode(), re.DOTALL)
    assert region, f"there is no table {label}"
    found = {}
    for row in re.findall(r"<tr.*?</tr>", region[0], re.DOTALL)[1:]:
        cells = [" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in re.split(r"</th>|</td>", row)]
        found[cells[0]] = " | ".join(cells[1:])
    return found


def as_json(client: Client, address: str) -> dict[str, object]:
    return json.loads(client.get(f"{address}{'&' if '?' in address else '?'}format=json").content)


def found(client: Client, query: str) -> list[str]:
    return slugs(client.get("/catalogue/", {"q": query, "all": "1"}))


def slugs(page: HttpResponse) -> list[str]:
    """The entries that a page of hits lists."""
    return re.findall(r'<li><a href="/catalogue/\w+/([^/]+)/">', page.content.decode())
