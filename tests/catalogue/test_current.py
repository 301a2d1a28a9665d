"""The catalogue in use: what the tables hold, kept by the process until it changes."""

import pytest

from activation import catalogue
from activation.load import load
from activation.models import CatalogueState, Product, ProductGroup

pytestmark = pytest.mark.django_db


def test_after_a_load_the_tables_give_the_shipped_catalogue():
    assert catalogue.current() == catalogue.shipped()


def test_files_and_untouched_tables_have_the_same_digest():
    assert CatalogueState.objects.get().digest == catalogue.shipped().digest
    assert catalogue.shipped().digest.startswith("sha256:")


def test_it_costs_one_query_when_nothing_changed(django_assert_num_queries):
    catalogue.current()
    with django_assert_num_queries(1):
        catalogue.current()


def test_it_is_built_in_few_queries(django_assert_max_num_queries):
    catalogue.current()
    Product.objects.filter(slug="windows-7-enterprise").update(name="Ours")
    catalogue.touch()
    with django_assert_max_num_queries(25):
        catalogue.current()


def test_an_edit_shows_after_touch():
    before = catalogue.current()
    Product.objects.filter(slug="windows-7-enterprise").update(name="Ours")
    catalogue.touch()
    after = catalogue.current()
    assert after.products["windows-7-enterprise"].name == "Ours"
    assert after.digest != before.digest
    assert after.version == before.version


def test_taking_an_edit_back_gives_the_shipped_digest_again():
    for name in ("Ours", "Windows 7 Enterprise"):
        Product.objects.filter(slug="windows-7-enterprise").update(name=name)
        catalogue.touch()
    assert catalogue.current().digest == catalogue.shipped().digest


def test_a_source_that_is_added_to_a_group_changes_the_digest():
    before = catalogue.current().digest
    group = ProductGroup.objects.get(slug="windows-server-23h2")
    group.sources.add(*group.sources.model.objects.filter(slug="WSD-REL"))
    catalogue.touch()
    assert catalogue.current().groups["windows-server-23h2"].sources == ("EOL", "WSD-REL")
    assert catalogue.current().digest != before


def test_a_new_version_of_the_files_shows_without_touch(data_files):
    catalogue.current()
    data_files.replace("about.toml", 'version = "2026-11-24"', 'version = "2026-12-01"')
    load(data_files.folder)
    assert catalogue.current().version == "2026-12-01"
    assert catalogue.current().digest != catalogue.shipped().digest


def test_before_the_first_load_it_is_the_shipped_one():
    CatalogueState.objects.all().delete()
    assert catalogue.current() is catalogue.shipped()


def test_touch_says_what_does_not_fit_together():
    Product.objects.filter(slug="windows-7-enterprise").update(family="server")
    (problem,) = catalogue.touch()
    assert (problem.kind, problem.identity, problem.field) == ("product", "windows-7-enterprise", "family")
