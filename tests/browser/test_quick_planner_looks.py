"""How the quick planner looks: for axe, in the dark, on a telephone, on paper, and what it weighs."""

import io
import urllib.request
from urllib.parse import urlencode

import pypdf
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.estates import MIXED, STATES, Axe, MakePage


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page: MakePage, site: str, axe: Axe, state: str, theme: str) -> None:
    page = open_page(theme=theme)
    page.goto(site + STATES[state])
    for part in page.locator("details").all():
        part.evaluate("part => part.open = true")
    assert axe(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_a_product_is_chosen_and_the_last_plan_waits(
    open_page: MakePage, site: str, axe: Axe, theme: str
) -> None:
    page = open_page(theme=theme)
    page.goto(site + STATES["filled"])
    page.fill("#c2-count", "")
    page.locator("#c2-product").fill("windows server 20")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#product-list [aria-selected=true]")).to_have_count(1)
    expect(page.locator("#waiting")).to_contain_text("Line 2, product")
    assert axe(page) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_page_does_not_scroll_sideways(open_page: MakePage, site: str, state: str, width: int) -> None:
    page = open_page(width=width)
    page.goto(site + STATES[state])
    for part in page.locator("details").all():
        part.evaluate("part => part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_each_target_is_24_pixels_high_and_wide(open_page: MakePage, site: str, width: int) -> None:
    page = open_page(width=width)
    page.goto(site + STATES["full"])
    for part in page.locator("details").all():
        part.evaluate("part => part.open = true")
    small = """targets => targets.filter(target => target.checkVisibility() && !target.classList.contains("unseen"))
        .filter(target => ["width", "height"].some(side => target.getBoundingClientRect()[side] < 24))
        .map(target => target.outerHTML)"""
    targets = "main :is(button, input, select, summary, .sources a, .examples a, h4 a, th a)"
    assert page.locator(targets).count() > 50
    assert page.locator(targets).evaluate_all(small) == []


def test_at_1280_pixels_the_products_of_an_example_are_read_to_their_last_letter(
    open_page: MakePage, site: str
) -> None:
    page = open_page(width=1280)
    page.goto(site + "/?" + urlencode(MIXED))
    products = page.locator(".line input.product")
    assert products.count() == 4
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.value)"
    assert products.evaluate_all(cut) == []


@pytest.mark.parametrize("reduced_motion", [False, True])
def test_a_plan_that_takes_long_says_that_it_is_being_updated(
    open_page: MakePage, site: str, reduced_motion: bool
) -> None:
    page = open_page(reduced_motion=reduced_motion)
    page.goto(site + STATES["filled"])
    waiting: list[Route] = []
    page.route("**/?*", lambda route: waiting.append(route))
    expect(page.get_by_text("Updating the plan")).to_be_hidden()
    page.fill("#c1-count", "41")
    expect(page.get_by_text("Updating the plan")).to_be_visible()
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(page.locator("#announce")).to_contain_text("Plan updated")
    expect(page.get_by_text("Updating the plan")).to_be_hidden()


def test_the_parts_of_a_bar_are_told_apart_without_colour(page: Page, site: str) -> None:
    page.goto(site + STATES["full"])
    fills = "parts => parts.map(part => part.getAttribute('fill'))"
    for bar in page.locator(".bar").all():
        in_bar = bar.locator("> svg rect").evaluate_all(fills)
        assert in_bar == bar.locator("li rect").evaluate_all(fills)
        assert len(set(in_bar)) == len(in_bar)
    hatched = page.locator("pattern").evaluate_all(
        "patterns => patterns.map(pattern => [pattern.id, pattern.querySelector('path')?.getAttribute('d')])"
    )
    assert {f"url(#{name})" for name, _ in hatched} >= set(page.locator(".bar rect").evaluate_all(fills))
    lines = [path for name, path in hatched if name not in ("fill-kms-host", "fill-kms")]
    assert all(lines)
    assert len(set(lines)) == len(lines)


def test_a_long_name_stays_inside_the_plan(open_page: MakePage, site: str) -> None:
    page = open_page(width=1280)
    page.goto(site + "/?" + urlencode(MIXED | {"c4-count": "3", "n1-name": "Contoso" * 12, "c3-contact": "none"}))
    for part in page.locator(".result details").all():
        part.evaluate("part => part.open = true")
    assert page.locator("#result").evaluate("part => part.scrollWidth - part.clientWidth") == 0


def test_a_count_of_six_digits_is_seen_whole(page: Page, site: str) -> None:
    page.goto(site + "/?n2-name=Branch&c1-product=windows-7-enterprise&c1-count=100000")
    assert page.locator("#c1-count").evaluate("field => field.scrollWidth <= field.clientWidth")


def test_what_is_closed_on_the_screen_can_be_read_on_paper(page: Page, site: str) -> None:
    page.goto(site + STATES["full"])
    closed = page.locator(".result details:not(#other-keys, #more-files) :is(.reasons li, p)")
    assert closed.count() > 20
    assert not any(part.is_visible() for part in closed.all())
    page.emulate_media(media="print")
    assert all(part.is_visible() for part in closed.all())
    assert all(part.bounding_box()["height"] > 0 for part in closed.all())
    expect(page.locator(".opens").first).to_be_hidden()


def test_the_printed_page_has_the_plan_and_its_address_but_no_form(open_page: MakePage, site: str) -> None:
    page = open_page(media="print")
    page.goto(site + STATES["filled"])
    expect(page.locator("#plan-title")).to_be_visible()
    expect(page.locator("#estate")).to_be_hidden()
    expect(page.locator(".print-only")).to_contain_text(site + "/?c1-product")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_plan_is_printed_on_the_paper_that_is_there_and_its_links_look_like_text(
    open_page: MakePage, site: str, paper: str, size: tuple[int, int]
) -> None:
    page = open_page(media="print")
    page.goto(site + STATES["full"])
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=True)))
    for each in reader.pages:
        assert each.mediabox[2:] == pytest.approx(size, abs=1.5)
    assert "Worksheet" in "".join(each.extract_text() for each in reader.pages)
    links = page.locator(".result a").evaluate_all(
        "all => all.map(a => [getComputedStyle(a).color === getComputedStyle(a.parentElement).color,"
        " getComputedStyle(a).textDecorationLine])"
    )
    assert len(links) > 10
    assert all(link == [True, "none"] for link in links)


def test_the_first_visit_weighs_at_most_100_kb_and_8_requests(page: Page, site: str) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(site + STATES["full"], wait_until="networkidle")
    asked = [urllib.request.Request(address, headers={"Accept-Encoding": "gzip"}) for address in addresses]
    sizes = {request.full_url: len(urllib.request.urlopen(request).read()) for request in asked}
    assert sum(sizes.values()) <= 100_000, sizes
    assert len(sizes) <= 8, sizes
