"""The public reference as people use it: by keyboard, by telephone, without JavaScript, in the dark, on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

MakePage = Callable[..., Page]
Axe = Callable[[Page], list[str]]

PRODUCT = "/catalogue/products/windows-server-2016-standard/"
SETUP_KEY = "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY"
PAGES = {
    "search": "/catalogue/",
    "found": "/catalogue/?q=2008+r2",
    "nothing found": "/catalogue/?q=os/2+warp",
    "product": PRODUCT,
    "product without volume activation": "/catalogue/products/windows-server-2022-datacenter-azure-edition/",
    "group": "/catalogue/groups/windows-vista/",
    "key": "/catalogue/keys/kms-windows-server-2016/",
    "office key": "/catalogue/keys/kms-office-2013/",
    "mak": "/catalogue/keys/mak-office-2016/",
    "matrix": "/catalogue/matrix/",
    "empty matrix": "/catalogue/matrix/?family=office&generation=2008",
    "disputes": "/catalogue/disputes/",
    "sources": "/catalogue/sources/",
}
UNKNOWN = "/catalogue/products/windows-7-enterprse/"
OPEN_ALL = "for (const part of document.querySelectorAll('details')) part.open = true"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: MakePage, site: str, axe: Axe, name: str, theme: str) -> None:
    page = open_page(theme=theme)
    page.goto(site + PAGES[name])
    page.evaluate(OPEN_ALL)
    assert axe(page) == []


@pytest.mark.allows_console("404")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_an_unknown_product(
    open_page: MakePage, site: str, axe: Axe, theme: str
) -> None:
    page = open_page(theme=theme)
    page.goto(site + UNKNOWN)
    expect(page.get_by_role("link", name="Windows 7 Enterprise", exact=True)).to_be_visible()
    assert axe(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_page_does_not_scroll_sideways(open_page: MakePage, site: str, name: str) -> None:
    page = open_page(width=320)
    page.goto(site + PAGES[name])
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_planner_leads_to_the_catalogue_and_back(page: Page, site: str) -> None:
    page.goto(site + "/")
    page.get_by_role("link", name="Catalogue").click()
    expect(page).to_have_url(site + "/catalogue/")
    page.get_by_role("link", name="Activation planner").click()
    expect(page).to_have_url(site + "/")


def test_a_plan_leads_to_the_pages_of_its_keys_and_products(page: Page, site: str) -> None:
    page.goto(site + "/?c1-product=windows-server-2016-standard&c1-count=8")
    page.get_by_role("link", name="Volume License for Windows Server 2016", exact=True).click()
    expect(page).to_have_url(re.compile("/catalogue/keys/kms-windows-server-2016/$"))
    page.go_back()
    page.locator("#computers > summary").click()
    page.locator("#computers").get_by_role("link", name="Windows Server 2016 Standard", exact=True).first.click()
    expect(page).to_have_url(site + PRODUCT)


# Search


def test_the_search_follows_the_typing_and_keeps_the_focus(page: Page, site: str) -> None:
    page.goto(site + "/catalogue/")
    page.locator("#q").focus()
    page.keyboard.type("2022 datac")
    first = page.locator("#found li").first
    expect(first).to_contain_text("Windows Server 2022 Datacenter")
    expect(page.locator("#announce")).to_have_text(re.compile(r"^\d+ entries found\.$"))
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(site + "/catalogue/?q=2022+datac")
    expect(page).to_have_title("2022 datac · Catalogue · Activation planner")
    expect(page.locator("#as-json")).to_have_attribute("href", "/catalogue/?q=2022+datac&format=json")


def test_it_waits_until_the_typing_pauses(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: "?q=" in request.url and asked.append(request.url))
    page.goto(site + "/catalogue/")
    page.locator("#q").focus()
    page.keyboard.type("windows vista", delay=40)
    expect(page.locator("#found li").first).to_contain_text("Windows Vista")
    assert len(asked) == 1


def test_clearing_the_search_brings_back_the_groups(page: Page, site: str) -> None:
    page.goto(site + "/catalogue/?q=vista")
    page.fill("#q", "")
    expect(page.get_by_role("heading", name="Product groups")).to_be_visible()
    expect(page).to_have_url(site + "/catalogue/")


def test_the_search_works_without_javascript(open_page: MakePage, site: str) -> None:
    page = open_page(javascript=False)
    page.goto(site + "/catalogue/")
    page.fill("#q", "vista business")
    page.press("#q", "Enter")
    expect(page).to_have_url(site + "/catalogue/?q=vista+business")
    page.get_by_role("link", name="Windows Vista Business", exact=True).click()
    expect(page.locator("h1")).to_have_text("Windows Vista Business")


@pytest.mark.allows_console("503")
def test_a_search_that_fails_is_said_and_leaves_the_page(page: Page, site: str, faults: list[str]) -> None:
    page.goto(site + "/catalogue/?q=vista")
    page.route("**/catalogue/?q=*", lambda route: route.fulfill(status=503, body="<h1>whole page</h1>"))
    page.fill("#q", "vista b")
    expect(page.locator("#trouble")).to_contain_text("The list could not be updated.")
    expect(page.locator("#found li").first).to_contain_text("Windows Vista")


# The client setup key


def test_the_client_setup_key_is_copied_by_keyboard_and_that_is_announced(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(site + PRODUCT)
    page.get_by_role("button", name="Copy the client setup key").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#announce")).to_have_text("Copied.")
    expect(page.locator(".copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == SETUP_KEY
    expect(page.get_by_role("button", name="Copy the client setup key")).to_be_focused()


def test_where_the_browser_offers_no_clipboard_the_key_is_selected(page: Page, site: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(site + PRODUCT)
    page.get_by_role("button", name="Copy the client setup key").click()
    expect(page.locator("#announce")).not_to_be_empty()
    assert page.evaluate("getSelection().toString()") == SETUP_KEY


def test_without_javascript_the_key_is_text_and_there_is_no_dead_button(open_page: MakePage, site: str) -> None:
    page = open_page(javascript=False)
    page.goto(site + PRODUCT)
    expect(page.locator("#gvlk")).to_have_text(SETUP_KEY)
    expect(page.locator(".copy")).to_be_hidden()


# The matrix


def test_the_matrix_is_narrowed_by_keyboard_and_keeps_the_focus(page: Page, site: str) -> None:
    page.goto(site + "/catalogue/matrix/")
    page.locator("#family").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    rows = page.locator("#coverage tbody th[scope=row]")
    expect(rows.first).to_contain_text("Windows Server 2008 Group A")
    expect(page.locator("#family")).to_be_focused()
    expect(page.locator("#announce")).to_contain_text("product groups")
    expect(page).to_have_url(re.compile(r"/catalogue/matrix/\?family=server"))


def test_the_matrix_is_narrowed_without_javascript(open_page: MakePage, site: str) -> None:
    page = open_page(javascript=False)
    page.goto(site + "/catalogue/matrix/")
    page.select_option("#family", "office")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#coverage tbody th[scope=row]")).to_have_count(6)


def test_head_and_first_column_stay_while_the_matrix_is_scrolled(open_page: MakePage, site: str) -> None:
    page = open_page(width=390)
    page.goto(site + "/catalogue/matrix/")
    box = page.locator(".scroll.tall")
    box.evaluate("box => box.scrollTo(300, 400)")
    frame = box.bounding_box()
    head = page.locator("thead th").nth(8).bounding_box()
    row = page.locator("tbody th[scope=row]").nth(8).bounding_box()
    assert frame
    assert head
    assert row
    assert abs(head["y"] - frame["y"]) < 2
    assert abs(row["x"] - frame["x"]) < 2


@pytest.mark.parametrize(
    ("paper", "points", "room"),
    [("A4", (843, 596), (277, 190)), ("Letter", (792, 612), (259, 195))],  # room in millimetres between the margins
)
def test_the_whole_matrix_fits_on_one_sheet_of_paper_across(
    paper: str, points: tuple[int, int], room: tuple[int, int], page: Page, site: str
) -> None:
    page.goto(site + "/catalogue/matrix/")
    page.emulate_media(media="print", color_scheme="light")
    pdf = page.pdf(format=paper, prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {points}
    table = page.locator("table.whole").bounding_box()
    assert table
    assert table["width"] < room[0] / 25.4 * 96
    assert table["height"] < room[1] / 25.4 * 96


def test_colour_is_not_needed_to_read_the_matrix(open_page: MakePage, site: str) -> None:
    page = open_page(forced_colors=True)
    page.goto(site + "/catalogue/matrix/")
    marks = page.locator("table.whole td span[aria-hidden]").all_text_contents()
    assert set(marks) == {"■", "□", "?", "\N{EN DASH}"}
