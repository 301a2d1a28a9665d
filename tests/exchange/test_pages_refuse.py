"""What the pages of export and import refuse: persons, forged requests, wrong and hostile files."""

import io
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activation.exchange.unpacking import LIMITS
from activation.models import PendingImport
from activation.roles import EDITOR, READER
from tests.exchange.conftest import open_book, signed_in
from tests.exchange.pages import (
    HOSTILE,
    PAGE,
    SHIPPED,
    edited_export,
    errors_of,
    export,
    preview_of,
    upload,
)

pytestmark = pytest.mark.django_db

NOBODYS = "00000000-0000-4000-8000-000000000000"  #: a file that was never uploaded


def test_a_file_of_somebody_else_is_not_there(editor, django_user_model):
    where = preview_of(editor, edited_export(editor, windows_7_enterprise="From the file"))
    other = signed_in(django_user_model, "carol", EDITOR)
    assert other.get(where).status_code == 404
    assert other.post(where, {"drop": "1"}).status_code == 404
    assert editor.get(where).status_code == 200


def test_who_may_only_read_exports_and_does_not_import(reader, editor):
    assert export(reader).status_code == 200
    assert 'type="file"' not in reader.get(PAGE).content.decode()
    assert upload(reader, export(reader).content).status_code == 403
    where = preview_of(editor, export(editor).content)
    assert reader.get(where).status_code == 403
    assert reader.post(SHIPPED, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("acts", [(), ("view",), ("view", "add", "change")])
def test_a_right_that_is_missing_for_one_kind_of_row_is_missing(django_user_model, acts, editor):
    """An export shows and an import may change every kind, so that all rights for all kinds are needed."""
    client = signed_in(django_user_model, "dave", READER)
    user = django_user_model.objects.get(username="dave")
    user.groups.clear()
    names = [f"{act}_{model}" for act in acts for model in ("key", "product", "source")]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    assert export(client).status_code == 403
    assert upload(client, export(editor).content).status_code == 403


@pytest.mark.parametrize("path", [PAGE, SHIPPED, "/admin/catalogue/exchange/catalogue.zip", f"{PAGE}{NOBODYS}/"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/")
    assert client.post(path).status_code == 401


@pytest.mark.parametrize("path", [PAGE, SHIPPED])
def test_a_post_without_the_token_is_refused(editor, path):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert strict.post(path, {"file": io.BytesIO(b"PK")}).status_code == 403


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_writes_nothing(editor, method):
    where = preview_of(editor, edited_export(editor, windows_7_enterprise="From the file"))
    for path in (PAGE, SHIPPED, where, reverse("catalogue-export", args=("zip",))):
        with CaptureQueriesContext(connection) as found:
            getattr(editor, method)(path)
        written = [query["sql"] for query in found if re.match("INSERT|UPDATE|DELETE", query["sql"])]
        assert written == []


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (None, 422, "Select a file."),
        (b"", 422, "The selected file is empty."),
        (b"slug;name\n", 422, "must be a ZIP of the data files or a workbook"),
        (b"PK" + bytes(LIMITS.packed), 413, "must be smaller than 10 MB"),
    ],
)
def test_a_wrong_file_is_an_error_in_words(editor, data, status, words):
    response = editor.post(PAGE, {} if data is None else {"file": SimpleUploadedFile("../x.csv", data)})
    assert response.status_code == status
    assert words in errors_of(response)[0]
    page = response.content.decode()
    assert "<title>Error: " in page
    assert "There is a problem" in page
    assert not PendingImport.objects.exists()


def test_every_wrong_cell_is_named_on_the_page(editor):
    book = open_book(export(editor).content)
    book.put("Products", "windows-7-enterprise", "family", HOSTILE)
    book.put("Keys", "mak-windows-7", "type", "maak")
    response = upload(editor, book.saved())
    assert [error.split(":")[0] for error in errors_of(response)] == ["sheet Products", "sheet Keys"]
    assert "<script>alert(1)" not in response.content.decode()


def test_hostile_text_of_a_file_and_its_name_is_shown_as_text(editor):
    data = edited_export(editor, windows_7_enterprise=HOSTILE)
    where = upload(editor, data, "<img src=x onerror=alert(1)>.xlsx")["Location"]
    for path in (where, PAGE):
        page = editor.get(path).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in editor.get(where).content.decode()
