"""Two people at once: nobody overwrites or deletes what the page did not show; both versions are shown to choose."""

import pytest
from django.urls import reverse

from activation.exchange.importing import preview, run
from activation.exchange.uploaded import Uploaded
from activation.models import ChangeSet, Coverage, Key, Product, Rule, Source
from activation.recording import recorded
from activation.tables import read_tables
from tests.catalogue.admin_pages import address, form_of

pytestmark = pytest.mark.django_db

CELL = ("kms-windows-8", "windows-7")


def theirs(**values):
    """A colleague edits a product."""
    with recorded("admin", None, "Theirs"):
        Product.objects.filter(slug="windows-7-enterprise").update(**values)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def row():
    return Product.objects.get(slug="windows-7-enterprise")


@pytest.fixture
def form(editor, row):
    """The form of a product as the editor opened it, with an entry."""
    return form_of(editor.get(address(Product, "change", row.pk))) | {"reason": "Mine", "name": "Mine"}


# --- The form of a row ---


def test_a_form_that_is_older_than_the_row_is_answered_with_both_versions(editor, row, form):
    theirs(note="Theirs")
    told = editor.post(address(Product, "change", row.pk), form)
    assert told.status_code == 409
    page = text_of(told)
    assert "Someone changed product windows-7-enterprise at" in page
    assert "after you opened it (Theirs). Nothing was saved." in page
    assert '<th scope="col">As it is now</th><th scope="col">As you entered it</th>' in page
    assert "<td>Windows 7 Enterprise</td><td>Mine</td>" in page
    assert "<td>Theirs</td><td>Win32 Caption may carry a trailing space (W32-OS)</td>" in page
    assert "<title>Error: " in page
    assert 'value="Mine"' in page
    row.refresh_from_db()
    assert (row.name, row.note) == ("Windows 7 Enterprise", "Theirs")


def test_who_was_told_can_put_the_own_version_in_its_place(editor, row, form):
    theirs(note="Theirs")
    told = editor.post(address(Product, "change", row.pk), form)
    assert editor.post(address(Product, "change", row.pk), form_of(told)).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.note) == ("Mine", "Win32 Caption may carry a trailing space (W32-OS)")


def test_who_was_told_is_told_again_of_a_third_version(editor, row, form):
    theirs(note="Theirs")
    told = editor.post(address(Product, "change", row.pk), form)
    theirs(note="The third")
    assert editor.post(address(Product, "change", row.pk), form_of(told)).status_code == 409


@pytest.mark.parametrize("again", [{"builds": "seven"}, {"_preview": "1"}])
def test_a_form_that_was_shown_again_is_as_old_as_before(editor, row, form, again):
    where = address(Product, "change", row.pk)
    shown = form_of(editor.post(where, form | again)) | {"builds": ""}
    theirs(note="Theirs")
    assert editor.post(where, shown).status_code == 409


def test_a_wrong_form_that_is_too_old_names_its_mistakes_and_who_was_faster(editor, row, form):
    theirs(note="Theirs")
    told = editor.post(address(Product, "change", row.pk), form | {"builds": "seven"})
    assert told.status_code == 409
    assert "is not a whole number" in text_of(told)
    assert "Someone changed product windows-7-enterprise at" in text_of(told)


def test_an_edit_of_another_row_does_not_stand_in_the_way(editor, row, form):
    with recorded("admin", None, "Theirs"):
        Product.objects.filter(slug="windows-7-professional").update(note="Theirs")
    assert editor.post(address(Product, "change", row.pk), form).status_code == 302


def test_a_changed_coverage_makes_the_open_form_of_its_key_old(editor):
    key = Key.objects.get(slug="kms-windows-8")
    where = address(Key, "change", key.pk)
    opened = form_of(editor.get(where)) | {"reason": "Mine"}
    with recorded("admin", None, "Theirs"):
        key.activates.first().delete()
    assert editor.post(where, opened).status_code == 409


@pytest.mark.parametrize("opened", ["", "x", "9" * 30, "-1"])
def test_a_form_that_does_not_say_when_it_was_opened_is_told_what_is_there(editor, row, form, opened):
    assert editor.post(address(Product, "change", row.pk), form | {"opened": opened}).status_code == 409
    row.refresh_from_db()
    assert row.name == "Windows 7 Enterprise"


def test_an_import_makes_the_open_form_old(editor, row, form):
    rows = read_tables()[0]
    rows["product"][row.slug]["note"] = "Imported"
    file = Uploaded("ours.xlsx", "", "", rows)
    run(file, preview(file).digest, {}, None, "Theirs")
    assert editor.post(address(Product, "change", row.pk), form).status_code == 409
    row.refresh_from_db()
    assert (row.name, row.note) == ("Windows 7 Enterprise", "Imported")


def test_an_edit_past_the_site_makes_the_open_form_old(editor, row, form):
    Product.objects.filter(pk=row.pk).update(note="Past the site")
    assert editor.post(address(Product, "change", row.pk), form).status_code == 409


# --- Against deleting ---


def test_a_form_whose_row_was_deleted_keeps_every_entry_and_leads_to_the_change(editor, row, form):
    where = address(Product, "change", row.pk)
    with recorded("admin", None, "Not sold any more"):
        row.delete()
    gone = editor.post(where, form)
    assert gone.status_code == 409
    page = text_of(gone)
    assert "Someone deleted product windows-7-enterprise at" in page
    assert "(Not sold any more)" in page
    assert reverse("admin:activation_changeset_change", args=(ChangeSet.objects.first().pk,)) in page
    for said in ("<td>Mine</td>", "<td>Windows 7</td>", "<td>33PXH-7Y6KF-2VJC9-XBBR8-HVTHH</td>"):
        assert said in page


def test_the_entries_of_a_deleted_key_are_kept_with_its_coverage(editor):
    key = Key.objects.get(slug="kms-office-2010")
    where = address(Key, "change", key.pk)
    form = form_of(editor.get(where)) | {"reason": "Mine", "activates-0-evidence": "derived", "note": "=1+1 <b>"}
    with recorded("admin", None, "Theirs"):
        for dispute in key.disputes.all():
            dispute.keys.remove(key)
        key.delete()
    page = text_of(editor.post(where, form))
    assert "<td>derived</td>" in page
    assert "<td>Office 2010 family (Office, Project, Visio volume editions)</td>" in page
    assert "<td>=1+1 &lt;b&gt;</td>" in page


def test_a_form_of_a_row_that_never_was_leads_back(editor, form):
    assert editor.post(address(Product, "change", 999999), form | {"row": "no-such"}).status_code == 302


@pytest.mark.parametrize("how", ["delete", "action"])
def test_a_row_that_changed_after_the_question_is_not_deleted(editor, how):
    rule = Rule.objects.get(slug="R-OPEN")
    chosen = {"action": "delete_selected", "_selected_action": [rule.pk]} if how == "action" else {}
    where = address(Rule) if chosen else address(Rule, "delete", rule.pk)
    asked = editor.post(where, chosen) if chosen else editor.get(where)
    sent = chosen | {"post": "yes", "reason": "Mine", "opened": asked.context["request"].opened}
    with recorded("admin", None, "Theirs"):
        Rule.objects.filter(pk=rule.pk).update(text="Theirs")
    told = editor.post(where, sent)
    assert told.status_code == 409
    assert "Someone changed rule R-OPEN at" in text_of(told)
    assert 'value="Mine"' in text_of(told)
    assert Rule.objects.filter(pk=rule.pk, text="Theirs").exists()
    editor.post(where, sent | {"opened": told.context["request"].opened})
    assert not Rule.objects.filter(pk=rule.pk).exists()


@pytest.mark.parametrize("action", ["retire", "delete_selected"])
def test_of_many_chosen_rows_one_that_changed_stops_the_act(editor, action):
    rows = [Product.objects.create(slug=f"p{n}", name=f"Product {n}", family="client") for n in range(3)]
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    asked = editor.post(address(Product), chosen)
    with recorded("admin", None, "Theirs"):
        Product.objects.filter(slug="p1").update(note="Theirs")
    sent = chosen | {"post": "yes", "reason": "Mine", "opened": asked.context["request"].opened}
    told = editor.post(address(Product), sent)
    assert told.status_code == 409
    assert "Someone changed product p1 at" in text_of(told)
    assert Product.objects.filter(slug__in=("p0", "p1", "p2"), retired=False).count() == 3


# --- The matrix ---


def cell():
    return reverse("catalogue-cell", args=CELL)


def covered():
    return Coverage.objects.filter(key__slug=CELL[0], group__slug=CELL[1])


def sent(response, evidence):
    opened = response.context["request"].opened
    return {"sources": [Source.objects.first().pk], "reason": "Mine", "opened": opened, "evidence": evidence}


def test_a_cell_that_was_changed_meanwhile_is_shown_in_both_versions(editor):
    opened = editor.get(cell())
    with recorded("admin", None, "Theirs"):
        covered().update(evidence="documented")
    told = editor.post(cell(), sent(opened, "unclear"))
    assert told.status_code == 409
    assert "<td>documented</td><td>unclear</td>" in text_of(told)
    assert covered().get().evidence == "documented"
    assert editor.post(cell(), sent(told, "unclear")).status_code == 302
    assert covered().get().evidence == "unclear"


def test_a_cell_that_was_emptied_meanwhile_is_not_filled_unseen(editor):
    opened = editor.get(cell())
    with recorded("admin", None, "Theirs"):
        covered().get().delete()
    told = editor.post(cell(), sent(opened, "unclear"))
    assert "Someone deleted coverage kms-windows-8/windows-7 at" in text_of(told)
    assert not covered().exists()


def test_a_cell_that_was_changed_meanwhile_is_not_emptied_unseen(editor):
    opened = editor.get(cell())
    with recorded("admin", None, "Theirs"):
        covered().update(evidence="documented")
    assert editor.post(cell(), sent(opened, "")).status_code == 409
    assert covered().get().evidence == "documented"
