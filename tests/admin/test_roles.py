"""Who may do what in the catalogue's admin: a reader looks, an editor edits, and a forged request does nothing more."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from activation.models import Coverage, HostOption, Key, Product, ProductGroup, Rule
from activation.recording import recorded
from activation.roles import EDITOR, READER, set_up_roles
from activation.tables import MODELS, read_tables
from tests.catalogue.admin_pages import LATER, address, form_of

pytestmark = pytest.mark.django_db

CONFIRMED = {"post": "yes", "reason": "Forged", "opened": LATER}

PAGES = [reverse("catalogue-matrix"), reverse("catalogue-checks")]
CELL = ("kms-windows-8", "windows-7")


def rights_of(role):
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def test_a_load_sets_up_the_two_roles():
    Group.objects.all().delete()
    call_command("loadcatalogue", verbosity=0)
    assert {"view_product", "view_changeset"} <= rights_of(READER)
    assert not any(right.startswith(("add_", "change_", "delete_")) for right in rights_of(READER))
    assert {"add_product", "change_coverage", "delete_rule", "view_rowchange"} <= rights_of(EDITOR)


def test_no_role_touches_accounts_or_the_history():
    for right in rights_of(EDITOR) | rights_of(READER):
        act, model = right.split("_", 1)
        assert model not in ("user", "group", "permission", "session", "logentry")
        assert act == "view" or model not in ("changeset", "rowchange", "cataloguesnapshot", "cataloguestate")


def test_setting_up_the_roles_again_keeps_what_was_given_to_them():
    more = Permission.objects.get(codename="view_user")
    Group.objects.get(name=EDITOR).permissions.add(more)
    before = rights_of(EDITOR)
    set_up_roles()
    assert rights_of(EDITOR) == before
    assert Group.objects.count() == 2


@pytest.mark.parametrize("path", [*PAGES, reverse("catalogue-cell", args=CELL)])
def test_pages_of_ours_are_for_those_who_may_see_the_catalogue(signed_in, client, path):
    assert client.get(path).url.startswith("/account/sign-in/")
    assert signed_in("stranger").get(path).status_code == 403
    assert signed_in("reader").get(path).status_code == 200


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_stranger_on_the_staff_sees_no_row(signed_in, model):
    client, row = signed_in("stranger"), model.objects.first()
    paths = [address(model, page, row.pk) for page in ("change", "delete", "history")]
    for path in (address(model), address(model, "add"), *paths):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_reader_gets_a_page_without_buttons_and_cannot_write(reader, model):
    row, before = model.objects.first(), read_tables()[0]
    page = reader.get(address(model, "change", row.pk))
    assert page.status_code == 200
    shown = page.content.decode()
    for name in ("_save", "_continue", "_addanother", "_preview", "reason"):
        assert f'name="{name}"' not in shown
    data = {"name": "Forged", "title": "Forged", "text": "Forged", "reason": "Forged", "opened": LATER}
    for extra in ({}, {"_preview": "1"}, {"_saveasnew": "1"}):
        assert reader.post(address(model, "change", row.pk), data | extra).status_code == 403
        assert reader.post(address(model, "add"), data | extra).status_code == 403
    assert reader.post(address(model, "delete", row.pk), CONFIRMED).status_code == 403
    assert read_tables()[0] == before


@pytest.mark.parametrize("action", ["delete_selected", "retire", "offer_again"])
@pytest.mark.parametrize("model", [Product, ProductGroup, Key, Rule])
def test_a_reader_cannot_use_the_actions_of_a_list(reader, model, action):
    before = read_tables()[0]
    rows = [row.pk for row in model.objects.all()[:2]]
    reader.post(address(model), {"action": action, "_selected_action": rows, **CONFIRMED})
    assert read_tables()[0] == before


def test_an_editor_without_the_right_to_delete_cannot_delete_by_an_action(editor):
    Group.objects.get(name=EDITOR).permissions.remove(Permission.objects.get(codename="delete_rule"))
    row = Rule.objects.get(slug="R-OPEN")
    chosen = {
        "action": "delete_selected",
        "_selected_action": [row.pk],
        "post": "yes",
        "reason": "Forged",
        "opened": LATER,
    }
    editor.post(address(Rule), chosen)
    assert editor.post(address(Rule, "delete", row.pk), CONFIRMED).status_code == 403
    assert Rule.objects.filter(pk=row.pk).exists()


def test_an_editor_without_the_right_to_a_key_s_coverage_cannot_change_it_in_the_form_of_the_key(editor):
    rights = Permission.objects.filter(codename__in=("add_coverage", "change_coverage", "delete_coverage"))
    Group.objects.get(name=EDITOR).permissions.remove(*rights)
    key = Key.objects.get(slug="kms-windows-8")
    page = editor.get(address(Key, "change", key.pk))
    data = form_of(page) | {"reason": "Forged", "activates-0-evidence": "unclear", "activates-0-DELETE": "on"}
    before = list(Coverage.objects.filter(key=key).values_list("pk", "evidence"))
    editor.post(address(Key, "change", key.pk), data)
    assert list(Coverage.objects.filter(key=key).values_list("pk", "evidence")) == before


def test_fields_that_no_form_has_change_nothing(editor):
    row = Product.objects.get(slug="windows-7-enterprise")
    where = address(Product, "change", row.pk)
    forged = {"slug": "forged", "id": "1", "pk": "1", "kind": "key", "is_staff": "on", "is_superuser": "on"}
    forged |= {"origin": "load", "user": "1", "user_name": "Forged", "digest": "sha256:0", "version": "9"}
    before = read_tables()[0]
    response = editor.post(where, form_of(editor.get(where)) | {"reason": "Nothing"} | forged)
    assert response.status_code == 302
    assert read_tables()[0] == before


@pytest.mark.parametrize(("model", "name"), [(Coverage, "evidence"), (HostOption, "requires")])
def test_a_row_of_another_key_cannot_be_changed_through_the_form_of_this_one(editor, model, name):
    prefix = "activates" if model is Coverage else "hosts"
    key = Key.objects.get(slug="kms-windows-8")
    other = model.objects.filter(key__slug="kms-windows-server-2016").first()
    before = read_tables()[0]
    where = address(Key, "change", key.pk)
    forged = {f"{prefix}-0-id": other.pk, f"{prefix}-0-key": other.key_id, f"{prefix}-0-{name}": "unclear"}
    response = editor.post(where, form_of(editor.get(where)) | {"reason": "Forged", "opened": LATER} | forged)
    assert response.status_code == 200
    assert read_tables()[0] == before


def test_extra_rows_of_a_formset_with_another_key_are_made_for_this_key_or_refused(editor):
    key, other = Key.objects.get(slug="kms-windows-8"), Key.objects.get(slug="kms-windows-server-2016")
    where = address(Key, "change", key.pk)
    data = form_of(editor.get(where))
    number = int(data["activates-TOTAL_FORMS"])
    group = ProductGroup.objects.get(slug="windows-server-2012")
    forged = {
        "activates-TOTAL_FORMS": number + 1,
        f"activates-{number}-key": other.pk,
        f"activates-{number}-group": group.pk,
        f"activates-{number}-evidence": "documented",
        f"activates-{number}-sources": [group.sources.first().pk],
    }
    before = read_tables()[0]
    response = editor.post(where, data | {"reason": "Forged", "opened": LATER} | forged)
    assert response.status_code == 200
    assert read_tables()[0] == before


@pytest.mark.parametrize("forged", ["999999", "abc", str(2**70), "9" * 5000, "-1", "\u0663", "1.0"])
@pytest.mark.parametrize(
    ("model", "slug", "name"),
    [
        (Product, "windows-7-enterprise", "group"),
        (ProductGroup, "windows-7", "sources"),
        (Key, "kms-windows-8", "activates-0-sources"),
    ],
)
def test_a_row_that_does_not_exist_is_no_choice(editor, model, slug, name, forged):
    row, before = model.objects.get(slug=slug), read_tables()[0]
    where = address(model, "change", row.pk)
    response = editor.post(where, form_of(editor.get(where)) | {"reason": "Forged", name: forged})
    assert response.status_code == 200
    assert "is not in the list. Choose one of its entries." in response.content.decode()
    assert read_tables()[0] == before


@pytest.mark.parametrize("forged", ["abc", str(2**70), "-1"])
def test_a_document_that_does_not_exist_is_no_choice_of_a_cell(editor, forged):
    sent = {"evidence": "documented", "sources": [forged], "reason": "Forged", "opened": LATER}
    response = editor.post(reverse("catalogue-cell", args=CELL), sent)
    assert "is not in the list. Choose one of its entries." in response.content.decode()
    assert editor.post(reverse("catalogue-cell", args=CELL), sent | {"_preview": "1"}).status_code == 200


def test_a_reader_cannot_write_through_a_cell(reader):
    path, before = reverse("catalogue-cell", args=CELL), read_tables()[0]
    assert 'name="evidence"' not in reader.get(path).content.decode()
    for extra in ({}, {"_preview": "1"}):
        assert reader.post(path, {"evidence": "", "reason": "Forged", "opened": LATER} | extra).status_code == 403
    assert read_tables()[0] == before


def test_a_reader_cannot_take_a_change_back(reader):
    with recorded("admin", None, "Renamed") as act:
        Product.objects.get(slug="windows-7-enterprise").delete()
    path = reverse("catalogue-take-back", args=(act.change_set.pk,))
    page = reader.get(address(type(act.change_set), "change", act.change_set.pk))
    assert "Take back" not in page.content.decode()
    assert reader.post(path, {"reason": "Forged", "opened": LATER}).status_code == 403
    assert not Product.objects.filter(slug="windows-7-enterprise").exists()


def test_who_may_change_but_not_add_cannot_bring_a_deleted_row_back(editor):
    Group.objects.get(name=EDITOR).permissions.remove(Permission.objects.get(codename="add_product"))
    with recorded("admin", None, "Deleted") as act:
        Product.objects.get(slug="windows-7-enterprise").delete()
    path = reverse("catalogue-take-back", args=(act.change_set.pk,))
    assert editor.post(path, {"reason": "Forged", "opened": LATER}).status_code == 403
    assert editor.post(path, {"reason": "Forged", "row": act.change_set.rows.first().pk}).status_code == 403


def test_writing_needs_the_token_of_the_form(signed_in):
    client = signed_in("editor")
    client.handler.enforce_csrf_checks = True
    key = Key.objects.get(slug="kms-windows-8")
    for path in (
        address(Key, "change", key.pk),
        address(Key, "delete", key.pk),
        address(Key),
        reverse("catalogue-cell", args=CELL),
        reverse("catalogue-take-back", args=(1,)),
    ):
        assert client.post(path, {"reason": "Forged", "opened": LATER}).status_code == 403


def test_who_may_only_look_at_accounts_sees_no_hash_and_saves_nothing(signed_in, django_user_model) -> None:
    client = signed_in("stranger")
    stranger = django_user_model.objects.get(username="stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="view_user"))
    other = django_user_model.objects.create_user("victim", "victim@contoso.com", "seven blue herons standing")
    address = reverse("admin:auth_user_change", args=(other.pk,))
    page = client.get(address)
    assert page.status_code == 200
    _, _, salt, hashed = other.password.split("$")
    assert hashed not in page.content.decode()
    assert salt not in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    forged = {"username": "eve", "email": "eve@contoso.com", "is_staff": "on", "is_superuser": "on"}
    assert client.post(address, forged).status_code == 403
    passwords = {"password1": "green kettles whistle", "password2": "green kettles whistle"}
    assert client.post(reverse("admin:auth_user_password_change", args=(other.pk,)), passwords).status_code == 403
    after = django_user_model.objects.get(pk=other.pk)
    assert (after.username, after.email, after.is_staff, after.password) == (
        "victim",
        "victim@contoso.com",
        False,
        other.password,
    )
