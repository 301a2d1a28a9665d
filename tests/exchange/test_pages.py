"""Export and import in the admin, without a browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activation import catalogue
from activation.models import ChangeSet, PendingImport, Product, Source
from activation.recording import recorded
from tests.exchange.conftest import open_book, unzipped
from tests.exchange.pages import (
    OLD,
    PAGE,
    confirm,
    edit_here,
    edited_export,
    errors_of,
    export,
    note_of,
    preview_of,
    upload,
)

pytestmark = pytest.mark.django_db


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
