"""What the tests of the quick planner share: estates as fields of the form, and how a page is read."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

SEED = {
    "c1-product": "windows-server-2008-r2-datacenter",
    "c1-count": "4",
    "c2-product": "windows-server-2008-r2-standard",
    "c2-count": "10",
}
LEAD = "Install the Windows Server 2008 R2 KMS C key on 1 host in Main; it activates all 14 computers there."
#: One line that gives a plan.
LINE = {"c1-product": "windows-7-enterprise", "c1-count": "3"}


def seen(response: HttpResponse) -> str:
    """The text of a page, as a person reads it: no tags, single blanks."""
    html = response.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def lines(number: int) -> dict[str, str]:
    """So many lines of computers as fields of the form."""
    return {
        name: text
        for line in range(1, number + 1)
        for name, text in ((f"c{line}-product", "windows-7-enterprise"), (f"c{line}-count", str(line)))
    }


def htmx(client: Client, fields: dict[str, str]) -> HttpResponse:
    return client.get("/", fields, headers={"hx-request": "true"})


def mistakes(response: HttpResponse) -> dict[str, str]:
    """Id of a field -> what the summary of the page says to mend there, with the words for the place."""
    found = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', response.content.decode())
    return {field: unescape(words) for field, words in found}
