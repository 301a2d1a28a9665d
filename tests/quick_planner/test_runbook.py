"""The runbook of what is typed into the quick planner."""

import pytest
from django.test import Client

from tests.quick_planner.pages import SEED, mistakes

pytestmark = pytest.mark.django_db

HOSTS = {"k1-key": "kms-windows-server-2012-r2", "k1-used": "2"}


def test_the_page_has_each_command_with_its_button_and_the_file_its_name(client: Client) -> None:
    fields = SEED | {"organisation": "Contoso, Ltd.", "day": "2026-11-24"}
    page = client.get("/runbook/", fields)
    assert page.status_code == 200
    assert page["Cache-Control"].endswith("private")
    assert 'data-copies="step-1-1-do"' in page.content.decode()
    answer = client.get("/plan.ps1", fields)
    assert answer["Content-Disposition"] == 'attachment; filename="contoso-ltd-runbook-2026-11-24.ps1"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"\xef\xbb\xbf")


def test_a_long_estate_is_posted_for_its_runbook(client: Client) -> None:
    assert client.post("/runbook/", SEED).content == client.get("/runbook/", SEED).content


@pytest.mark.parametrize("address", ["/runbook/", "/plan.ps1"])
def test_what_gives_no_plan_is_a_page_that_says_what_to_mend(client: Client, address: str) -> None:
    answer = client.get(address, {"c1-product": "windows-7-enterprise", "c1-count": "many"})
    assert answer.status_code == 422
    assert mistakes(answer)


def test_a_key_in_use_is_switched_off_at_the_end(client: Client) -> None:
    page = client.get("/runbook/", SEED | HOSTS).content.decode()
    assert "In use and not in the plan: Volume license for Windows Server 2012 R2." in page


def test_a_name_that_would_end_a_line_gives_no_script(client: Client) -> None:
    answer = client.get("/plan.ps1", SEED | {"n1-name": "Main\u2028calc"})
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/html")


def test_a_hostile_name_is_text_on_the_page(client: Client) -> None:
    page = client.get("/runbook/", SEED | {"organisation": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_plan_without_anything_to_do_says_so_and_has_no_places_to_jump_to(client: Client) -> None:
    idle = {"c1-product": "windows-11-enterprise", "c1-count": "2", "c1-activate": "no"}
    page = client.get("/runbook/", idle).content.decode()
    assert "This plan leaves nothing to install or to activate." in page
    assert '<nav class="runbook-parts"' not in page
