"""The list of an estate's table: search, filters, sort, pages, totals, all of it in the address."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planner.access import Here
from planner.models import ComputerLine, HeldKey, LicenceLine, Network
from planner.recording import recorded
from tests.organisations.conftest import here_as, signed_in

COMPUTERS = "/o/contoso/estate/computers/"


def seen(response: HttpResponse) -> str:
    """The text of a page as a person reads it: no tags, single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def names(response: HttpResponse) -> list[str]:
    """The first cell of each row."""
    cells = re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]*)', response.content.decode())
    return [unescape(cell) for cell in cells if cell != "Together"]


def counts(response: HttpResponse) -> list[str]:
    """The second cell of each row: the number of computers."""
    return re.findall(r'</th><td class="n">([^<]*)</td><td', response.content.decode())


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


@pytest.fixture
def lines(here: Here, office: Network) -> list[ComputerLine]:
    """Beside the 40 Windows 7 computers in the head office: a branch, and notes with accents."""
    branch = Network(estate=here.estate(), name="Zürich")
    rows = [
        ComputerLine(estate=here.estate(), network=branch, product="windows-11-enterprise", count=1200, virtual=200),
        ComputerLine(
            estate=here.estate(), network=office, product="windows-server-2022-standard", count=3, note="ÄRGER"
        ),
        ComputerLine(estate=here.estate(), network=branch, product="windows-11-enterprise", count=5, contact="rare"),
        ComputerLine(estate=here.estate(), network=office, product="windows-10-enterprise", count=7, note="50%_done"),
    ]
    with recorded(here, "Added") as act:
        act.add(branch)
        act.add_all(rows)
    return rows


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("Windows 11", ["1,200", "5"]),
        ("windows-server-2022", ["3"]),
        ("arger", ["3"]),
        ("ÄrGeR", ["3"]),
        ("zurich", ["1,200", "5"]),
        ("ZÜRICH 11", ["1,200", "5"]),
        ("office 10", ["7"]),
        ("%", ["7"]),
        ("_", ["7"]),
        ("nothing like it", []),
        ("\\", []),
        ("a" * 10_000, []),
        ("\x00", ["40", "1,200", "3", "5", "7"]),
    ],
)
def test_a_search_finds_products_networks_and_notes_in_any_writing(
    client: Client, search: str, found: list[str]
) -> None:
    assert counts(client.get(COMPUTERS, {"q": search})) == found


@pytest.mark.usefixtures("lines")
def test_the_words_of_a_search_may_stand_in_different_columns(client: Client) -> None:
    assert counts(client.get(COMPUTERS, {"q": "2022 head arger"})) == ["3"]


@pytest.mark.usefixtures("lines")
def test_filters_narrow_the_list_and_its_totals_and_are_shown_as_chips(client: Client) -> None:
    page = client.get(COMPUTERS, {"contact": "rare", "q": "windows"})
    assert counts(page) == ["5"]
    assert "Together 5" in seen(page)
    assert "Contact in: 180 days" in seen(page)
    assert f'href="{COMPUTERS}?q=windows"' in page.content.decode()  # without the filter, with the search
    assert f'href="{COMPUTERS}?contact=rare"' in page.content.decode()


@pytest.mark.usefixtures("lines")
def test_a_network_is_filtered_by_its_id(client: Client, office: Network) -> None:
    page = client.get(COMPUTERS, {"network": office.pk})
    assert counts(page) == ["40", "3", "7"]
    assert "Network: Head office" in seen(page)


def test_a_network_of_another_organisation_filters_to_nothing_and_is_not_named(
    client: Client, here: Here, office: Network, stan: User
) -> None:
    theirs = stan.memberships.get().organisation
    there = here_as(theirs, stan)
    secret = Network(estate=there.estate(), name="Fabrikam secret lab")
    with recorded(there, "Added") as act:
        act.add(secret)
    page = client.get(COMPUTERS, {"network": secret.pk})
    assert counts(page) == []
    assert "Fabrikam" not in page.content.decode()


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(
    ("sort", "first"),
    [("count", "3"), ("-count", "1,200"), ("-network", "1,200"), ("nonsense", "40")],
)
def test_the_list_is_sorted_by_a_column(client: Client, sort: str, first: str) -> None:
    assert counts(client.get(COMPUTERS, {"sort": sort}))[0] == first


@pytest.mark.usefixtures("lines")
def test_products_are_sorted_by_the_names_that_are_shown_with_7_before_10(client: Client) -> None:
    # Windows 7, Windows 10, Windows 11, Windows 11, Windows Server 2022
    assert counts(client.get(COMPUTERS, {"sort": "product"})) == ["40", "7", "1,200", "5", "3"]
    assert counts(client.get(COMPUTERS, {"sort": "-product"})) == ["3", "1,200", "5", "7", "40"]


def test_a_list_without_rows_may_be_sorted_by_product(client: Client, here: Here) -> None:
    assert client.get(COMPUTERS, {"sort": "product"}).status_code == 200


@pytest.mark.usefixtures("lines")
def test_the_sums_of_all_pages_stand_at_the_foot(client: Client) -> None:
    page = client.get(COMPUTERS)
    assert '<span id="sum-count">1,255</span>' in page.content.decode()
    assert '<span id="sum-virtual">200</span>' in page.content.decode()


@pytest.fixture
def many(here: Here, office: Network) -> None:
    rows = [
        ComputerLine(estate=here.estate(), network=office, product="windows-11-enterprise", count=number)
        for number in range(1, 251)
    ]
    with recorded(here, "Added") as act:
        act.add_all(rows)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("page", "first", "rows"),
    [
        *[("1", "40", 100), ("2", "100", 100), ("3", "200", 51), ("4", "200", 51), ("999999", "200", 51)],
        *[("0", "40", 100), ("-1", "40", 100), ("x", "40", 100), ("9" * 5000, "40", 100), ("\u0663", "40", 100)],
    ],
)
def test_a_page_holds_100_rows_and_a_page_that_is_not_there_is_the_nearest(
    client: Client, page: str, first: str, rows: int
) -> None:
    found = counts(client.get(COMPUTERS, {"page": page}))
    assert (found[0], len(found)) == (first, rows)


@pytest.mark.usefixtures("many")
def test_a_list_takes_as_many_queries_with_few_lines_as_with_many(client: Client, here: Here) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(COMPUTERS, {"q": "windows", "sort": "-count"}).status_code == 200
        return len(captured)

    client.get(COMPUTERS)
    with_many = queries()
    with recorded(here, "Removed") as act:
        act.remove_all(list(here.estate().computers.select_related("network")[3:]))
    assert queries() == with_many
    assert with_many <= 12


def test_an_empty_list_says_what_to_do_first(client: Client, here: Here) -> None:
    page = client.get(COMPUTERS)
    assert "No computers yet" in seen(page)
    assert 'href="/o/contoso/estate/computers/add/"' in page.content.decode()


@pytest.mark.usefixtures("lines")
def test_a_list_without_hits_offers_to_clear_the_filters(client: Client) -> None:
    assert "Clear the filters" in seen(client.get(COMPUTERS, {"q": "nothing like it"}))


@pytest.mark.usefixtures("lines")
def test_htmx_gets_the_list_alone_and_the_address_follows(client: Client) -> None:
    fragment = client.get(COMPUTERS, {"q": "arger"}, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert counts(fragment) == ["3"]
    assert fragment["HX-Replace-Url"] == f"{COMPUTERS}?q=arger"
    assert "HX-Request" in fragment["Vary"]


def test_a_product_key_in_the_search_is_cut(client: Client, office: Network) -> None:
    page = client.get(COMPUTERS, {"q": "ABCDE-FGHIJ-KLMNO-PQRST-VWXYZ"})
    assert "FGHIJ" not in page.content.decode()
    assert "VWXYZ" in page.content.decode()


@pytest.mark.usefixtures("lines")
def test_a_viewer_sees_the_list_and_nothing_to_change_it_with(vera: User) -> None:
    page = signed_in(vera).get(COMPUTERS)
    assert counts(page)[0] == "40"
    assert 'type="checkbox"' not in page.content.decode()
    assert "/add/" not in page.content.decode()
    assert signed_in(vera).get(COMPUTERS + "add/").status_code == 403


def test_the_other_tables_list_their_rows(client: Client, here: Here) -> None:
    with recorded(here, "Added") as act:
        act.add(LicenceLine(estate=here.estate(), product="windows-11-enterprise", quantity=30, note="Agreement 1"))
        act.add(HeldKey(estate=here.estate(), key="mak-windows-7", used=20, last_five="ABCDE"))
        act.add(Network(estate=here.estate(), name="Plant", kms=False, kms_host_systems=[]))
    assert names(client.get("/o/contoso/estate/licences/")) == ["Windows 11 Enterprise"]
    assert "Together 30" in seen(client.get("/o/contoso/estate/licences/"))
    assert "Windows 7" in names(client.get("/o/contoso/estate/keys/", {"type": "mak"}))[0]
    assert names(client.get("/o/contoso/estate/keys/", {"type": "kms"})) == []
    assert names(client.get("/o/contoso/estate/networks/", {"kms": "no"})) == ["Plant"]


def test_the_estate_is_downloaded_as_json_and_csv(client: Client, lines: list[ComputerLine], here: Here) -> None:
    document = client.get("/o/contoso/estate/estate.json")
    assert document.json()["computers"][0] == {
        "network": "Head office",
        "product": "windows-7-enterprise",
        "count": 40,
        "virtual": 0,
        "contact": "regular",
        "activate": True,
        "domain_joined": False,
        "avma": 0,
    }
    sheet = client.get("/o/contoso/estate/estate.csv")
    assert sheet.content.decode().splitlines()[:2] == [
        "\ufeffnetwork,product,count,virtual,contact,activate,domain_joined,avma",
        "Head office,windows-7-enterprise,40,0,regular,true,false,0",
    ]
    assert re.fullmatch(r'attachment; filename="contoso-estate-[0-9-]{10}\.csv"', sheet["Content-Disposition"])
    assert "no-store" in sheet["Cache-Control"]


def test_the_plan_in_one_line_follows_the_estate(client: Client, office: Network) -> None:
    answer = seen(client.get("/o/contoso/estate/answer/"))
    assert "it activates all 40 computers there" in answer


def test_the_plan_in_one_line_says_what_it_waits_for(client: Client, here: Here) -> None:
    assert seen(client.get("/o/contoso/estate/answer/")).startswith("Add computers or licences to get a plan.")


@pytest.mark.parametrize("number", ["0", str(2**63), "9" * 5000])
def test_a_row_that_is_not_there_is_not_found(client: Client, office: Network, number: str) -> None:
    assert client.get(f"{COMPUTERS}{number}/").status_code == 404
