"""The quick planner as people use it: by keyboard, without JavaScript, with mistakes."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.estates import ANSWER, SEED, STATES, MakePage, answer, tab_to, type_line


def test_the_seed_example_is_built_by_keyboard_alone(page: Page, site: str, focused: Callable[[Page], str]) -> None:
    page.goto(site + "/")
    tab_to(page, focused, "#c1-product")
    type_line(page, "2008 r2 datac", "4")
    expect(page.locator("#c1-product")).to_have_value("Windows Server 2008 R2 Datacenter")
    tab_to(page, focused, "#add-line-1")
    page.keyboard.press("Enter")
    expect(page.locator("#c2-product")).to_be_focused()
    type_line(page, "server 2008 r2 standard", "10")
    answer(page).to_contain_text(ANSWER)
    expect(page.locator("#announce")).to_contain_text("Plan updated: 1 KMS host key")
    expect(page.locator("#c2-count")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape(urlencode(SEED))))


def test_the_reasons_open_by_keyboard_and_lead_to_their_sources(
    page: Page, site: str, focused: Callable[[Page], str]
) -> None:
    page.goto(site + STATES["filled"])
    page.locator("#why-kms-windows-server-2008-r2-c summary").focus()
    page.keyboard.press("Enter")
    card = page.locator("#why-kms-windows-server-2008-r2-c")
    expect(card).to_contain_text("activates")
    assert card.locator("a[href^=http]").count() > 0


def test_the_seed_example_is_built_without_javascript(open_page: MakePage, site: str) -> None:
    page = open_page(javascript=False)
    page.goto(site + "/")
    page.fill("#c1-product", "Windows Server 2008 R2 Datacenter")
    page.fill("#c1-count", "4")
    page.click("#add-line-1")
    expect(page.locator("#c1-product")).to_have_value("Windows Server 2008 R2 Datacenter")
    expect(page.locator("#c1-count")).to_have_value("4")
    page.fill("#c2-product", "Windows Server 2008 R2 Standard")
    page.fill("#c2-count", "10")
    page.press("#c2-count", "Enter")
    answer(page).to_contain_text(ANSWER)
    assert page.url.endswith(urlencode(SEED))


def test_a_line_and_a_network_are_removed_and_brought_back_without_javascript(open_page: MakePage, site: str) -> None:
    page = open_page(javascript=False)
    page.goto(site + STATES["full"])
    lines = page.locator("fieldset[id^=c]").count()
    page.click("#remove-n2")
    expect(page.locator("#n2")).to_have_count(0)
    page.click("text=Undo")
    expect(page.locator("#n2-name")).to_have_value("Plant")
    page.click("#remove-c1")
    expect(page.locator("fieldset[id^=c]")).to_have_count(lines - 1)
    expect(page.locator("#c2-product")).to_have_value("Windows Server 2008 R2 Standard")


def test_each_change_keeps_the_focus_and_what_is_open(page: Page, site: str) -> None:
    page.goto(site + STATES["filled"])
    page.locator("#other-keys summary").click()
    for field, text, computers in (("#c1-count", "6", 16), ("#c2-count", "20", 26), ("#c1-virtual", "2", 26)):
        page.fill(field, text)
        answer(page).to_contain_text(f"all {computers} computers")
        expect(page.locator(field)).to_be_focused()
        expect(page.locator("#other-keys")).to_have_attribute("open", "")
    page.select_option("#c1-contact", "none")
    answer(page).to_contain_text("20 of the 26 computers")
    expect(page.locator("#c1-contact")).to_have_value("none")


def test_what_is_typed_while_a_plan_is_on_its_way_is_kept(page: Page, site: str) -> None:
    page.goto(site + STATES["filled"])
    page.locator("#c2-count").fill("")
    page.locator("#c2-count").press_sequentially("1234", delay=300)
    answer(page).to_contain_text("all 1,238 computers")
    expect(page.locator("#c2-count")).to_have_value("1234")


def test_an_unfinished_line_says_what_is_still_to_enter_and_keeps_the_last_plan(page: Page, site: str) -> None:
    page.goto(site + STATES["filled"])
    page.fill("#c2-count", "")
    expect(page.locator("#waiting")).to_contain_text("Line 2, count")
    answer(page).to_contain_text(ANSWER)
    expect(page.locator("#announce")).to_contain_text("waits")
    expect(page.locator("#c2-count")).to_be_focused()
    page.fill("#c2-count", "10")
    expect(page.locator("#waiting")).to_be_empty()


def test_errors_are_summed_up_with_the_focus_and_lead_to_their_fields(page: Page, site: str) -> None:
    page.goto(site + STATES["errors"])
    assert page.title().startswith("Error: ")
    expect(page.locator(".mistakes")).to_be_focused()
    expect(page.locator(".mistakes h2")).to_have_text("There is a problem")
    links = page.locator(".mistakes a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "#n2-name", "#c1-product", "#c1-count", "#c2-count",
    ]  # fmt: skip
    for link in links.all():
        field = link.get_attribute("href") or ""
        words = (link.text_content() or "").split(": ", 1)[1]
        expect(page.locator(f"{field}_error")).to_contain_text(words)
        expect(page.locator(field)).to_have_attribute("aria-describedby", f"{field[1:]}_error")
    links.nth(2).click()
    expect(page.locator("#c1-count")).to_be_focused()
    expect(page.locator("#c1-count")).to_have_value("4x")


def test_a_new_name_of_a_network_shows_where_networks_are_chosen(page: Page, site: str) -> None:
    page.goto(site + STATES["filled"])
    page.click("#add-network")
    expect(page.locator("#n2-name")).to_be_focused()
    page.fill("#n2-name", "Branch")
    expect(page.locator("#n1-kms option[value=via2]")).to_have_text("Those of Branch")


@pytest.mark.allows_console("Failed to load resource")
@pytest.mark.allows_console("500")
@pytest.mark.allows_console("Response Status Error Code")
def test_a_failing_server_is_said_and_the_input_stays(page: Page, site: str) -> None:
    page.goto(site + STATES["filled"])
    page.route("**/?*", lambda route: route.fulfill(status=500, body="<h1>Server error</h1>"))
    page.fill("#c2-count", "11")
    expect(page.locator("#trouble")).to_contain_text("Your input is still here")
    expect(page.locator("#c2-count")).to_have_value("11")
    answer(page).to_contain_text(ANSWER)
    page.unroute("**/?*")
    page.fill("#c2-count", "12")
    answer(page).to_contain_text("all 16 computers")
    expect(page.locator("#trouble")).to_be_empty()


def test_escape_closes_the_suggestions_and_keeps_the_text(page: Page, site: str) -> None:
    page.goto(site + "/")
    page.locator("#c1-product").press_sequentially("office 2016")
    suggestions = page.locator("#product-list li")
    expect(suggestions.first).to_contain_text("Office 2016, support ended 2025-10-14")
    page.keyboard.press("Escape")
    expect(suggestions).to_have_count(0)
    expect(page.locator("#c1-product")).to_have_value("office 2016")


def test_a_long_estate_is_posted_and_keeps_every_line(page: Page, site: str) -> None:
    lines = {}
    for number in range(1, 71):
        lines |= {f"c{number}-product": "windows-server-2008-r2-datacenter", f"c{number}-count": str(number)}
    page.goto(site + "/?" + urlencode(lines))
    answer(page).to_contain_text("all 2,485 computers")
    page.fill("#c70-count", "71")
    answer(page).to_contain_text("all 2,486 computers")
    page.click("#add-line-1")
    expect(page.locator("#c71-product")).to_be_focused()
    expect(page.locator("#c70-count")).to_have_value("71")
    page.click("#show")
    answer(page).to_contain_text("all 2,486 computers")
    with page.expect_download() as download:
        page.click(".downloads >> text=JSON")
    plan = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert sum(line["count"] for line in plan["computers"]) == 2486


def test_a_download_holds_the_plan_on_the_page(page: Page, site: str) -> None:
    page.goto(site + STATES["filled"] + "&organisation=Contoso+Ltd&day=2026-11-24")
    with page.expect_download() as download:
        page.click(".downloads >> text=Text")
    assert download.value.suggested_filename == "contoso-ltd-plan-2026-11-24.txt"
    words = re.sub(r"\s+", " ", Path(download.value.path()).read_text(encoding="utf-8"))
    assert ANSWER in words


def test_what_goes_with_an_entered_estate_comes_and_goes_while_typing_and_the_focus_stays(
    open_page: MakePage, site: str
) -> None:
    page = open_page(width=390)
    page.goto(site + "/")
    examples, again, to_plan = page.locator("#examples"), page.locator("text=Start again"), page.locator(".to-answer")
    for part in (examples, again, to_plan):
        expect(part).to_be_hidden()
    page.locator("#c1-product").press_sequentially("Windows 7 Enterprise")
    expect(page.locator("#waiting")).to_contain_text("Line 1, count")
    expect(page.locator("#waiting")).not_to_contain_text("the plan below", use_inner_text=True)
    expect(page.locator(".start")).to_be_hidden()
    expect(examples).to_be_visible()
    expect(again).to_be_visible()
    expect(to_plan).to_be_hidden()
    page.fill("#c1-count", "30")
    expect(to_plan).to_be_visible()
    expect(page.locator("#c1-count")).to_be_focused()
    page.fill("#c1-count", "")
    expect(page.locator("#waiting")).to_contain_text("the plan below", use_inner_text=True)
    expect(to_plan).to_be_visible()
    page.fill("#c1-product", "")
    expect(page.locator(".start")).to_be_visible()
    for part in (examples, again, to_plan):
        expect(part).to_be_hidden()
    expect(page.locator("#c1-product")).to_be_focused()


def test_without_a_plan_nothing_speaks_of_the_one_before(page: Page, site: str) -> None:
    page.goto(site + "/?do=add-line-1&c1-product=windows-7-enterprise")
    expect(page.locator("#waiting")).to_contain_text("Line 1, count")
    expect(page.locator("#waiting")).not_to_contain_text("the plan below", use_inner_text=True)


def test_every_example_gives_a_plan_with_one_click(page: Page, site: str) -> None:
    page.goto(site + "/")
    examples = page.locator(".start .examples a")
    expect(examples).to_have_count(6)
    for number in range(6):
        page.goto(site + "/")
        examples.nth(number).click()
        expect(page.locator("#plan-title")).to_be_focused()
        expect(page.locator(".made")).to_contain_text("Contoso")
