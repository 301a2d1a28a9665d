"""The review of the shipped catalogue beside the one here, in the admin."""

import pytest

from activation import catalogue
from activation.models import ChangeSet, Product, ShippedRow
from activation.recording import recorded
from tests.exchange.pages import (
    OLD,
    PAGE,
    SHIPPED,
    edit_here,
    errors_of,
    note_of,
)

pytestmark = pytest.mark.django_db


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
