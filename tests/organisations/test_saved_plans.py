"""A plan that was saved stays byte for byte, and tells what has changed since."""

from __future__ import annotations

import json
from importlib import import_module
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from activation.catalogue import recorded as catalogue_edit
from activation.in_use import users_of
from activation.models import HostSystem, Key, Product, ProductGroup
from planner.access import Here
from planner.models import ComputerLine, Network, Organisation, SavedPlan
from planner.plans import save
from planner.recording import recorded
from tests.organisations.conftest import signed_in

MIGRATION = import_module("planner.migrations.0006_uses_of_plans")


def address(name: str, *args: object) -> str:
    return reverse(name, args=("contoso", *args))


def post_plan(client: Client, **more: str) -> SavedPlan:
    client.post(address("plans"), {"name": "Before the move", "note": "For the audit"} | more)
    return SavedPlan._default_manager.get()


def text(client: Client, plan: SavedPlan, **query: str) -> str:
    return client.get(address("saved-plan", plan.pk), query).content.decode()


def grow(here: Here, office: Network) -> None:
    with recorded(here, "Added servers") as act:
        product = "windows-server-2019-standard"
        act.add(ComputerLine(estate=office.estate, network=office, product=product, count=6))


def test_what_is_saved_is_shown_with_who_and_note(edgar: User, office: Network) -> None:
    client = signed_in(edgar)
    shown = text(client, post_plan(client))
    assert "Install 1 KMS host key" in shown
    assert "by edgar@contoso.com" in shown
    assert "For the audit" in shown
    assert "has changed since" not in shown


def test_a_second_click_saves_no_second_plan(edgar: User, office: Network) -> None:
    client, once = signed_in(edgar), uuid4().hex
    post_plan(client, once=once)
    post_plan(client, once=once)


def test_a_plan_without_a_name_is_not_saved_and_keeps_the_note(edgar: User, office: Network) -> None:
    response = signed_in(edgar).post(address("plans"), {"name": "", "note": "For the audit"})
    assert "Enter a name." in response.content.decode()
    assert "For the audit" in response.content.decode()
    assert not SavedPlan._default_manager.exists()


def test_a_viewer_may_not_save(vera: User, office: Network) -> None:
    assert signed_in(vera).post(address("plans"), {"name": "Mine"}).status_code == 403


def test_the_plan_tells_that_the_estate_changed_and_shows_the_difference_on_request(
    edgar: User, here: Here, office: Network
) -> None:
    client = signed_in(edgar)
    plan = post_plan(client)
    grow(here, office)
    shown = text(client, plan)
    assert "The estate has changed since." in shown
    assert "it activates all 40 computers there" in shown
    assert "As saved" not in shown
    assert "As saved" in text(client, plan, compare="yes")


def test_after_an_edit_of_the_catalogue_the_plan_is_byte_for_byte_as_it_was(
    edgar: User, olga: User, office: Network
) -> None:
    client = signed_in(edgar)
    plan = post_plan(client)
    kept, shown = plan.plan_document, text(client, plan)
    name = Product.objects.get(slug="windows-7-enterprise").name
    with catalogue_edit("admin", message="Renamed"):
        Product.objects.filter(slug="windows-7-enterprise").update(name="Windows Seven")
    assert client.get(address("saved-plan-file", plan.pk, "json")).getvalue().decode() == kept
    again = text(client, plan)
    assert "The catalogue has changed since." in again
    assert "Windows Seven" not in again
    assert name in again
    assert shown.split('<article class="plan">')[1].split("<details")[0] in again


def test_two_who_rename_at_once_lose_nothing_unseen(edgar: User, here: Here, office: Network) -> None:
    plan = save(here, here.estate(), "Plan", "")
    client, address_of = signed_in(edgar), address("edit-plan", plan.pk)
    client.post(address_of, {"name": "First", "note": "", "version": "1"})
    late = client.post(address_of, {"name": "Second", "note": "Late", "version": "1"})
    assert late.status_code == 409
    assert "Second" in late.content.decode()
    assert SavedPlan._default_manager.get().name == "First"


def test_a_removed_plan_comes_back_by_undo(edgar: User, here: Here, office: Network) -> None:
    plan, client = save(here, here.estate(), "Plan", ""), signed_in(edgar)
    listed = client.post(address("remove-plan", plan.pk), follow=True)
    assert "Removed the plan Plan" in listed.content.decode()
    assert client.get(address("saved-plan", plan.pk)).status_code == 404
    client.post(address("undo", here.organisation.acts.first().pk))
    assert client.get(address("saved-plan", plan.pk)).status_code == 200


def test_saving_is_undone_and_done_again(edgar: User, here: Here, office: Network) -> None:
    plan, client = save(here, here.estate(), "Plan", ""), signed_in(edgar)
    client.post(address("undo", here.organisation.acts.first().pk))
    assert client.get(address("saved-plan", plan.pk)).status_code == 404
    client.post(address("undo", here.organisation.acts.first().pk))
    assert client.get(address("saved-plan", plan.pk)).status_code == 200


def test_the_catalogue_is_told_how_many_plans_use_a_key_and_not_whose(here: Here, office: Network) -> None:
    plan = save(here, here.estate(), "Plan", "")
    key = Key.objects.get(slug=json.loads(plan.plan_document)["kms_host_keys"][0]["key"])
    lines = users_of(key).lines()
    assert "organisations: 1 saved plan" in lines
    assert not any("Contoso" in line for line in lines)


def test_a_plan_of_another_organisation_is_not_found(stan: User, here: Here, office: Network) -> None:
    plan, client = save(here, here.estate(), "Plan", ""), signed_in(stan)
    assert client.get(address("saved-plan", plan.pk)).status_code == 404
    assert client.get(reverse("saved-plan", args=("fabrikam", plan.pk))).status_code == 404
    sent = {"name": "Mine", "plan": str(plan.pk)}
    assert client.post(reverse("scenarios", args=("fabrikam",)), sent).status_code == 404


def test_saved_plans_are_of_one_organisation(contoso: Organisation, here: Here, office: Network) -> None:
    assert save(here, here.estate(), "Plan", "").organisation == contoso


def plan_users(model: type[Product], slug: str) -> list[str]:
    return [str(user) for user in users_of(model.objects.get(slug=slug)).named if "saved plan" in str(user)]


def test_a_plan_uses_the_products_keys_and_groups_that_it_names(here: Here, office: Network) -> None:
    save(here, here.estate(), "Spring", "")
    assert plan_users(Product, "windows-7-enterprise") == ["organisations: 1 saved plan"]
    assert plan_users(ProductGroup, "windows-7") == ["organisations: 1 saved plan"]


def test_a_plan_does_not_use_what_is_only_a_name_that_somebody_typed(here: Here, office: Network) -> None:
    with recorded(here, "Renamed") as act:
        act.change(office, {"name": "windows-8-pro"}, office.version)
    save(here, here.estate(), "Spring", "")
    assert plan_users(Product, "windows-8-pro") == []


def test_a_slug_that_begins_another_one_is_not_taken_for_it(here: Here, office: Network) -> None:
    line = here.estate().computers.get()
    with recorded(here, "Changed") as act:  # too few for KMS: a key for it would activate Windows 8 as well
        act.change(line, {"product": "windows-8-1-pro", "count": 3}, line.version)
    save(here, here.estate(), "Spring", "")
    assert plan_users(ProductGroup, "windows-8-1") == ["organisations: 1 saved plan"]
    assert plan_users(Product, "windows-8-1-pro") == ["organisations: 1 saved plan"]
    assert plan_users(Product, "windows-8-pro") == []
    assert plan_users(ProductGroup, "windows-8") == []


def test_a_group_and_a_system_of_the_same_slug_are_told_apart(here: Here, office: Network) -> None:
    with recorded(here, "Named a machine") as act:
        act.change(office, {"kms_host_systems": ["windows-server-2012-r2"]}, office.version)
    save(here, here.estate(), "Spring", "")
    assert plan_users(HostSystem, "windows-server-2012-r2") == ["organisations: 1 saved plan"]
    assert not SavedPlan._default_manager.get().uses.filter(kind="group", slug="windows-server-2012-r2").exists()


def test_plans_saved_by_an_earlier_release_are_looked_through_by_the_migration(here: Here, office: Network) -> None:
    plan = save(here, here.estate(), "Spring", "")
    plan.uses.all().delete()
    MIGRATION.fill_uses(apps, None)
    assert ("product", "windows-7-enterprise") in plan.uses.values_list("kind", "slug")
    assert ("key", "mak-windows-7") not in plan.uses.values_list("kind", "slug")


def test_rows_of_an_earlier_release_are_found_by_their_text_after_the_migration(here: Here, office: Network) -> None:
    with recorded(here, "Added") as act:
        act.add(Network(estate=here.estate(), name="Straßburg É"))
    Network._default_manager.update(name_folded="")
    MIGRATION.fill_folded(apps, None)
    assert list(Network._default_manager.order_by("pk").values_list("name_folded", flat=True)) == [
        "head office",
        "strassburg e",
    ]
