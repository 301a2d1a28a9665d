"""The runbook of an inventory and of a saved plan."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from planner.access import Here
from planner.models import HeldKey, Network
from planner.recording import recorded
from tests.organisations.conftest import signed_in
from tests.organisations.test_saved_plans import grow, post_plan


def use_an_old_key(here: Here, office: Network) -> None:
    with recorded(here, "Noted the key in use") as act:
        act.add(HeldKey(estate=office.estate, key="kms-office-2013", used=2))


def steps(page: bytes) -> bytes:
    """The part of a page that the runbook is, without the tokens around it."""
    return page.split(b'<div class="runbook">')[1]


def test_the_inventory_has_a_runbook_and_its_file(edgar: User, office: Network) -> None:
    client = signed_in(edgar)
    page = client.get(reverse("plan-runbook", args=("contoso",))).content.decode()
    assert "Install the Windows 7 KMS key (Client VL)" in page
    answer = client.get(reverse("plan-runbook-file", args=("contoso",)))
    assert answer["Content-Disposition"].startswith('attachment; filename="contoso-runbook-20')
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert answer.content.startswith(b"\xef\xbb\xbf")


def test_keys_in_use_are_switched_off_in_the_runbook(edgar: User, here: Here, office: Network) -> None:
    client = signed_in(edgar)
    use_an_old_key(here, office)
    page = client.get(reverse("plan-runbook", args=("contoso",))).content.decode()
    assert "In use and not in the plan: Office 2013 KMS host key." in page


def test_a_saved_plan_keeps_its_runbook(edgar: User, here: Here, office: Network) -> None:
    client = signed_in(edgar)
    use_an_old_key(here, office)
    plan = post_plan(client)
    address = reverse("saved-runbook", args=("contoso", plan.pk))
    before = steps(client.get(address).content)
    file = client.get(reverse("saved-runbook-file", args=("contoso", plan.pk)))
    grow(here, office)
    assert steps(client.get(address).content) == before
    assert client.get(reverse("saved-runbook-file", args=("contoso", plan.pk))).content == file.content
    assert b"In use and not in the plan" in file.content
    assert "contoso-before-the-move-runbook-" in file["Content-Disposition"]


def test_an_inventory_that_has_to_be_mended_has_no_runbook(edgar: User, contoso: object) -> None:
    client = signed_in(edgar)
    assert client.get(reverse("plan-runbook", args=("contoso",))).status_code == 404
    assert client.get(reverse("plan-runbook-file", args=("contoso",))).status_code == 404
