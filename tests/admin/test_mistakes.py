"""The mistakes of a form of the admin: all of them at its head, each with a way to its field."""

from __future__ import annotations

import re
from html import unescape

import pytest

from activation.models import Key, Product, SupportDate
from tests.catalogue.admin_pages import address, form_of

SUMMARY = re.compile(r'<div class="errornote" tabindex="-1" autofocus role="alert".*?</div>', re.DOTALL)
CELL = "/admin/catalogue/matrix/kms-windows-server-2008-r2-b/windows-7/"


def links_of(page: str) -> dict[str, str]:
    """What the summary says -> the field it leads to."""
    summary = SUMMARY.search(page)[0]
    return {unescape(words): field for field, words in re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "changes", "fields"),
    [
        (Product, {"family": "desktop", "name": ""}, ["id_family", "id_name"]),
        (SupportDate, {"extended_end": "soon", "mainstream_end": "later"}, ["id_mainstream_end", "id_extended_end"]),
    ],
)
def test_each_mistake_leads_to_its_field_and_stands_beside_it(editor, model, changes, fields) -> None:
    where = address(model, "change", model.objects.first().pk)
    page = editor.post(where, form_of(editor.get(where)) | {"reason": "A test"} | changes).content.decode()
    links = links_of(page)
    assert sorted(links.values()) == sorted(fields)
    for words, field in links.items():
        assert f'id="{field}"' in page
        assert unescape(page).count(words.split(": ", 1)[1]) >= 2
    assert "<title>Error: " in page


@pytest.mark.django_db
def test_a_mistake_in_a_row_below_leads_to_its_field(editor) -> None:
    where = address(Key, "change", Key.objects.get(slug="kms-windows-server-2022").pk)
    sent = form_of(editor.get(where)) | {"reason": "A test"}
    field = next(name for name in sent if re.fullmatch(r"\w+-0-group", name))
    links = links_of(editor.post(where, sent | {field: "no group"}).content.decode())
    assert list(links.values()) == [f"id_{field}"]


@pytest.mark.django_db
def test_a_cell_without_a_document_says_so_at_its_head(editor) -> None:
    opened = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', editor.get(CELL).content.decode()))
    page = editor.post(CELL, opened | {"evidence": "documented", "reason": "A test"}).content.decode()
    assert list(links_of(page).values()) == ["id_sources"]
    assert 'id="id_sources"' in page
