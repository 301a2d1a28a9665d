"""The public reference of the catalogue by requests alone: pages, their JSON, search, matrix, dates of support."""

import json
import re
import time
from dataclasses import fields
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from activation.catalogue import shipped, touch
from activation.models import Dispute, Key, Product, ProductGroup, Source
from planner.reference.documents import Document
from planner.reference.groups import GroupEntry
from planner.reference.keys import KeyEntry
from planner.reference.matrix import CoverageMatrix
from planner.reference.parts import Activation, Point, Release
from planner.reference.products import ProductEntry
from planner.reference.search import Found, fold
from tests.documents import ROOT, rows, sections, text_of

pytestmark = pytest.mark.django_db

PAGES = {
    "search": "/catalogue/",
    "found": "/catalogue/?q=2022+datacenter",
    "product": "/catalogue/products/windows-server-2016-standard/",
    "group": "/catalogue/groups/windows-server-2008-r2-c/",
    "key": "/catalogue/keys/kms-windows-server-2016/",
    "matrix": "/catalogue/matrix/",
    "disputes": "/catalogue/disputes/",
    "sources": "/catalogue/sources/",
}
FORBIDDEN = re.compile(r"\b(valid|invalid|please|sorry|oops|N/A|error occurred)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, "2026-11-24")


def set_day(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: timezone.datetime.fromisoformat(text).date())


def seen(response: HttpResponse) -> str:
    """The text of a page, as a person reads it: no tags, single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def table(response: HttpResponse, label: str) -> dict[str, str]:
    """First cell -> the rest of the row, of the table in the region with this label."""
    region = re.search(rf'aria-label="{label}">\s*<table.*?</table>', response.content.decode(), re.DOTALL)
    assert region, f"there is no table {label}"
    found = {}
    for row in re.findall(r"<tr.*?</tr>", region[0], re.DOTALL)[1:]:
        cells = [" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in re.split(r"</th>|</td>", row)]
        found[cells[0]] = " | ".join(cells[1:])
    return found


def as_json(client: Client, address: str) -> dict[str, object]:
    return json.loads(client.get(f"{address}{'&' if '?' in address else '?'}format=json").content)


# Products, groups and keys


def test_a_product_says_what_activates_it(client: Client) -> None:
    page = client.get("/catalogue/products/windows-server-2016-standard/")
    keys = table(page, "KMS host keys that activate it")
    assert list(keys) == [f"Volume License for Windows Server {year}" for year in (2025, 2022, 2019, 2016)]
    assert "documented by Microsoft" in keys["Volume License for Windows Server 2016"]
    assert "MAK: MAK for Windows Server 2016 (all editions) , which activates only this product group." in seen(page)


def test_a_product_shows_its_client_setup_key_with_the_source(client: Client) -> None:
    page = client.get("/catalogue/products/windows-7-enterprise/")
    assert '<code id="gvlk"' in page.content.decode()
    assert "33PXH-7Y6KF-2VJC9-XBBR8-HVTHH" in seen(page)
    assert "KMS client activation and product keys (GVLK tables)" in seen(page)


def test_a_product_says_for_which_keys_it_can_be_a_host_and_with_which_update(client: Client) -> None:
    page = client.get("/catalogue/products/windows-server-2012-r2-standard/")
    keys = table(page, "KMS host keys it may carry")
    assert "yes" in keys["Volume License for Windows Server 2016"]
    assert "KB3172614" in keys["Volume License for Windows Server 2016"]


@pytest.mark.parametrize(
    ("product", "why"),
    [
        ("windows-server-2022-datacenter-azure-edition", "A KMS host cannot run on this edition."),
        ("office-professional-plus-2016", "Office is no system: its KMS host key is installed on Windows."),
    ],
)
def test_a_product_that_can_be_no_host_says_why(client: Client, product: str, why: str) -> None:
    assert why in seen(client.get(f"/catalogue/products/{product}/"))


def test_a_key_says_what_it_activates_its_own_group_first(client: Client) -> None:
    groups = table(client.get("/catalogue/keys/kms-windows-server-2008-r2-c/"), "What it activates")
    assert list(groups) == [
        "Windows Server 2008 R2 Group C", "Windows Server 2008 R2 Group B", "Windows Server 2008 R2 Group A",
        "Windows Server 2008 Group C", "Windows Server 2008 Group B", "Windows Server 2008 Group A",
        "Windows 7", "Windows Vista",
    ]  # fmt: skip


def test_coverage_that_no_plan_rests_on_is_told_apart(client: Client) -> None:
    groups = table(client.get("/catalogue/keys/kms-windows-server-2016/"), "What it activates")
    assert "? left open by the sources No plan rests on it." in groups["Windows Server SAC 1809-20H2"]
    assert "No plan rests on it." not in groups["Windows Server 2012 (all editions)"]


def test_a_key_says_where_it_can_be_installed_and_where_not(client: Client) -> None:
    systems = table(client.get("/catalogue/keys/kms-windows-server-2008-r2-c/"), "Where it can be installed")
    assert "■ yes" in systems["Windows Server 2008 R2"]
    assert "\N{EN DASH} no" in systems["Windows 7"]


def test_an_office_key_shows_its_activation_id_and_volume_licence_pack(client: Client) -> None:
    page = client.get("/catalogue/keys/kms-office-2013/")
    assert "2E28138A-847F-42BC-9752-61B03FFF33CD" in seen(page)
    assert 'href="https://www.microsoft.com/download/details.aspx?id=35584"' in page.content.decode()


def test_a_group_lists_its_products_and_the_keys_it_brings(client: Client) -> None:
    page = client.get("/catalogue/groups/windows-server-2012-r2/")
    assert "Windows Server 2012 R2 Datacenter" in seen(page)
    brings = 'Its volume licences come with: Volume license for Windows Server 2012 R2 , Volume license for "Windows'
    assert brings in seen(page)
    assert "KMS activates it once the host counts 5." in seen(page)


def test_a_disputed_point_shows_both_sides_on_the_pages_that_it_is_about(client: Client) -> None:
    for address in ("/catalogue/products/windows-vista-business/", "/catalogue/groups/windows-vista/"):
        page = seen(client.get(address))
        assert "? Are virtual machines counted One side FF434" in page
        assert "Other side MSP_MCSE" in page


def test_a_point_that_a_key_s_host_names_stands_on_the_page_of_the_key(client: Client) -> None:
    assert "Can a Vista KMS host serve Windows 7" in seen(client.get("/catalogue/keys/kms-windows-7/"))


def test_every_entry_of_the_catalogue_has_its_page(client: Client) -> None:
    catalogue = shipped()
    addresses = [
        *(f"/catalogue/products/{slug}/" for slug in catalogue.products),
        *(f"/catalogue/groups/{slug}/" for slug in catalogue.groups),
        *(f"/catalogue/keys/{slug}/" for slug in catalogue.keys),
    ]
    assert [address for address in addresses if client.get(address).status_code != 200] == []


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("disputes", "sources")])
def test_the_words_are_those_of_administrators(client: Client, name: str) -> None:
    """Documents keep their own words."""
    assert FORBIDDEN.findall(seen(client.get(PAGES[name]))) == []


def test_every_link_and_form_of_a_page_stays_in_the_reference_and_leads_somewhere(client: Client) -> None:
    led_to = set()
    for address in PAGES.values():
        led_to |= set(re.findall(r'(?:href|action|hx-get)="(/[^"#]*)', client.get(address).content.decode()))
    addresses = {unescape(address) for address in led_to if not address.startswith("/static/")} - {"/"}
    assert [address for address in addresses if not address.startswith("/catalogue/")] == []
    assert [address for address in addresses if client.get(address).status_code != 200] == []


# Disputed points and sources


def test_all_disputed_points_and_all_sources_have_a_place_to_link_to(client: Client) -> None:
    disputes, sources = (client.get(PAGES[name]).content.decode() for name in ("disputes", "sources"))
    assert [slug for slug in shipped().disputes if f'id="{slug}"' not in disputes] == []
    assert [slug for slug in shipped().sources if f'id="{slug}"' not in sources] == []


def test_a_source_says_what_rests_on_it(client: Client) -> None:
    entry = re.search(r'<li id="NEWS-VISTA">.*?</li>', client.get("/catalogue/sources/").content.decode(), re.DOTALL)
    assert entry
    assert "1 date of support" in entry[0]
    assert 'href="/catalogue/groups/windows-vista/"' in entry[0]


# The matrix


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


# The search


def found(client: Client, query: str) -> list[str]:
    return slugs(client.get("/catalogue/", {"q": query, "all": "1"}))


def slugs(page: HttpResponse) -> list[str]:
    """The entries that a page of hits lists."""
    return re.findall(r'<li><a href="/catalogue/\w+/([^/]+)/">', page.content.decode())


@pytest.mark.parametrize(
    "query",
    [
        "Windows 7 Enterprise", "windows-7-enterprise", "WINDOWS® 7 ENTERPRISE™", "Microsoft  Windows 7 Enterprise",
        "énterprise 7 windöws", "33PXH-7Y6KF-2VJC9-XBBR8-HVTHH", "\u200bwindows 7\u00a0enterprise",
    ],
)  # fmt: skip
def test_a_product_is_found_however_it_is_written(client: Client, query: str) -> None:
    assert "windows-7-enterprise" in found(client, query)


@pytest.mark.parametrize("query", ["ärger office", "A\u0308RGER", "ÄRGER Office", "arger"])
def test_umlauts_are_found_in_every_case_and_form(client: Client, query: str) -> None:
    Product.objects.filter(slug="windows-7-professional").update(name="ÄRGER Office")
    touch()
    assert "windows-7-professional" in found(client, query)


@pytest.mark.parametrize("query", ["%", "_", "\\", "%windows%", "windows_7", ".*", "(((((", "' OR 1=1 --", "\x00"])
def test_no_character_is_a_wildcard(client: Client, query: str) -> None:
    assert found(client, query) == []


@pytest.mark.parametrize("query", ["x" * 10_000, "a " * 5_000, "% " * 5_000, "é" * 10_000])
def test_a_query_of_ten_thousand_characters_is_answered_at_once(client: Client, query: str) -> None:
    client.get("/catalogue/?q=first")
    started = time.perf_counter()
    assert client.get("/catalogue/", {"q": query}).status_code == 200
    assert time.perf_counter() - started < 1


def test_the_entry_with_that_name_comes_first(client: Client) -> None:
    assert found(client, "windows 10")[0] == "windows-10"
    assert found(client, "Office 2016")[0] == "office-2016"
    assert found(client, "mak-windows-vista")[0] == "mak-windows-vista"


def test_many_hits_are_shown_in_part_with_a_way_to_all(client: Client) -> None:
    page = client.get("/catalogue/?q=windows")
    shown = slugs(page)
    total = len(found(client, "windows"))
    assert len(shown) == 60 < total
    assert f"{total} entries found, 60 shown." in seen(page)
    assert f"Show all {total}" in seen(page)


def test_without_hits_it_says_what_to_try(client: Client) -> None:
    page = seen(client.get("/catalogue/?q=OS/2"))
    assert "No product, product group or key has OS/2 in its names." in page
    assert "Clear the search" in page


def test_a_fragment_has_the_hits_the_count_to_announce_and_the_new_address(client: Client) -> None:
    answer = client.get("/catalogue/", {"q": "vista", "x": "1"}, headers={"hx-request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert re.search(r'<p id="announce" hx-swap-oob="innerHTML">\d+ entries found\.</p>', html)
    assert answer["HX-Replace-Url"] == "/catalogue/?q=vista"


def test_an_address_that_no_proxy_would_let_through_is_not_set(client: Client) -> None:
    answer = client.get("/catalogue/", {"q": "x" * 5_000}, headers={"hx-request": "true"})
    assert "HX-Replace-Url" not in answer


@pytest.mark.parametrize("text", ["Ärger", "ﬁn", "STRASSE", "Windows®  7"])
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# Unknown addresses


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/catalogue/products/windows-7-enterprse/", "windows-7-enterprise"),
        ("/catalogue/products/Windows 7 Enterprise/", "windows-7-enterprise"),
        ("/catalogue/groups/windows-server-2012r2/", "windows-server-2012-r2"),
        ("/catalogue/keys/kms-office2016/", "kms-office-2016"),
    ],
)
def test_an_unknown_slug_is_answered_with_what_may_have_been_meant(client: Client, address: str, near: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert "The catalogue has no such" in seen(page)
    assert f"/{near}/" in page.content.decode()
    answer = client.get(address, {"format": "json"})
    assert answer.status_code == 404
    assert near in [entry["slug"] for entry in answer.json()["near"]]


@pytest.mark.parametrize("slug", ["0", "-1", str(2**63), "9" * 5_000, "1%00", "<script>", "..", "é", "😀" * 50])
@pytest.mark.parametrize("kind", ["products", "groups", "keys"])
def test_any_other_slug_is_not_found(client: Client, kind: str, slug: str) -> None:
    page = client.get(f"/catalogue/{kind}/{slug}/")
    assert page.status_code == 404
    assert "<script>alert" not in page.content.decode()


# What the pages cost, and what is kept


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_takes_one_query(client: Client, address: str, django_assert_num_queries) -> None:
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_an_unchanged_page_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_page_is_sent_again_after_a_change_of_the_catalogue(client: Client) -> None:
    address = PAGES["product"]
    before = client.get(address)["ETag"]
    Product.objects.filter(slug="windows-server-2016-standard").update(name="Ours")
    touch()
    after = client.get(address, headers={"if-none-match": before})
    assert after.status_code == 200
    assert "Ours" in seen(after)


def test_a_page_is_sent_again_on_another_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get(PAGES["product"])["ETag"]
    set_day(monkeypatch, "2027-01-13")
    after = client.get(PAGES["product"], headers={"if-none-match": before})
    assert "support ended 2027-01-12" in seen(after)


@pytest.mark.parametrize("address", [PAGES["search"], PAGES["matrix"]])
def test_page_and_fragment_are_kept_apart(client: Client, address: str) -> None:
    page, fragment = client.get(address), client.get(address, headers={"hx-request": "true"})
    assert "HX-Request" in page["Vary"]
    assert page["ETag"] != fragment["ETag"]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_nothing_can_be_sent_to_a_page(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


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


# JSON

JSON_FIELDS = {
    "product": ProductEntry,
    "group": GroupEntry,
    "key": KeyEntry,
    "matrix": CoverageMatrix,
}


@pytest.mark.parametrize("kind", JSON_FIELDS)
def test_each_page_is_also_json_with_the_same_content(client: Client, kind: str) -> None:
    document = as_json(client, PAGES[kind])
    assert document.pop("format") == f"catalogue-{kind}/1"
    assert document.pop("catalogue") == {"version": shipped().version, "digest": shipped().digest}
    assert document.pop("day") == "2026-11-24"
    assert list(document) == [field.name for field in fields(JSON_FIELDS[kind])]


def test_the_json_of_a_product_answers_what_activates_it(client: Client) -> None:
    document = as_json(client, PAGES["product"])
    assert [row["key"]["slug"] for row in document["kms_host_keys"]][-1] == "kms-windows-server-2016"
    assert document["setup_key"]["gvlk"] == "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY"
    assert document["support"]["ends"] == "2027-01-12"
    assert document["mak"]["key"]["address"] == "/catalogue/keys/mak-windows-server-2016/"


def test_lists_and_the_search_are_json_too(client: Client) -> None:
    assert [row["entry"]["slug"] for row in as_json(client, "/catalogue/?q=kms-office-2013")["found"]] == [
        "kms-office-2013"
    ]
    assert len(as_json(client, PAGES["disputes"])["disputes"]) == len(shipped().disputes)
    assert len(as_json(client, PAGES["sources"])["sources"]) == len(shipped().sources)


def test_a_page_links_to_its_json_with_its_filter(client: Client) -> None:
    page = client.get("/catalogue/matrix/?family=office").content.decode()
    assert 'href="/catalogue/matrix/?family=office&amp;format=json"' in page


PARTS = sections(sections(text_of(ROOT / "docs/formats.md"))["The catalogue's pages as JSON"], "###")


@pytest.mark.parametrize(
    ("part", "shape"),
    [
        ("catalogue-product/1", ProductEntry), ("catalogue-group/1", GroupEntry), ("catalogue-key/1", KeyEntry),
        ("catalogue-matrix/1", CoverageMatrix), ("Found entries", Found), ("Activations", Activation),
        ("Disputed points", Point), ("Releases", Release), ("Documents", Document),
    ],
)  # fmt: skip
def test_every_field_of_the_json_is_in_the_document_of_formats(part: str, shape: type) -> None:
    assert list(rows(PARTS[part])) == [field.name for field in fields(shape)]
