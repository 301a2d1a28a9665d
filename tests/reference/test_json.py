"""Each page of the reference as JSON."""

from dataclasses import fields

import pytest
from django.test import Client

from activation.catalogue import shipped
from planner.reference.documents import Document
from planner.reference.groups import GroupEntry
from planner.reference.keys import KeyEntry
from planner.reference.matrix import CoverageMatrix
from planner.reference.parts import Activation, Point, Release
from planner.reference.products import ProductEntry
from planner.reference.search import Found
from tests.documents import ROOT, rows, sections, text_of
from tests.reference.pages import PAGES, as_json

pytestmark = pytest.mark.django_db


JSON_FIELDS = {
    "product": ProductEntry,
    "group": GroupEntry,
    "key": KeyEntry,
    "matrix": CoverageMatrix,
}


@pytest.mark.parametrize("kind", JSON_FIELDS)
def test_each_page_is_also_json_with_the_same_content(client: Client, kind: str) -> None:
    document = as_json(client, PAGES[kind])
    assert document.pop("format") == f"catalogue-{kind}/1"
    assert document.pop("catalogue") == {"version": shipped().version, "digest": shipped().digest}
    assert document.pop("day") == "2026-11-24"
    assert list(document) == [field.name for field in fields(JSON_FIELDS[kind])]


def test_the_json_of_a_product_answers_what_activates_it(client: Client) -> None:
    document = as_json(client, PAGES["product"])
    assert [row["key"]["slug"] for row in document["kms_host_keys"]][-1] == "kms-windows-server-2016"
    assert document["setup_key"]["gvlk"] == "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY"
    assert document["support"]["ends"] == "2027-01-12"
    assert document["mak"]["key"]["address"] == "/catalogue/keys/mak-windows-server-2016/"


def test_lists_and_the_search_are_json_too(client: Client) -> None:
    assert [row["entry"]["slug"] for row in as_json(client, "/catalogue/?q=kms-office-2013")["found"]] == [
        "kms-office-2013"
    ]
    assert len(as_json(client, PAGES["disputes"])["disputes"]) == len(shipped().disputes)
    assert len(as_json(client, PAGES["sources"])["sources"]) == len(shipped().sources)


def test_a_page_links_to_its_json_with_its_filter(client: Client) -> None:
    page = client.get("/catalogue/matrix/?family=office").content.decode()
    assert 'href="/catalogue/matrix/?family=office&amp;format=json"' in page


PARTS = sections(sections(text_of(ROOT / "docs/formats.md"))["The catalogue's pages as JSON"], "###")


@pytest.mark.parametrize(
    ("part", "shape"),
    [
        ("catalogue-product/1", ProductEntry), ("catalogue-group/1", GroupEntry), ("catalogue-key/1", KeyEntry),
        ("catalogue-matrix/1", CoverageMatrix), ("Found entries", Found), ("Activations", Activation),
        ("Disputed points", Point), ("Releases", Release), ("Documents", Document),
    ],
)  # fmt: skip
def test_every_field_of_the_json_is_in_the_document_of_formats(part: str, shape: type) -> None:
    assert list(rows(PARTS[part])) == [field.name for field in fields(shape)]
