"""What the database itself refuses, whatever way a row comes to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from activation.models import (
    CatalogueSnapshot,
    CatalogueState,
    ChangeSet,
    Coverage,
    Dispute,
    HostOption,
    HostSystem,
    Key,
    Product,
    ProductGroup,
    RowChange,
    Rule,
    Source,
    SupportDate,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "slug", "change"),
    [
        (ProductGroup, "windows-7", {"family": "desktop"}),
        (Product, "windows-7-enterprise", {"family": "desktop"}),
        (Product, "windows-7-enterprise", {"name": "WINDOWS 7 PROFESSIONAL"}),
        (Product, "windows-7-enterprise", {"gvlk": ""}),
        (Product, "windows-7-enterprise", {"gvlk_source": None}),
        (Product, "windows-7-enterprise", {"slug": "windows-7-professional"}),
        (Product, "windows-7-enterprise", {"caption_confidence": "guessed"}),
        (Product, "windows-7-enterprise", {"install_technology": "ZIP"}),
        (Key, "kms-windows-7", {"type": "mak"}),
        (Key, "kms-windows-7", {"type": "csvlk"}),
        (SupportDate, "windows-vista-sp2", {"extended_end": "2011-01-01"}),
        (SupportDate, "windows-7-sp1", {"esu_end": "2011-01-01"}),
        (Dispute, "C19", {"severity": "awful"}),
        (HostSystem, "windows-7", {"family": "office"}),
        (HostSystem, "windows-7", {"position": -1}),
        (ProductGroup, "windows-7", {"name": ""}),
        (Product, "windows-7-enterprise", {"name": "W" * 201}),
        (Product, "windows-7-enterprise", {"slug": ""}),
        (Key, "kms-windows-7", {"name": ""}),
        (Key, "kms-windows-7", {"group": None}),
        (Source, "EOL", {"title": "T" * 301}),
        (Source, "EOL", {"publisher": ""}),
        (Rule, "R-THRESH", {"status": ""}),
        (SupportDate, "windows-7-sp1", {"extended_end": None}),
    ],
)
def test_the_database_refuses(model, slug, change):
    # PostgreSQL calls a text that is too long an error of the data, and does not look at the constraints then.
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        model.objects.filter(slug=slug).update(**change)


def test_the_database_refuses_unknown_evidence_and_a_second_coverage_of_a_group():
    coverage = Coverage.objects.get(key__slug="kms-windows-7", group__slug="windows-vista")
    with pytest.raises(IntegrityError), transaction.atomic():
        Coverage.objects.filter(pk=coverage.pk).update(evidence="hearsay")
    with pytest.raises(IntegrityError), transaction.atomic():
        Coverage.objects.create(key=coverage.key, group=coverage.group, evidence="derived")


def test_the_database_holds_one_state_only():
    state = CatalogueState.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueState.objects.create(version="2", digest=state.digest, changed=state.changed)
    connection.check_constraints()


def name_nowhere(model, column):
    model.objects.filter(pk=model.objects.first().pk).update(**{column: 10**6})
    connection.check_constraints()


@pytest.mark.parametrize(
    ("model", "column"), [(Key, "group_id"), (Product, "group_id"), (HostOption, "system_id"), (Coverage, "group_id")]
)
def test_the_database_refuses_the_name_of_a_row_that_is_not_there(model, column):
    with pytest.raises(IntegrityError), transaction.atomic():
        name_nowhere(model, column)


@pytest.mark.parametrize(("model", "slug"), [(ProductGroup, "windows-7"), (HostSystem, "windows-7")])
def test_what_others_need_is_not_deleted(model, slug):
    with pytest.raises(ProtectedError):
        model.objects.get(slug=slug).delete()


def test_the_database_holds_a_state_once():
    kept = CatalogueSnapshot.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueSnapshot.objects.create(digest=kept.digest, version="2", content=b"")


def test_the_history_says_where_an_act_comes_from():
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeSet.objects.create(origin="rumour", after="sha256:0")


def test_the_history_has_a_row_once_an_act_and_with_something_before_or_after():
    act = ChangeSet.objects.create(origin="admin", after="sha256:0")
    RowChange.objects.create(change_set=act, kind="rule", identity="R-OPEN", after={})
    for identity, after in (("R-OPEN", {}), ("R-CMD", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            RowChange.objects.create(change_set=act, kind="rule", identity=identity, after=after)


@pytest.mark.parametrize(
    ("model", "slug"), [(Product, "windows-7-enterprise"), (Key, "kms-windows-7"), (Rule, "R-OPEN")]
)
def test_a_slug_never_changes(model, slug):
    row = model.objects.get(slug=slug)
    row.slug = "another"
    for act in (row.save, row.full_clean):
        with pytest.raises(ValidationError) as caught:
            act()
        assert caught.value.message_dict["slug"] == [f'Stays "{slug}": files and saved plans name it.']
    assert model.objects.filter(slug=slug).exists()
