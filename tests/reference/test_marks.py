"""What the reference marks: ends of support, retired entries; and hostile text, which is text."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from activation.catalogue import touch
from activation.models import Dispute, Key, Product, ProductGroup, Source
from tests.reference.pages import PAGES, found, seen, set_day, table

pytestmark = pytest.mark.django_db


# Support dates


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-01-11", None),
        ("2026-01-12", "△ support ends 2027-01-12"),
        ("2027-01-12", "△ support ends 2027-01-12"),
        ("2027-01-13", "▲ support ended 2027-01-12"),
    ],
)
def test_support_is_marked_by_the_day(client: Client, monkeypatch: pytest.MonkeyPatch, today: str, words: str) -> None:
    set_day(monkeypatch, today)
    for address in (PAGES["product"], "/catalogue/groups/windows-server-2016/", "/catalogue/?q=server+2016+standard"):
        marks = re.findall(r'<span class="tag to-\w+">.*?</span> (.*?)</span>', client.get(address).content.decode())
        shown = seen(client.get(address))
        assert (words is None) == (marks == [])
        assert words is None or words in shown


def test_every_release_of_a_group_is_listed_with_its_own_end(client: Client) -> None:
    releases = table(client.get("/catalogue/groups/windows-11/"), "End of support")
    assert "▲ Support ended 2024-10-08" in releases["Windows 11 21H2 Ent/Edu"]
    assert "△ Support ends 2027-10-12" in releases["Windows 11 24H2 Ent/Edu"]
    assert "Supported until 2029-03-13" in releases["Windows 11 26H1 Ent/Edu"]


# Retired entries and hostile text


def test_what_is_retired_stays_readable_with_a_mark(client: Client) -> None:
    Product.objects.filter(slug="windows-7-enterprise").update(retired=True)
    Key.objects.filter(slug="kms-windows-7").update(retired=True)
    touch()
    for address in ("/catalogue/products/windows-7-enterprise/", "/catalogue/keys/kms-windows-7/"):
        assert '<span class="tag">retired</span>' in client.get(address).content.decode()
    assert "windows-7-enterprise" in found(client, "windows 7 enterprise")


HOSTILE = """<script>alert(1)</script>" onmouseover="x {{7*7}} {% debug %} javascript:alert(1) <b hx-get=/>"""


def test_hostile_text_is_shown_as_text_everywhere(client: Client) -> None:
    Product.objects.filter(slug="windows-7-enterprise").update(name=HOSTILE, note=HOSTILE, captions=[HOSTILE])
    ProductGroup.objects.filter(slug="windows-7").update(name="Group" + HOSTILE, note=HOSTILE, microsoft_name=HOSTILE)
    Key.objects.filter(slug="kms-windows-7").update(
        name="Key" + HOSTILE, note=HOSTILE, aliases=[HOSTILE], volume_license_pack="javascript:alert(1)"
    )
    Dispute.objects.filter(slug="L.C05").update(topic=HOSTILE, one_side=HOSTILE, use=HOSTILE)
    Source.objects.filter(slug="L.FAQ").update(title=HOSTILE, where="javascript:alert(1)", seen=HOSTILE)
    touch()
    for address in (
        *PAGES.values(), "/catalogue/products/windows-7-enterprise/", "/catalogue/groups/windows-7/",
        "/catalogue/keys/kms-windows-7/", "/catalogue/groups/windows-vista/", "/catalogue/?q=%3Cscript%3E&all=1",
    ):  # fmt: skip
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<b hx-get" not in html
        assert '" onmouseover="' not in html
        assert 'href="javascript:' not in html
    assert HOSTILE in seen_raw(client.get("/catalogue/products/windows-7-enterprise/"))


def seen_raw(response: HttpResponse) -> str:
    """The text of a page with what stands in it as markup still escaped once."""
    return unescape(response.content.decode())
