"""The history: every way of writing is recorded, with who, why and each field before and after."""

from __future__ import annotations

import pytest

from activation import catalogue
from activation.history import fields_of
from activation.load import load
from activation.models import (
    CatalogueSnapshot,
    ChangeSet,
    Coverage,
    HostOption,
    Key,
    Product,
    ProductGroup,
    RowChange,
    Rule,
    Source,
)
from activation.recording import recorded
from activation.rows import KINDS
from activation.tables import MODELS, add, delete, read_tables, update
from tests.catalogue.admin_pages import address, confirm, save

pytestmark = pytest.mark.django_db


def last_act():
    """The latest act as (origin, user, message), and its rows as {(kind, identity): {field: (before, after)}}."""
    act = ChangeSet.objects.first()
    rows = {
        (row.kind, row.identity): {field.name: (field.before, field.after) for field in fields_of(row)}
        for row in act.rows.all()
    }
    return (act.origin, act.user_name, act.message), rows


def acts():
    return ChangeSet.objects.count()


def replayed():
    """The tables as the history tells them, from the beginning on."""
    rows = {kind: {} for kind in KINDS}
    for change in RowChange.objects.order_by("pk"):
        assert rows[change.kind].get(change.identity) == change.before
        if change.after is None:
            del rows[change.kind][change.identity]
        else:
            rows[change.kind][change.identity] = change.after
    return rows


@pytest.fixture(autouse=True)
def everything_is_explained():
    """After each test the history, played again from its beginning, gives the tables."""
    yield
    catalogue.touch()
    assert replayed() == read_tables()[0]


# --- Each way of writing ---


def test_the_first_load_is_in_the_history():
    first = ChangeSet.objects.last()
    assert (first.origin, first.before, first.message) == ("load", "", "The data files of 2026-11-24.")
    assert first.rows.count() == sum(model.objects.count() for model in MODELS.values())
    assert first.after == catalogue.shipped().digest


def test_a_form_is_recorded_with_who_and_why(admin_client):
    row = Product.objects.get(slug="windows-7-enterprise")
    save(admin_client, row, name="Windows 7 Enterprise (ours)", reason="  As our\nagreement says. ")
    assert last_act() == (
        ("admin", "alice", "As our agreement says."),
        {("product", row.slug): {"name": ("Windows 7 Enterprise", "Windows 7 Enterprise (ours)")}},
    )


def test_a_list_of_sources_is_recorded(admin_client):
    row, more = ProductGroup.objects.get(slug="windows-server-23h2"), Source.objects.get(slug="WSD-REL")
    save(admin_client, row, sources=[*row.sources.values_list("pk", flat=True), more.pk])
    _, rows = last_act()
    assert rows == {("group", row.slug): {"sources": (["EOL"], ["EOL", "WSD-REL"])}}
    (field,) = fields_of(ChangeSet.objects.first().rows.get())
    assert (field.came, field.went) == (["WSD-REL"], [])


def test_a_row_inside_the_form_of_a_key_is_recorded(admin_client):
    save(admin_client, Key.objects.get(slug="kms-windows-8"), **{"activates-0-evidence": "unclear"}, reason="Why")
    (origin, user, message), rows = last_act()
    assert (origin, user, message) == ("admin", "alice", "Why")
    (((kind, identity), fields),) = rows.items()
    assert kind == "coverage"
    assert identity.startswith("kms-windows-8/")
    assert fields["evidence"][1] == "unclear"


def test_an_action_of_a_list_is_one_act(admin_client):
    keys = [Rule.objects.get(slug=slug).pk for slug in ("R-OPEN", "R-CMD")]
    before = acts()
    confirm(admin_client, address(Rule), reason="Not needed", action="delete_selected", _selected_action=keys)
    assert acts() == before + 1
    (_, user, message), rows = last_act()
    assert (user, message) == ("alice", "Not needed")
    assert rows.keys() == {("rule", "R-OPEN"), ("rule", "R-CMD")}


def test_what_goes_with_a_deleted_key_is_recorded(admin_client):
    key = Key.objects.get(slug="kms-windows-vista")
    parts = {("coverage", f"{key.slug}/{part.group.slug}") for part in key.activates.all()}
    parts |= {("host", f"{key.slug}/{part.system.slug}") for part in key.hosts.all()}
    for dispute in key.disputes.all():
        dispute.keys.remove(key)
    catalogue.touch()
    confirm(admin_client, address(Key, "delete", key.pk))
    assert last_act()[1].keys() == {("key", key.slug)} | parts
    assert all(row.after is None for row in ChangeSet.objects.first().rows.all())


def test_a_load_is_recorded_with_the_version_that_it_brings(data_files):
    data_files.replace("about.toml", 'version = "2026-11-24"', 'version = "2026-12-01"')
    data_files.replace("products.toml", 'name = "Windows 7 Enterprise"', 'name = "Windows 7 Enterprise SP1"')
    data_files.cut("rules.toml", "R-OPEN")
    data_files.append("sources.toml", '\n[[source]]\nslug = "NEW"\npublisher = "Contoso"\ntitle = "New"\n')
    load(data_files.folder)
    act, rows = last_act()
    assert act == ("load", "", "The data files of 2026-12-01.")
    assert rows.keys() == {("source", "NEW"), ("product", "windows-7-enterprise"), ("rule", "R-OPEN")}
    assert {row.identity: row.what for row in ChangeSet.objects.first().rows.all()} == {
        "NEW": "added",
        "windows-7-enterprise": "changed",
        "R-OPEN": "deleted",
    }


def test_a_load_that_brings_nothing_new_leaves_no_history():
    before = acts()
    load()
    assert acts() == before


def test_writing_rows_directly_is_recorded():
    source = {**read_tables()[0]["source"]["EOL"], "title": "Renamed"}
    with recorded("import", message="A file of Contoso") as act:
        update("source", source, act.ids)
        add("source", [{**source, "slug": "NEW"}], act.ids)
        delete("rule", "R-OPEN", act.ids)
    assert last_act()[0] == ("import", "", "A file of Contoso")
    assert last_act()[1].keys() == {("source", "EOL"), ("source", "NEW"), ("rule", "R-OPEN")}


def test_bulk_writing_is_recorded():
    with recorded("import"):
        Product.objects.filter(group__slug="windows-7").update(note="Bulk")
        Source.objects.bulk_create(Source(slug=f"B{n}", publisher="Contoso", title="Bulk") for n in range(3))
        HostOption.objects.filter(key__slug="kms-windows-7").delete()
    kinds = [kind for kind, _ in last_act()[1]]
    assert kinds.count("product") == Product.objects.filter(group__slug="windows-7").count()
    assert kinds.count("source") == 3
    assert kinds.count("host") > 0


def test_an_edit_past_the_site_is_recorded_apart_from_the_next_act(admin_client):
    Product.objects.filter(slug="windows-7-professional").update(note="By a shell")
    save(admin_client, Product.objects.get(slug="windows-7-enterprise"), note="By a form", reason="Mine")
    (act, rows), outside = last_act(), ChangeSet.objects.all()[1]
    assert (act, list(rows)) == (("admin", "alice", "Mine"), [("product", "windows-7-enterprise")])
    assert (outside.origin, outside.user_name) == ("outside", "")
    assert [row.identity for row in outside.rows.all()] == ["windows-7-professional"]


def test_tables_that_are_older_than_the_history_are_where_it_begins():
    for table in (RowChange, ChangeSet, CatalogueSnapshot):
        table.objects.all()._raw_delete("default")
    load()
    begin = ChangeSet.objects.get()
    assert begin.message == "What was there when the history began."
    assert begin.rows.count() == sum(model.objects.count() for model in MODELS.values())


def test_evidence_of_a_coverage_is_recorded_by_its_own_form(admin_client):
    coverage = Coverage.objects.get(key__slug="kms-windows-7", group__slug="windows-vista")
    save(admin_client, coverage, evidence="unclear")
    assert list(last_act()[1]) == [("coverage", "kms-windows-7/windows-vista")]


def test_a_form_changes_no_caption_that_nobody_touched(admin_client):
    row = Product.objects.get(slug="windows-7-enterprise")
    assert any(caption.endswith(" ") for caption in row.captions)
    save(admin_client, row, note="New")
    assert last_act()[1] == {("product", row.slug): {"note": (row.note, "New")}}


# --- What leaves no history ---


def test_a_form_that_is_refused_leaves_no_history(admin_client):
    before = acts()
    save(admin_client, Product.objects.get(slug="windows-7-enterprise"), name="", reason="Why")
    assert acts() == before


def test_a_reason_that_is_too_long_is_an_error_beside_its_field(admin_client):
    row = Product.objects.get(slug="windows-7-enterprise")
    response = save(admin_client, row, note="New", reason="w" * 201)
    assert "reason" in response.context["adminform"].form.errors
    assert Product.objects.get(pk=row.pk).note == row.note


def test_saving_a_form_without_a_change_leaves_no_history(admin_client):
    before = acts()
    save(admin_client, Key.objects.get(slug="kms-windows-7"), reason="Only looked")
    assert acts() == before


def delete_and_fail():
    with recorded("import") as act:
        delete("rule", "R-OPEN", act.ids)
        raise ZeroDivisionError


def test_an_act_that_fails_is_undone_with_its_history():
    before, rows = acts(), read_tables()[0]
    with pytest.raises(ZeroDivisionError):
        delete_and_fail()
    assert (acts(), read_tables()[0]) == (before, rows)
