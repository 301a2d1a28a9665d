"""Export, import and the review of the shipped catalogue in the admin, without a browser."""

import io
import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activation import catalogue
from activation.exchange.unpacking import LIMITS
from activation.models import ChangeSet, PendingImport, Product, ShippedRow, Source
from activation.recording import recorded
from activation.roles import EDITOR, READER, set_up_roles
from activation.shipped import rows_from_files
from tests.exchange.conftest import open_book, unzipped

pytestmark = pytest.mark.django_db
PAGE, SHIPPED = "/admin/catalogue/exchange/", "/admin/catalogue/exchange/shipped/"
OLD = rows_from_files().rows["product"]["windows-7-enterprise"]["note"]
HOSTILE = '<script>alert(1)</script>" onmouseover="x {{ 7|add:7 }} =1+1'


def signed_in(user_model, name, role):
    set_up_roles()
    user = user_model.objects.create(username=name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(django_user_model):
    return signed_in(django_user_model, "alice", EDITOR)


@pytest.fixture
def reader(django_user_model):
    return signed_in(django_user_model, "bob", READER)


def export(client, form="xlsx"):
    return client.get(reverse("catalogue-export", args=(form,)))


def upload(client, data, name="catalogue.xlsx"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)})


def edited_export(client, **notes):
    """An export in which products have other notes."""
    book = open_book(export(client).content)
    for slug, note in notes.items():
        book.put("Products", slug.replace("_", "-"), "note", note)
    return book.saved()


def preview_of(client, data):
    response = upload(client, data)
    assert response.status_code == 302, response.context["errors"]
    return response["Location"]


def confirm(client, where, **more):
    seen = client.get(where).context["preview"].digest
    return client.post(where, {"seen": seen, "reason": "A ticket of Contoso"} | more)


def note_of(slug):
    return Product.objects.get(slug=slug).note


def edit_here(slug, note):
    with recorded("admin", message="Here"):
        product = Product.objects.get(slug=slug)
        product.note = note
        product.save()


def errors_of(response):
    return response.context.get("errors") or [message for _, message in response.context["wrong"]]


@pytest.mark.parametrize("form", ["zip", "xlsx"])
def test_an_export_is_a_download_with_a_name_that_tells_its_state(editor, form):
    response = export(editor, form)
    digest = catalogue.current().digest[7:15]
    assert response["Content-Disposition"] == f'attachment; filename="catalogue-2026-11-24-{digest}.{form}"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_exporting_importing_and_exporting_again_changes_no_byte(editor):
    edit_here("windows-7-enterprise", "Ours")
    for form in ("zip", "xlsx"):
        before = export(editor, form).content
        where = preview_of(editor, before)
        assert editor.get(where).context["preview"].changes_nothing
        assert export(editor, form).content == before


def test_an_import_changes_only_the_data_files_that_its_rows_stand_in(editor):
    before = export(editor, "zip").content
    confirm(editor, preview_of(editor, edited_export(editor, windows_7_enterprise="From the file")))
    after = export(editor, "zip").content
    one, other = unzipped(before), unzipped(after)
    assert {name for name in one if one[name] != other[name]} == {"products.toml", "state.toml"}


def test_nothing_is_written_before_it_is_confirmed(editor):
    digest, acts = catalogue.current().digest, ChangeSet.objects.count()
    where = preview_of(editor, edited_export(editor, windows_7_enterprise="From the file"))
    page = editor.get(where).content.decode()
    assert "Product windows-7-enterprise (Windows 7 Enterprise)" in page
    assert "From the file" in page
    assert (catalogue.current().digest, ChangeSet.objects.count()) == (digest, acts)


def test_an_import_is_one_act_of_the_history_with_who_and_why(editor):
    data = edited_export(editor, windows_7_enterprise="From the file", windows_7_professional="Too")
    response = confirm(editor, preview_of(editor, data))
    act = ChangeSet.objects.first()
    assert response["Location"] == reverse("admin:activation_changeset_change", args=(act.pk,))
    assert (act.origin, act.user_name, act.message) == ("import", "alice", "A ticket of Contoso")
    assert sorted(row.identity for row in act.rows.all()) == ["windows-7-enterprise", "windows-7-professional"]
    assert note_of("windows-7-enterprise") == "From the file"


def test_an_import_needs_a_reason(editor):
    where = preview_of(editor, edited_export(editor, windows_7_enterprise="From the file"))
    response = confirm(editor, where, reason=" ")
    assert response.status_code == 422
    assert "Enter why" in errors_of(response)[0]
    assert note_of("windows-7-enterprise") == OLD


def test_a_comparison_that_is_out_of_date_is_refused_and_made_anew(editor):
    where = preview_of(editor, edited_export(editor, windows_7_enterprise="From the file"))
    seen = editor.get(where).context["preview"].digest
    edit_here("windows-7-professional", "Meanwhile")
    response = editor.post(where, {"seen": seen, "reason": "A ticket"})
    assert response.status_code == 409
    assert "The catalogue has changed since this comparison" in errors_of(response)[0]
    assert note_of("windows-7-enterprise") == OLD
    assert [row.identity for row in response.context["preview"].of("kept")] == ["windows-7-professional"]
    assert confirm(editor, where).status_code == 302
    assert (note_of("windows-7-enterprise"), note_of("windows-7-professional")) == ("From the file", "Meanwhile")


def test_a_row_that_was_edited_on_both_sides_waits_for_a_choice(editor):
    data = edited_export(editor, windows_7_enterprise="From the file")
    edit_here("windows-7-enterprise", "Here")
    where = preview_of(editor, data)
    response = confirm(editor, where)
    assert response.status_code == 422
    assert errors_of(response) == ["Choose which Product windows-7-enterprise (Windows 7 Enterprise) stands."]
    assert 'id="product:windows-7-enterprise"' in response.content.decode()
    assert note_of("windows-7-enterprise") == "Here"


@pytest.mark.parametrize(("side", "note"), [("here", "Here"), ("file", "From the file")])
def test_the_chosen_side_of_a_conflict_stands(editor, side, note):
    data = edited_export(editor, windows_7_enterprise="From the file")
    edit_here("windows-7-enterprise", "Here")
    confirm(editor, preview_of(editor, data), **{"product:windows-7-enterprise": side})
    assert note_of("windows-7-enterprise") == note
    assert not PendingImport.objects.exists()


def test_what_would_not_fit_together_is_named_and_not_imported(editor):
    book = open_book(export(editor).content)
    book.cut("Product groups", "windows-7")
    response = upload(editor, book.saved())
    assert response.status_code == 422
    assert any('there is no product group "windows-7"' in error for error in errors_of(response))


def test_an_edit_here_that_does_not_fit_the_file_is_named_and_stops_the_import(editor):
    """The file takes a source away that only a row made here since the export names."""
    with recorded("admin", message="New"):
        Source.objects.create(slug="CONTOSO", publisher="Contoso", title="A list of Contoso")
    book = open_book(export(editor).content)
    book.cut("Sources", "CONTOSO")
    with recorded("admin", message="Named"):
        product = Product.objects.get(slug="windows-7-enterprise")
        product.gvlk_source = Source.objects.get(slug="CONTOSO")
        product.save()
    where = preview_of(editor, book.saved())
    assert any('there is no source "CONTOSO"' in problem for problem in editor.get(where).context["problems"])
    response = confirm(editor, where)
    assert response.status_code == 422
    assert Source.objects.filter(slug="CONTOSO").exists()


def test_confirming_twice_imports_once(editor):
    where = preview_of(editor, edited_export(editor, windows_7_enterprise="From the file"))
    first, second = confirm(editor, where), editor.post(where, {"seen": "x", "reason": "Again"})
    assert (first.status_code, second.status_code) == (302, 404)
    assert "no longer waits" in errors_of(second)[0]
    assert ChangeSet.objects.filter(origin="import").count() == 1


def test_a_failure_in_the_middle_leaves_everything_as_it_was(editor, monkeypatch):
    data = edited_export(editor, windows_7_enterprise="From the file", windows_7_professional="Too")
    where = preview_of(editor, data)
    done = []

    def fail_at_the_second(*args):
        done.append(args)
        if len(done) == 2:
            raise RuntimeError("the power is gone")

    monkeypatch.setattr("activation.exchange.writing.update", fail_at_the_second)
    with pytest.raises(RuntimeError):
        confirm(editor, where)
    assert catalogue.touch() == []
    assert catalogue.current().digest == catalogue.shipped().digest
    assert PendingImport.objects.count() == 1


def test_a_file_that_waits_is_found_again_and_can_be_dropped(editor):
    where = preview_of(editor, edited_export(editor, windows_7_enterprise="From the file"))
    assert where in editor.get(PAGE).content.decode()
    editor.post(where, {"drop": "1"})
    assert where not in editor.get(PAGE).content.decode()
    assert editor.get(where).status_code == 404


def test_a_file_waits_for_a_day_and_only_the_latest_five_do(editor):
    data = edited_export(editor, windows_7_enterprise="From the file")
    addresses = [preview_of(editor, data) for _ in range(6)]
    assert [editor.get(where).status_code for where in addresses] == [404, *[200] * 5]
    PendingImport.objects.update(at=timezone.now() - timedelta(hours=25))
    assert editor.get(addresses[-1]).status_code == 404
    preview_of(editor, data)
    assert PendingImport.objects.count() == 1


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


@pytest.mark.parametrize("path", [PAGE, SHIPPED, "/admin/catalogue/exchange/catalogue.zip", f"{PAGE}{uuid.uuid4()}/"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


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


# --- The shipped catalogue beside the one here ---


def ship(slug, note):
    """As if the shipped row had been another one when it was loaded last."""
    ShippedRow.objects.filter(kind="product", identity=slug).update(digest=note)


def settle(client, *, reason="Compared with the document", page=1, **sides):
    response = client.get(SHIPPED, {"page": page})
    seen = {f"seen {row.name}": digest for _, rows in response.context["sections"] for row, digest, _ in rows}
    chosen = {f"product:{slug.replace('_', '-')}": side for slug, side in sides.items()}
    return client.post(SHIPPED, seen | chosen | {"reason": reason})


def test_an_untouched_catalogue_has_no_differences_from_the_shipped_one(editor):
    assert "no row differs" in editor.get(SHIPPED).content.decode()


def test_an_edit_here_is_listed_and_the_shipped_version_can_be_taken(editor):
    edit_here("windows-7-enterprise", "Ours")
    page = editor.get(SHIPPED).content.decode()
    assert "Kept as edited here" in page
    assert "To decide" not in page
    settle(editor, windows_7_enterprise="file")
    assert note_of("windows-7-enterprise") == OLD
    act = ChangeSet.objects.first()
    assert (act.origin, act.user_name, act.message) == ("load", "alice", "Compared with the document")
    assert catalogue.current().digest == catalogue.shipped().digest


def test_a_row_changed_on_both_sides_is_to_be_decided_until_it_is(editor):
    edit_here("windows-7-enterprise", "Ours")
    ship("windows-7-enterprise", "an older one")
    assert "1 row to decide" in editor.get(PAGE).content.decode()
    settle(editor, windows_7_enterprise="here")
    assert note_of("windows-7-enterprise") == "Ours"
    assert "to decide" not in editor.get(PAGE).content.decode()
    assert [change.identity for change in catalogue.load().kept] == ["windows-7-enterprise"]


def test_keeping_a_row_stands_in_its_history_with_the_reason(editor):
    edit_here("windows-7-enterprise", "Ours")
    settle(editor, windows_7_enterprise="here")
    act = ChangeSet.objects.first()
    row = act.rows.get()
    assert (act.message, act.before) == ("Compared with the document", act.after)
    assert (row.identity, row.before["note"], row.before) == ("windows-7-enterprise", "Ours", row.after)


def test_a_row_deleted_here_comes_back_when_the_shipped_version_is_taken(editor):
    with recorded("admin", message="Gone"):
        Product.objects.get(slug="windows-7-enterprise").delete()
    assert "Deleted here" in editor.get(SHIPPED).content.decode()
    settle(editor, windows_7_enterprise="file")
    assert catalogue.current().digest == catalogue.shipped().digest


def test_a_row_that_changed_since_it_was_shown_is_not_settled(editor):
    edit_here("windows-7-enterprise", "Ours")
    rows = editor.get(SHIPPED).context["sections"][1][1]
    edit_here("windows-7-enterprise", "Ours, newer")
    seen = {f"seen {row.name}": digest for row, digest, _ in rows}
    response = editor.post(SHIPPED, seen | {"product:windows-7-enterprise": "file", "reason": "x"})
    assert response.status_code == 409
    assert note_of("windows-7-enterprise") == "Ours, newer"


def test_settling_needs_a_reason_and_a_choice(editor):
    edit_here("windows-7-enterprise", "Ours")
    response = settle(editor, reason="")
    assert response.status_code == 422
    assert [message.split(".")[0] for message in errors_of(response)] == [
        "Choose for at least one row which version stands",
        "Enter why",
    ]
