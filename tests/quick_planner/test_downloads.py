"""The plan and the estate as files."""

import json
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from activation.catalogue import shipped
from activation.rules.interchange import plan_document, read_estate
from activation.rules.recommend import recommend
from planner.examples import examples
from planner.forms.loading import typed_from
from tests.quick_planner.pages import SEED, mistakes, seen

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("/plan.json", "application/json", "contoso-ltd-plan-2026-11-24.json"),
        ("/plan.csv", "text/csv; charset=utf-8", "contoso-ltd-plan-2026-11-24.csv"),
        (
            "/plan.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "contoso-ltd-plan-2026-11-24.xlsx",
        ),
        ("/plan.letter.pdf", "application/pdf", "contoso-ltd-plan-2026-11-24.pdf"),
        ("/plan.semicolon.zip", "application/zip", "contoso-ltd-plan-2026-11-24.zip"),
        ("/plan.md", "text/markdown; charset=utf-8", "contoso-ltd-plan-2026-11-24.md"),
        ("/plan.txt", "text/plain; charset=utf-8", "contoso-ltd-plan-2026-11-24.txt"),
        ("/estate.json", "application/json", "contoso-ltd-activation-estate-2026-11-24.json"),
    ],
)
def test_a_download_is_named_after_organisation_plan_and_date(
    client: Client, address: str, kind: str, name: str
) -> None:
    answer = client.get(address, SEED | {"organisation": "Contoso, Ltd.", "day": "2026-11-24"})
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_downloaded_estate_gives_the_downloaded_plan(client: Client) -> None:
    fields = typed_from(examples()[3].estate)
    estate = json.loads(client.get("/estate.json", fields).content)
    plan = recommend(read_estate(estate, shipped(), "1999-01-01"), shipped())
    assert plan_document(plan) == json.loads(client.get("/plan.json", fields).getvalue())


def test_a_file_name_holds_nothing_but_letters_digits_and_hyphens(client: Client) -> None:
    answer = client.get("/plan.txt", SEED | {"organisation": '../"; x="\r\nSet-Cookie: a=b', "day": "2026-11-24"})
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.txt"', answer.get("Content-Disposition", "")) or (
        "There is a problem" in seen(answer)
    )


@pytest.mark.parametrize("address", ["/plan.json", "/plan.csv", "/plan.txt", "/estate.json"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_download_of_what_gives_no_plan_is_a_page_that_says_what_to_mend(
    client: Client, address: str, method: str
) -> None:
    answer = getattr(client, method)(address, {"c1-product": "windows-7-enterprise", "c1-count": "many"})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "Content-Disposition" not in answer
    assert "c1-count" in mistakes(answer)
    assert 'value="many"' in answer.content.decode()
    assert '<form id="estate" action="/"' in answer.content.decode()


def test_the_page_lets_the_answer_say_whether_it_is_a_file(client: Client) -> None:
    """A link that says so itself would keep the page of a mistake as plan.json."""
    assert not re.search(r"<a [^>]*\sdownload\b", client.get("/", SEED).content.decode())


def test_the_page_links_to_the_downloads_of_its_own_plan(client: Client) -> None:
    html = client.get("/", SEED).content.decode()
    links = [urlsplit(unescape(link)) for link in re.findall(r'href="(/(?:plan|estate)\.[a-z.]+\?[^"]+)"', html)]
    assert [link.path for link in links] == [
        *("/plan.xlsx", "/plan.pdf", "/plan.csv", "/plan.json", "/plan.md", "/plan.txt"),
        "/estate.json",
        *("/plan.letter.pdf", "/plan.semicolon.csv", "/plan.tab.csv"),
        *("/plan.zip", "/plan.semicolon.zip", "/plan.tab.zip"),
    ]
    plan = json.loads(client.get(f"{links[3].path}?{links[3].query}").getvalue())
    assert [key["key"] for key in plan["kms_host_keys"]] == ["kms-windows-server-2008-r2-c"]
