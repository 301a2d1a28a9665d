"""The pages of the history: of one row, of one change, two versions compared, and taking back."""

import pytest
from django.urls import reverse

from activation import catalogue
from activation.models import ChangeSet, Coverage, Key, Product, RowChange, Rule
from activation.rules.catalogue import Catalogue
from tests.catalogue.admin_pages import address, confirm, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(editor) -> Product:
    """A product that was renamed twice."""
    row = Product.objects.get(slug="windows-7-enterprise")
    for name in ("First", "Second"):
        save(editor, row, name=name, reason=f"Called {name}")
    return row


def text(response):
    return " ".join(response.content.decode().split())


def take_back(client, act, **more):
    return client.post(reverse("catalogue-take-back", args=(act.pk,)), more, follow=True)


def test_the_history_of_a_row_shows_each_change_before_and_after_with_who_and_why(reader, renamed):
    page = text(reader.get(address(Product, "history", renamed.pk)))
    assert "by editor (admin): Called First" in page
    assert "<td>Windows 7 Enterprise</td><td>First</td>" in page
    assert "<td>First</td><td>Second</td>" in page


def test_the_history_of_a_key_shows_its_coverage_too(editor):
    key = Key.objects.get(slug="kms-windows-8")
    save(editor, Coverage.objects.get(key=key, group=key.group), evidence="unclear", reason="A second look")
    assert "<td>documented</td><td>unclear</td>" in text(editor.get(address(Key, "history", key.pk)))


def test_two_versions_are_compared_in_whichever_order_they_are_named(reader, renamed):
    newest, _, oldest = RowChange.objects.filter(kind="product", identity=renamed.slug)
    path = address(Product, "history", renamed.pk)
    for one, other in ((newest, oldest), (oldest, newest)):
        page = text(reader.get(path, {"one": one.pk, "other": other.pk}))
        assert "Two versions compared" in page
        assert "<td>Windows 7 Enterprise</td><td>Second</td>" in page


@pytest.mark.parametrize("one", ["", "x", "0", "9" * 5000, "\x00"])
def test_versions_that_there_are_not_are_not_compared(reader, renamed, one):
    page = reader.get(address(Product, "history", renamed.pk), {"one": one, "other": one, "page": one})
    assert page.status_code == 200
    assert "Two versions compared" not in text(page)


def test_the_page_of_a_change_shows_every_row_of_it(reader, renamed):
    act = ChangeSet.objects.first()
    page = text(reader.get(address(ChangeSet, "change", act.pk)))
    assert "Product windows-7-enterprise: changed" in page
    assert act.after in page


def test_the_latest_changes_are_listed_with_who_and_why(reader, renamed):
    page = text(reader.get(address(ChangeSet)))
    assert page.index("Called Second") < page.index("Called First")


def test_a_change_is_taken_back_with_a_reason(editor, renamed):
    act = ChangeSet.objects.first()
    page = text(take_back(editor, act, reason="It was right before"))
    assert "Taken back." in page
    renamed.refresh_from_db()
    assert renamed.name == "First"
    new = ChangeSet.objects.first()
    assert (new.takes_back, new.message, new.user_name) == (act, "It was right before", "editor")
    assert reverse("admin:activation_changeset_change", args=(new.pk,)) in text(
        editor.get(address(ChangeSet, "change", act.pk))
    )


def test_one_row_of_a_change_is_taken_back_alone(editor):
    rows = list(Rule.objects.filter(slug__in=("R-OPEN", "R-CMD")))
    confirm(editor, address(Rule), action="delete_selected", _selected_action=[row.pk for row in rows])
    act = ChangeSet.objects.first()
    take_back(editor, act, reason="This one stays", row=act.rows.get(identity="R-CMD").pk)
    assert set(Rule.objects.filter(slug__in=("R-OPEN", "R-CMD")).values_list("slug", flat=True)) == {"R-CMD"}


@pytest.mark.parametrize(("more", "said"), [({}, "Enter why."), ({"reason": "  "}, "Enter why.")])
def test_nothing_is_taken_back_without_a_reason(editor, renamed, more, said):
    assert said in text(take_back(editor, ChangeSet.objects.first(), **more))
    renamed.refresh_from_db()
    assert renamed.name == "Second"


def test_why_a_change_cannot_be_taken_back_is_said(editor, renamed):
    page = text(take_back(editor, ChangeSet.objects.all()[1], reason="Back to the first name"))
    assert "has been changed since" in page
    renamed.refresh_from_db()
    assert renamed.name == "Second"


@pytest.mark.parametrize("row", ["x", "0", "-1", "9" * 5000])
def test_a_row_that_is_no_part_of_the_change_is_not_found(editor, renamed, row):
    assert take_back(editor, ChangeSet.objects.first(), reason="Forged", row=row).status_code == 404
    renamed.refresh_from_db()
    assert renamed.name == "Second"


def test_taking_back_is_nothing_that_a_link_can_do(editor, renamed):
    act = ChangeSet.objects.first()
    assert editor.get(reverse("catalogue-take-back", args=(act.pk,)), {"reason": "x"}).status_code == 405


def test_the_catalogue_after_taking_back_is_the_one_before(editor, renamed):
    shipped: Catalogue = catalogue.shipped()
    for _ in range(2):
        take_back(editor, ChangeSet.objects.filter(origin="admin", taken_back_by=None).first(), reason="Back")
    assert catalogue.current().digest == shipped.digest
