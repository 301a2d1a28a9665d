"""Every state of the catalogue is kept under its digest, once, and can be shown and planned with again."""

from __future__ import annotations

import pytest

from activation import catalogue, state
from activation.models import CatalogueSnapshot, CatalogueState, Coverage, Product
from activation.recording import recorded
from activation.rows import KINDS, catalogue_digest, complete, content_digest, row_digest
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend
from activation.shipped import rows_from_files
from activation.tables import read_tables

pytestmark = pytest.mark.django_db


def rename(name):
    with recorded("admin") as act:
        row = Product.objects.get(slug="windows-7-enterprise")
        row.name = name
        row.save()
    return act.digest


def test_a_state_can_be_shown_again_after_the_tables_went_on():
    digests = [rename(name) for name in ("One", "Two", "Three")]
    names = [catalogue.state_of(digest).products["windows-7-enterprise"].name for digest in digests]
    assert names == ["One", "Two", "Three"]
    assert [catalogue.state_of(digest).digest for digest in digests] == digests


def test_the_shipped_state_comes_back_equal_in_every_part():
    rename("One")
    assert catalogue.state_of(catalogue.shipped().digest) == catalogue.shipped()


def plan(known):
    document = {"format": "estate/1", "licences": [{"product": "windows-7-enterprise", "quantity": 40}]}
    return recommend(read_estate(document, known, "2026-11-24"), known)


def test_a_plan_computed_before_an_edit_is_computed_the_same_again():
    before = plan(catalogue.current())
    with recorded("admin"):
        Coverage.objects.filter(key__slug="kms-windows-7").update(evidence="unclear")
    assert plan(catalogue.current()).kms_host_keys != before.kms_host_keys
    assert plan(catalogue.state_of(before.digest)) == before


def test_a_state_that_comes_back_is_kept_once():
    number = CatalogueSnapshot.objects.count()
    for name in ("One", "Windows 7 Enterprise", "One", "Windows 7 Enterprise"):
        rename(name)
    assert CatalogueSnapshot.objects.count() == number + 1


def test_a_state_takes_less_than_a_fifth_of_its_text():
    kept = CatalogueSnapshot.objects.get(digest=catalogue.shipped().digest)
    assert len(kept.content) < len(str(rows_from_files().rows)) / 5


def test_a_digest_that_names_nothing_is_said_to():
    with pytest.raises(catalogue.UnknownStateError):
        catalogue.state_of("sha256:0")


def test_plans_rest_on_recorded_states_only():
    before = catalogue.current()
    Product.objects.filter(slug="windows-7-enterprise").update(name="Past the site")
    catalogue._kept = None
    assert catalogue.current() == before
    catalogue.touch()
    assert catalogue.current().products["windows-7-enterprise"].name == "Past the site"


def test_tables_that_were_never_recorded_are_still_read():
    CatalogueSnapshot.objects.all().delete()
    CatalogueState.objects.update(digest="sha256:0")
    catalogue._kept = None
    assert catalogue.current().products.keys() == catalogue.shipped().products.keys()


# --- A field that came with a later version ---


def without_later_fields(rows):
    later = {kind: {field.name for field in spec.fields if field.later} for kind, spec in KINDS.items()}
    assert any(later.values())
    return {
        kind: {
            identity: {name: value for name, value in row.items() if name not in later[kind]}
            for identity, row in rows[kind].items()
        }
        for kind in rows
    }


def test_a_later_field_at_its_default_leaves_old_digests_as_they_were():
    files = rows_from_files()
    old = without_later_fields(files.rows)
    for kind, spec in KINDS.items():
        for identity, row in old[kind].items():
            assert complete(kind, row) == files.rows[kind][identity], spec.word
    plain = {"version": files.version, "rows": old}
    assert catalogue_digest(files.version, files.rows) == content_digest(plain)


def test_a_later_field_with_a_value_changes_the_digest():
    row = rows_from_files().rows["product"]["windows-7-enterprise"]
    assert row_digest("product", {**row, "retired": True}) != row_digest("product", row)


def test_a_state_kept_before_a_field_came_is_read_with_its_default():
    digest = catalogue.shipped().digest
    CatalogueSnapshot.objects.all().delete()
    state._keep(digest, rows_from_files().version, without_later_fields(rows_from_files().rows))
    assert catalogue.state_of(digest) == catalogue.shipped()
    assert state.rows_at(digest) == read_tables()[0]
