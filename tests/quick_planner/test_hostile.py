"""What is sent to harm: nothing typed is markup, breaks the server, or is told to others."""

import re

import pytest
from django.test import Client

from tests.quick_planner.pages import SEED, htmx, seen

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "field", ["c1-product", "c1-count", "organisation", "n1-name", "n1-kms", "day", "reserve", "agreement"]
)
def test_a_product_key_typed_by_mistake_is_repeated_nowhere(client: Client, field: str) -> None:
    key = "AAAAA-BBBBB-CCCCC-DDDDD-12345"
    fields = {"c1-product": "windows-7-enterprise", "c1-count": "3", "n2-name": "Branch"} | {field: key}
    for answer in (
        client.get("/", fields),
        htmx(client, fields),
        client.post("/", fields),
        client.get("/plan.json", fields),
    ):
        told = answer.content.decode() + "".join(f"{name}: {text}" for name, text in answer.items())
        assert "AAAAA" not in told
        assert "DDDDD" not in told


def test_text_from_the_address_is_never_markup(client: Client) -> None:
    nasty = '"><script>alert(1)</script>{{ 7 }}'
    fields = {"c1-product": nasty, "organisation": nasty, "n1-name": nasty, "n2-name": nasty, "do": nasty}
    for html in (client.get("/", fields).content.decode(), htmx(client, fields).content.decode()):
        assert "<script>alert" not in html


def test_names_in_a_plan_are_never_markup(client: Client) -> None:
    nasty = '<script>alert(1)</script>" onclick="x'
    html = client.get("/", SEED | {"organisation": nasty, "n1-name": nasty}, follow=True).content.decode()
    assert "in &lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&quot;x; it activates all 14" in html
    assert "<script>alert" not in html
    assert '" onclick="' not in html


@pytest.mark.parametrize("value", ["\0", "\ud800", "9" * 5000, "٣", "-1", "1.0", "1_000", "{{ x }}", "a" * 20000])
def test_nothing_typed_makes_a_server_error(client: Client, value: str) -> None:
    text = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for name in ("c1-product", "c1-count", "c1-network", "n1-name", "n1-kms", "n1-host", "k1-key", "day", "do"):
        assert client.get("/", SEED | {name: text}).status_code in (200, 302)


def test_a_post_needs_the_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/", SEED)
    assert refused.status_code == 403
    assert "what you typed is still on the page before this one" in seen(refused)


def test_templates_hold_nothing_that_the_content_security_policy_forbids(client: Client) -> None:
    every = SEED | {"n2-name": "B", "l1-product": "x", "k1-key": "x", "c3-product": "x"}
    for html in (client.get("/", SEED).content.decode(), client.get("/", every).content.decode()):
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|js:", html)
        assert not re.search(r"<script(?![^>]+src=)", html)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405
