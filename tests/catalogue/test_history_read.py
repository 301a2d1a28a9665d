"""The history as it is read: rows, versions, states; and that nobody alters it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activation import catalogue
from activation.history import changes, compare_states, compare_versions, fields_of, history_of, label_of
from activation.models import (
    ChangeSet,
    Product,
    RowChange,
)
from activation.models.history import HistoryIsFixedError
from activation.recording import recorded
from tests.catalogue.admin_pages import address, save

pytestmark = pytest.mark.django_db


# --- Reading ---


@pytest.fixture
def edited():
    """A product that was edited twice; the digests of the states in between."""
    digests = [catalogue.current().digest]
    for note in ("One", "Two"):
        with recorded("admin", message=note) as act:
            row = Product.objects.get(slug="windows-7-enterprise")
            row.note = note
            row.save()
        digests.append(act.digest)
    return digests


def test_the_history_of_a_row_has_its_changes_the_latest_first(edited):
    found = history_of("product", "windows-7-enterprise")
    assert [change.change_set.message for change in found] == ["Two", "One", "The data files of 2026-11-24."]
    assert [field.name for field in fields_of(found[0])] == ["note"]


def test_the_history_of_a_key_has_its_coverage_and_hosts_but_not_those_of_a_longer_name():
    found = {(change.kind, change.identity.partition("/")[0]) for change in history_of("key", "kms-windows-8")}
    assert found == {("key", "kms-windows-8"), ("coverage", "kms-windows-8"), ("host", "kms-windows-8")}


def test_two_versions_of_a_row_are_compared(edited):
    latest, _, first = history_of("product", "windows-7-enterprise")
    (field,) = compare_versions(first, latest)
    assert (field.name, field.before, field.after) == ("note", first.after["note"], "Two")


def test_two_states_are_compared(edited):
    ((difference,), nothing) = (list(compare_states(edited[0], edited[2])), list(compare_states(edited[1], edited[1])))
    assert (difference.identity, difference.after["note"]) == ("windows-7-enterprise", "Two")
    assert nothing == []


def test_an_unknown_state_is_said_to_be_one():
    with pytest.raises(catalogue.UnknownStateError):
        compare_states("sha256:0", catalogue.shipped().digest)


def test_changes_can_be_read_from_a_time_on(edited):
    now = timezone.now()
    assert changes(since=now + timedelta(hours=1)).count() == 0
    assert changes(since=now - timedelta(hours=1)).count() == changes().count() == RowChange.objects.count()
    assert changes()[0].change_set.message == "Two"


def test_the_acts_follow_each_other_state_by_state(edited):
    chain = list(ChangeSet.objects.order_by("pk"))
    assert [act.before for act in chain[1:]] == [act.after for act in chain[:-1]]
    assert chain[-1].after == catalogue.current().digest


def test_a_field_has_its_name_for_people():
    assert label_of("group", "counts_virtual") == "virtual computers count"


# --- Nobody alters it ---


@pytest.mark.parametrize("model", [ChangeSet, RowChange])
def test_no_page_adds_changes_or_deletes_history_not_even_for_a_superuser(admin_client, model):
    row = model.objects.first()
    assert admin_client.get(address(model)).status_code == 200
    assert admin_client.get(address(model, "change", row.pk)).status_code == 200
    assert admin_client.post(address(model, "change", row.pk), {"message": "Forged"}).status_code == 403
    assert admin_client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert admin_client.post(address(model, "add"), {}).status_code == 403
    forged = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    admin_client.post(address(model), forged)
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [ChangeSet, RowChange])
def test_there_is_no_permission_to_alter_it(model, django_user_model):
    from_app = {
        permission.codename
        for permission in django_user_model._meta.apps.get_model("auth", "Permission").objects.all()
        if permission.content_type.model == model._meta.model_name
    }
    assert from_app == {f"view_{model._meta.model_name}"}


@pytest.mark.parametrize("model", [ChangeSet, RowChange])
def test_code_cannot_alter_it_by_mistake(model):
    row = model.objects.first()
    for act in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=0)):
        with pytest.raises(HistoryIsFixedError):
            act()


def test_the_name_of_a_user_stays_when_the_user_is_deleted(admin_client, django_user_model):
    save(admin_client, Product.objects.get(slug="windows-7-enterprise"), note="New")
    django_user_model.objects.get(username="alice").delete()
    act = ChangeSet.objects.first()
    assert (act.user, act.user_name) == (None, "alice")


def test_hostile_text_in_the_history_is_shown_as_text(admin_client):
    row = Product.objects.get(slug="windows-7-enterprise")
    save(admin_client, row, note="<script>alert(1)</script>", reason="<script>alert(2)</script>")
    for page in (
        address(ChangeSet),
        address(RowChange),
        reverse("admin:activation_rowchange_change", args=(RowChange.objects.first().pk,)),
    ):
        assert "<script>alert" not in admin_client.get(page).content.decode()
