"""`loadcatalogue`: loading again changes nothing, and what was edited here stays and is named.

Every test starts with the shipped catalogue loaded.
"""

import sqlite3
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activation.files import CatalogueFilesError
from activation.load import Change, load
from activation.management.commands import loadcatalogue
from activation.models import (
    CatalogueState,
    Coverage,
    Dispute,
    HostOption,
    HostSystem,
    Key,
    Product,
    ProductGroup,
    Rule,
    ShippedRow,
    Source,
    SupportDate,
)
from activation.tables import MODELS, read_tables

pytestmark = pytest.mark.django_db

COUNTS = {
    Source: 146,
    ProductGroup: 33,
    HostSystem: 15,
    Product: 191,
    Key: 57,
    Coverage: 197,
    HostOption: 85,
    SupportDate: 30,
    Dispute: 36,
}


def rename(slug, name):
    Product.objects.filter(slug=slug).update(name=name)


def name_of(slug):
    return Product.objects.get(slug=slug).name


def empty_the_tables():
    for model in reversed(MODELS.values()):
        model.objects.all().delete()
    ShippedRow.objects.all().delete()
    CatalogueState.objects.all().delete()


def test_it_fills_empty_tables_with_every_row_of_the_files():
    empty_the_tables()
    changes = load()
    assert {model: model.objects.count() for model in COUNTS} == COUNTS
    assert len(changes.added) == sum(COUNTS.values()) + Rule.objects.count()
    assert not changes.updated + changes.removed + changes.kept + changes.conflicting


def test_it_changes_nothing_the_second_time(django_assert_max_num_queries):
    before, state = read_tables()[0], CatalogueState.objects.get()
    with django_assert_max_num_queries(30):
        changes = load()
    assert not changes.written
    assert not changes.kept + changes.conflicting
    assert read_tables()[0] == before
    assert CatalogueState.objects.get().changed == state.changed


def test_a_row_that_changed_in_the_files_is_updated(data_files):
    data_files.replace("products.toml", 'name = "Windows 7 Enterprise"', 'name = "Windows 7 Enterprise SP1"')
    changes = load(data_files.folder)
    assert changes.updated == [Change("product", "windows-7-enterprise")]
    assert name_of("windows-7-enterprise") == "Windows 7 Enterprise SP1"


def test_changed_sources_and_references_are_updated(data_files):
    data_files.replace(
        "keys.toml", 'comes_with = ["windows-server-2012-r2", "windows-10"]', 'comes_with = ["windows-10"]'
    )
    data_files.replace("groups.toml", 'sources = ["EOL"]', 'sources = ["WSD-ESU", "WSD-REL"]')
    changes = load(data_files.folder)
    assert changes.updated == [
        Change("group", "windows-server-23h2"),
        Change("key", "kms-windows-server-2012-r2-for-windows-10"),
    ]
    group = ProductGroup.objects.get(slug="windows-server-23h2")
    assert {source.slug for source in group.sources.all()} == {"WSD-ESU", "WSD-REL"}
    key = Key.objects.get(slug="kms-windows-server-2012-r2-for-windows-10")
    assert [group.slug for group in key.comes_with.all()] == ["windows-10"]


def test_a_row_that_left_the_files_is_removed(data_files):
    data_files.cut("rules.toml", "R-OPEN")
    changes = load(data_files.folder)
    assert changes.removed == [Change("rule", "R-OPEN")]
    assert not Rule.objects.filter(slug="R-OPEN").exists()


def test_a_new_key_comes_with_what_it_activates_and_its_hosts(data_files):
    data_files.append(
        "keys.toml",
        """
[[key]]
slug = "kms-windows-server-23h2"
type = "kms"
name = "Windows Server 23H2 KMS host key"
group = "windows-server-23h2"
activates = [{group = "windows-server-23h2", evidence = "unclear", sources = ["EOL"]}]
hosts = [{system = "windows-server-2025", sources = ["EOL"]}]
""",
    )
    changes = load(data_files.folder)
    assert changes.added == [
        Change("key", "kms-windows-server-23h2"),
        Change("coverage", "kms-windows-server-23h2/windows-server-23h2"),
        Change("host", "kms-windows-server-23h2/windows-server-2025"),
    ]
    assert HostOption.objects.get(key__slug="kms-windows-server-23h2").allowed is None


# --- What was edited here ---


def test_a_row_that_was_edited_here_is_kept_and_named():
    rename("windows-7-enterprise", "Windows 7 Enterprise (ours)")
    for _ in range(2):
        changes = load()
        assert changes.kept == [Change("product", "windows-7-enterprise", "edited here")]
        assert not changes.written
    assert name_of("windows-7-enterprise") == "Windows 7 Enterprise (ours)"


def test_a_row_that_lost_a_source_here_counts_as_edited():
    group = ProductGroup.objects.get(slug="windows-7")
    group.sources.remove(Source.objects.get(slug="WSD-PLAN"))
    assert load().kept == [Change("group", "windows-7", "edited here")]


def test_a_row_edited_here_and_changed_in_the_files_is_a_conflict_that_the_edit_wins(data_files):
    rename("windows-7-enterprise", "Windows 7 Enterprise (ours)")
    data_files.replace("products.toml", 'name = "Windows 7 Enterprise"', 'name = "Windows 7 Enterprise SP1"')
    changes = load(data_files.folder)
    reason = "edited here, and changed in the data files"
    assert changes.conflicting == [Change("product", "windows-7-enterprise", reason)]
    assert name_of("windows-7-enterprise") == "Windows 7 Enterprise (ours)"


def test_an_edit_that_the_files_take_over_is_no_longer_reported(data_files):
    rename("windows-7-enterprise", "Windows 7 Enterprise SP1")
    data_files.replace("products.toml", 'name = "Windows 7 Enterprise"', 'name = "Windows 7 Enterprise SP1"')
    changes = load(data_files.folder)
    assert not changes.written
    assert not changes.kept + changes.conflicting


def test_a_row_that_was_deleted_here_does_not_come_back():
    Rule.objects.get(slug="R-OPEN").delete()
    assert load().kept == [Change("rule", "R-OPEN", "deleted here")]
    assert not Rule.objects.filter(slug="R-OPEN").exists()


def test_a_row_that_was_made_here_stays_without_a_word():
    Source.objects.create(slug="OURS", publisher="Contoso", title="Our agreement")
    changes = load()
    assert Source.objects.filter(slug="OURS").exists()
    assert not changes.written
    assert not changes.kept + changes.conflicting


def test_an_edited_row_that_left_the_files_stays_and_is_named_once(data_files):
    Rule.objects.filter(slug="R-OPEN").update(text="Ours.")
    data_files.cut("rules.toml", "R-OPEN")
    reason = "edited here, and no longer in the data files"
    assert load(data_files.folder).conflicting == [Change("rule", "R-OPEN", reason)]
    assert load(data_files.folder).conflicting == []
    assert Rule.objects.get(slug="R-OPEN").text == "Ours."


def test_a_row_that_left_the_files_but_is_needed_here_stays_and_is_named(data_files):
    ours = ProductGroup.objects.get(slug="windows-7")
    Product.objects.create(
        slug="ours", name="Ours", group=ours, family="client", gvlk="A" * 5 + "-AAAAA" * 4, gvlk_source=spare_source()
    )
    data_files.cut("sources.toml", "L.JAFORUM")
    reason = "no longer shipped, but other rows here need it"
    assert load(data_files.folder).conflicting == [Change("source", "L.JAFORUM", reason)]
    assert Source.objects.filter(slug="L.JAFORUM").exists()


def spare_source():
    """A source that no shipped row names."""
    return Source.objects.get(slug="L.JAFORUM")


def test_a_row_that_needs_one_deleted_here_is_not_loaded_and_named(data_files):
    Dispute.objects.get(slug="C19").delete()
    data_files.replace("rules.toml", 'slug = "R-OPEN"\n', 'slug = "R-OPEN"\ndispute = "C19"\n')
    changes = load(data_files.folder)
    reason = 'needs the disputed point "C19", which was deleted here'
    assert changes.conflicting == [Change("rule", "R-OPEN", reason)]
    assert changes.kept == [Change("dispute", "C19", "deleted here")]


def test_a_new_row_whose_name_was_given_away_here_is_named_and_the_others_are_loaded(data_files):
    rename("windows-7-enterprise", "Windows 12 Pro")
    for name in ("Windows 12 Pro", "Windows 12 Enterprise"):
        slug = name.lower().replace(" ", "-")
        data_files.append("products.toml", f'\n[[product]]\nslug = "{slug}"\nname = "{name}"\nfamily = "client"\n')
    changes = load(data_files.folder)
    assert changes.added == [Change("product", "windows-12-enterprise")]
    assert [(change.kind, change.identity) for change in changes.conflicting] == [("product", "windows-12-pro")]
    rename("windows-7-enterprise", "Windows 7 Enterprise")
    assert load(data_files.folder).added == [Change("product", "windows-12-pro")]


# --- All or nothing ---


def test_wrong_files_change_nothing(data_files):
    before = read_tables()[0]
    data_files.replace("products.toml", 'name = "Windows 7 Enterprise"', 'name = "Windows 7 Enterprise SP1"')
    data_files.replace("rules.toml", 'slug = "R-OPEN"', 'slug = "R OPEN"')
    with pytest.raises(CatalogueFilesError):
        load(data_files.folder)
    assert read_tables()[0] == before


def test_a_fault_in_the_middle_changes_nothing(data_files, monkeypatch):
    def full(*args):
        raise sqlite3.OperationalError("database or disk is full")

    before, shipped = read_tables()[0], ShippedRow.objects.count()
    data_files.replace("sources.toml", 'title = "Product activation FAQ', 'title = "The product activation FAQ')
    monkeypatch.setattr("activation.recording.write_state", full)
    with pytest.raises(sqlite3.OperationalError):
        load(data_files.folder)
    assert read_tables()[0] == before
    assert ShippedRow.objects.count() == shipped


# --- The command ---


def run():
    out, err = StringIO(), StringIO()
    call_command("loadcatalogue", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_says_one_line_when_there_is_nothing_new():
    out, err = run()
    assert out.startswith("Catalogue 2026-11-24 (sha256:")
    assert out.endswith("), nothing new.\n")
    assert out.count("\n") == 1
    assert err == ""


def test_the_command_names_on_standard_error_what_it_kept():
    rename("windows-7-enterprise", "Windows 7 Enterprise (ours)")
    _, err = run()
    assert "Kept as edited here:" in err
    assert "product windows-7-enterprise: edited here" in err


def test_the_command_names_single_rows_and_counts_many(monkeypatch, data_files):
    data_files.replace("products.toml", 'name = "Windows 7 Enterprise"', 'name = "Windows 7 Enterprise SP1"')
    for number in range(11):
        data_files.append(
            "sources.toml", f'\n[[source]]\nslug = "NEW-{number}"\npublisher = "Contoso"\ntitle = "New"\n'
        )
    monkeypatch.setattr(loadcatalogue, "load", partial(load, data_files.folder))
    out, _ = run()
    assert "updated product: windows-7-enterprise\n" in out
    assert "added source: 11 rows\n" in out


def test_the_command_names_every_error_of_the_files_and_ends_with_an_error(monkeypatch, data_files):
    data_files.replace("rules.toml", 'slug = "R-OPEN"', 'slug = "R OPEN"')
    data_files.replace("support.toml", 'extended_end = "2017-04-11"', 'extended_end = "soon"')
    monkeypatch.setattr(loadcatalogue, "load", partial(load, data_files.folder))
    with pytest.raises(CommandError) as caught:
        run()
    assert "Nothing was loaded" in str(caught.value)
    assert "rules.toml: rule R OPEN: slug" in str(caught.value)
    assert "support.toml: support windows-vista-sp2: extended_end" in str(caught.value)
