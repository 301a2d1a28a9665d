"""The coverage matrix of the reference."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.reference.pages import seen

pytestmark = pytest.mark.django_db


def cells(response: HttpResponse, group: str) -> dict[str, str]:
    """Key -> what the cell in the row of a group says."""
    html = response.content.decode()
    head = re.search(r"<thead>.*?</thead>", html, re.DOTALL)
    row = re.search(rf'<tr><th scope="row"><a href="/catalogue/groups/{group}/">.*?</tr>', html, re.DOTALL)
    assert head
    assert row
    keys = re.findall(r'href="/catalogue/keys/([^/]+)/"', head[0])
    return dict(zip(keys, re.findall(r'<span class="unseen">([^<]+)</span></td>', row[0]), strict=True))


def test_the_matrix_says_in_words_what_each_key_does_for_each_group(client: Client) -> None:
    row = cells(client.get("/catalogue/matrix/"), "windows-10-ltsc-2021")
    assert row["kms-windows-server-2022"] == "activates"
    assert row["kms-windows-server-2019"] == "left open by the sources"
    assert row["kms-windows-server-2016"] == "does not activate"
    assert cells(client.get("/catalogue/matrix/"), "windows-7")["kms-windows-8"].startswith("activates, derived")


def test_the_matrix_is_narrowed_by_family_and_generation(client: Client) -> None:
    page = client.get("/catalogue/matrix/?family=server&generation=2008+R2")
    groups = re.findall(r'<tr><th scope="row"><a href="/catalogue/groups/([^/]+)/', page.content.decode())
    assert groups == ["windows-server-2008-r2-a", "windows-server-2008-r2-b", "windows-server-2008-r2-c"]
    assert "kms-office-2016" not in cells(page, "windows-server-2008-r2-a")
    assert '<option value="server" selected>' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("family=office&generation=2008", "No product group is both of this family and of this generation."),
        ("family=nonsense", "No product group is both of this family and of this generation."),
        ("generation=10/11", "No KMS host key is known for what you chose."),
    ],
)
def test_a_filter_without_hits_says_so_and_can_be_cleared(client: Client, query: str, words: str) -> None:
    page = client.get(f"/catalogue/matrix/?{query}")
    assert f"{words} Clear the filter" in seen(page)
