"""What is sent to harm: nothing typed is markup, breaks the server, or is told to others."""

import logging
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.quick_planner.pages import SEED, htmx, lines, mistakes, seen
from tests.security_headers import HEADERS

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


SENDS = {
    "the page": ("get", "/", SEED, 200),
    "the fragment": ("htmx", "/", SEED, 200),
    "the posted page": ("post", "/", lines(100), 200),
    "the way to the short address": ("get", "/", SEED | {"c3-product": ""}, 302),
    "a file": ("get", "/plan.json", SEED, 200),
    "a refused file": ("get", "/plan.json", {"c1-count": "x"}, 422),
    "too many fields": ("post", "/", {f"c{number}-count": "1" for number in range(1_001)}, 400),
    "another method": ("put", "/", {}, 405),
}


def send(client: Client, method: str, address: str, fields: dict[str, str], **extra: str) -> HttpResponse:
    if method == "htmx":
        return client.get(address, fields, headers={"hx-request": "true"}, **extra)
    return getattr(client, method)(address, fields, **extra)


@pytest.mark.parametrize(("method", "address", "fields", "status"), SENDS.values(), ids=SENDS)
def test_every_answer_carries_the_security_headers_and_no_word_of_the_machine(
    client: Client, method: str, address: str, fields: dict[str, str], status: int
) -> None:
    answer = send(client, method, address, fields)
    assert answer.status_code == status
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert not re.search(r"Traceback|site-packages|\.py\b|SELECT |sqlite", answer.content.decode())


@pytest.mark.parametrize(("method", "address", "fields", "status"), SENDS.values(), ids=SENDS)
def test_nothing_typed_stands_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, method: str, address: str, fields: dict[str, str], status: int
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = send(client, method, address, fields | {"organisation": "Contoso Unlogged"})
    assert answer.status_code in (status, 302)
    told = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert "Unlogged" not in told
    assert "c1-" not in told


@pytest.mark.parametrize(("method", "address"), [("get", "/"), ("htmx", "/"), ("post", "/"), ("get", "/plan.json")])
def test_another_host_than_ours_is_refused(client: Client, method: str, address: str) -> None:
    answer = send(client, method, address, SEED, HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_a_forged_host_of_a_proxy_and_a_referrer_lead_nowhere(client: Client) -> None:
    forged = {
        "HTTP_X_FORWARDED_HOST": "evil.example",
        "HTTP_REFERER": "https://evil.example/",
        "HTTP_X_FORWARDED_PROTO": "https",
    }
    for method, fields in (("get", SEED), ("htmx", SEED), ("get", SEED | {"c3-product": ""}), ("post", lines(100))):
        answer = send(client, method, "/", fields, **forged)
        told = answer.content.decode() + "".join(f"{name}: {text}" for name, text in answer.items())
        assert "evil" not in told
        assert "https://testserver" not in told


@pytest.mark.parametrize(
    "text", ["//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)", "\r\nX-Forged: 1"]
)
def test_no_text_leads_to_another_site(client: Client, text: str) -> None:
    for name in ("organisation", "n1-name", "next", "do"):
        fields = SEED | {"c3-product": "", name: text}
        page, fragment = client.get("/", fields), htmx(client, fields)
        for address in (page.get("Location", "/?"), fragment["HX-Replace-Url"]):
            assert address.startswith("/?")
            assert "\n" not in address
        assert "X-Forged" not in page
        assert "X-Forged" not in fragment


@pytest.mark.parametrize("address", ["/.git/config", "/static/../planner/settings.py", "/plan", "/plan.xml", "/DEBUG"])
def test_nothing_else_is_served(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_page_and_fragment_are_kept_apart_by_caches(client: Client) -> None:
    for answer in (client.get("/", SEED), htmx(client, SEED), client.get("/", SEED | {"c3-product": ""})):
        assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("\u00a0Windows\u00a07 Enterprise ", "windows-7-enterprise"),
        ("Windows\u200b 7 Enterprise", "windows-7-enterprise"),
        ("WINDOWS 7 enterprise", "windows-7-enterprise"),
        ("Microsoft Windows® 7 Enterprise", "windows-7-enterprise"),
    ],
)
def test_a_product_pasted_with_blanks_and_marks_is_found(client: Client, text: str, slug: str) -> None:
    plan = client.get("/plan.json", {"c1-product": text, "c1-count": "3"}).json()
    assert [line["product"] for line in plan["computers"]] == [slug]


@pytest.mark.parametrize("letter", ["\0", "\u202e", "\u2028", "\x1b"])
def test_a_name_with_a_letter_that_cannot_be_shown_is_refused_with_its_place(client: Client, letter: str) -> None:
    for field in ("organisation", "n1-name"):
        words = mistakes(client.get("/", SEED | {field: f"Con{letter}toso"}))[field]
        assert words.endswith(f"Remove the character U+{ord(letter):04X} at position 4: it cannot be shown.")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Enter a product and a count."),
        ({"c1-product": "windows-7-enterprise", "c1-count": "1"}, "too few"),
        ({"c1-product": "windows-7-enterprise", "c1-count": "100000"}, "all 100,000 computers"),
        ({"l1-product": "windows-7-enterprise", "l1-quantity": "0"}, "No KMS host key is needed."),
    ],
)
def test_odd_sizes_are_answered_in_words(client: Client, fields: dict[str, str], words: str) -> None:
    page = client.get("/", fields)
    assert page.status_code == 200
    assert words in seen(page)
