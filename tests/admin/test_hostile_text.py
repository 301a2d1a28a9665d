"""Hostile text in any field is text on every page of the admin; only web addresses and repositories are links."""

import re
from html.parser import HTMLParser

import pytest
from django.db.models import CharField, TextField
from django.urls import reverse

from activation import catalogue
from activation.fields import TextsField
from activation.models import ChangeSet, Coverage, Key, Product, ProductGroup, RowChange, Source
from activation.recording import recorded
from activation.tables import MODELS
from tests.catalogue.admin_pages import address, form_of, save

pytestmark = pytest.mark.django_db

HOSTILE = """<script>hostile()</script>" onmouseover="hostile()" <b hx-get="/hostile">{{7*7}}{% debug %} javascript:x"""
#: Fields whose values are of a fixed kind; the tables refuse others.
FIXED = ("slug", "type", "family", "evidence", "severity", "caption_confidence", "install_technology", "gvlk")


class Dangers(HTMLParser):
    """What a browser would run or follow because of the text."""

    def __init__(self, text):
        super().__init__()
        self.found, self.said, self.script = [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.script = tag in ("script", "style")
        for name, value in attrs:
            scheme = re.match(r"\s*([a-z+.-]+):", value or "", re.IGNORECASE)
            leads = name in ("href", "src", "action") and scheme and scheme[1].lower() not in ("http", "https")
            if leads or name.startswith(("on", "hx-")):
                self.found.append(f"<{tag} {name}={value}>")
            self.said += f" {value}"

    def handle_endtag(self, tag):
        self.script = False

    def handle_data(self, data):
        if self.script and "hostile" in data:
            self.found.append(f"script: {data}")
        self.said += data


@pytest.fixture
def hostile_catalogue(db):
    """Every text of the first rows of each kind is hostile; written past the checks, as an old database could hold."""
    with recorded("admin", None, HOSTILE):
        for model in MODELS.values():
            row = model.objects.first()
            for field in model._meta.concrete_fields:
                if isinstance(field, TextsField):
                    setattr(row, field.name, [HOSTILE])
                elif isinstance(field, CharField | TextField) and field.name not in FIXED and not field.choices:
                    limit = field.max_length or 1000
                    setattr(row, field.name, HOSTILE[:limit])
            super(type(row), row).save()


def pages():
    yield reverse("admin:index")
    yield from (reverse(f"catalogue-{name}") for name in ("matrix", "checks", "exchange", "shipped"))
    for model in MODELS.values():
        row = model.objects.first()
        yield from (address(model), address(model, "add"))
        yield from (address(model, page, row.pk) for page in ("change", "delete", "history"))
    yield from (address(model) for model in (ChangeSet, RowChange))
    yield from (address(model, "change", model.objects.first().pk) for model in (ChangeSet, RowChange))
    coverage = Coverage.objects.filter(key=Key.objects.first()).first()
    yield reverse("catalogue-cell", args=(coverage.key.slug, coverage.group.slug))


@pytest.mark.parametrize("who", ["editor", "reader"])
def test_hostile_text_is_shown_as_text(signed_in, hostile_catalogue, who):
    client, shown = signed_in(who), 0
    for path in pages():
        page = client.get(path)
        if page.status_code == 403 and who == "reader":
            continue
        assert page.status_code == 200, path
        dangers = Dangers(page.content.decode())
        assert dangers.found == [], path
        shown += "{{7*7}}{% debug %}" in dangers.said
    assert shown > 20


def test_hostile_text_in_a_preview_an_error_and_a_message_is_shown_as_text(editor, hostile_catalogue):
    row = Product.objects.get(slug="windows-7-enterprise")
    where = address(Product, "change", row.pk)
    sent = form_of(editor.get(where)) | {"name": f"Ours {HOSTILE}", "captions": HOSTILE, "reason": HOSTILE}
    answers = [
        editor.post(where, sent | {"_preview": "1"}),
        editor.post(where, sent | {"builds": HOSTILE, "group": HOSTILE}),
        editor.post(where, sent, follow=True),
        editor.post(address(Product), {"action": "retire", "_selected_action": [row.pk]}),
        editor.get(address(Product, "history", row.pk)),
        editor.get(address(Product), {"q": HOSTILE}),
        editor.get(reverse("catalogue-matrix"), {"family": HOSTILE, "generation": HOSTILE}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert Dangers(answer.content.decode()).found == []
    assert Product.objects.get(pk=row.pk).name == f"Ours {HOSTILE}"


@pytest.mark.parametrize(
    "where", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JAVASCRIPT:x", "file:///x"]
)
def test_an_address_that_runs_or_reads_something_is_not_saved_and_not_linked(editor, where):
    source = Source.objects.first()
    page = save(editor, source, where=where)
    assert "must be a web address" in page.content.decode().lower()
    Source.objects.filter(pk=source.pk).update(where=where)
    assert Dangers(editor.get(address(Source)).content.decode()).found == []
    assert f'href="{where}' not in editor.get(address(Source)).content.decode()


@pytest.mark.parametrize(
    ("where", "linked"),
    [
        ("https://example.com/paper?a=1&b=2", "https://example.com/paper?a=1&amp;b=2"),
        (
            "github:contoso/papers docs/kms.md commit 0a1b2c3d",
            "https://github.com/contoso/papers/blob/0a1b2c3d/docs/kms.md",
        ),
    ],
)
def test_a_web_address_and_a_repository_are_linked(editor, where, linked):
    Source.objects.filter(pk=Source.objects.first().pk).update(where=where)
    assert f'href="{linked}"' in editor.get(address(Source)).content.decode()


def test_the_catalogue_with_hostile_text_still_serves(editor, hostile_catalogue):
    assert catalogue.current().groups[ProductGroup.objects.first().slug].name == HOSTILE
