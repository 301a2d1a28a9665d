"""Plans and scenarios in a browser: the first plan, saved, compared, tried and applied, by keyboard."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.organisations import enter, fits, make, press

SECONDS, CLICKS = 60, 6  #: from signed in to the first plan, at most


@pytest.fixture(scope="module", autouse=True)
def companies(site: str, site_data: Path) -> None:
    make(site_data, "saving", "trying", "proposals", "plain", "looks")
    make(site_data, "first", "empty", filled=False)


def test_the_first_plan_from_the_example_takes_less_than_a_minute_and_few_clicks(page: Page, site: str) -> None:
    enter(page, site, "first")
    began, clicks = time.monotonic(), 0
    page.get_by_role("button", name="Fill with the example of Contoso").click()
    clicks += 1
    expect(page.locator("#plan-title")).to_contain_text("Install")
    seconds = time.monotonic() - began
    print(f"Signed in to the first plan from the example: {seconds:.1f} s, {clicks} click")
    assert seconds < SECONDS
    assert clicks <= CLICKS


def test_a_saved_plan_says_that_the_estate_has_changed_since_and_what_is_different(page: Page, site: str) -> None:
    enter(page, site, "saving")
    expect(page.locator("#proposals h3")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "BODY"  # nothing was focused, nothing took the focus
    page.locator("#save-plan summary").press("Enter")
    page.locator("#save-plan").get_by_label("Name").focus()
    page.keyboard.type("Before the move")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/*/")
    saved = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Before the move")
    expect(page.get_by_text("has changed since")).to_have_count(0)
    more_computers_in_the_plant(page, f"{site}/o/contoso-saving/estate/computers/")
    page.goto(saved)
    expect(page.get_by_role("note")).to_contain_text("The estate has changed since.")
    press(page, "Show what is different today", "link")
    expect(page.locator("#today")).to_contain_text("11 more")
    expect(page.locator("#today")).to_contain_text("Today")


def more_computers_in_the_plant(page: Page, computers: str) -> None:
    """Change the 19 computers of Windows 10 Enterprise LTSC 2019 to 29, in their row, by keyboard."""
    page.goto(computers)
    page.get_by_role("link", name="Windows 10 Enterprise LTSC 2019").press("Enter")
    expect(page.locator("tr.editing input.product")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("29")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Windows 10 Enterprise LTSC 2019")).to_be_focused()


def test_a_scenario_is_made_changed_renamed_compared_and_applied_by_keyboard(page: Page, site: str) -> None:
    enter(page, site, "trying", at="scenarios/")
    page.get_by_label("Name").focus()
    page.keyboard.type("More in the plant")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/scenarios/\d+/$"))
    scenario = page.url
    expect(page.get_by_text("Both plans say the same.")).to_be_visible()
    more_computers_in_the_plant(page, f"{scenario}estate/computers/")
    page.goto(scenario)
    expect(page.locator(".compared").first).to_contain_text("11 more")
    page.locator("#rename summary").press("Enter")
    page.locator("#rename").get_by_label("Name").press("Control+A")
    page.keyboard.type("Ten more in the plant")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ten more in the plant")
    press(page, "Apply to the inventory")
    page.wait_for_url("**/o/contoso-trying/?done=*")
    expect(page.locator(".messages, .done").first).to_contain_text("Applied the scenario Ten more in the plant.")
    page.goto(f"{site}/o/contoso-trying/estate/computers/?q=LTSC+2019")
    expect(page.locator("#sum-count")).to_have_text("29")


def test_a_proposal_becomes_a_scenario_with_one_press(page: Page, site: str) -> None:
    enter(page, site, "proposals")
    proposal = page.locator("#proposals li").first
    expect(proposal).to_be_visible()
    words = proposal.locator("strong").inner_text()
    proposal.get_by_role("button").press("Enter")
    page.wait_for_url(re.compile(r"/scenarios/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(words[:100])
    expect(page.locator(".compared").first).to_be_visible()


def test_sign_in_estate_and_plan_work_without_javascript(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(javascript=False)
    enter(page, site, "plain")
    expect(page.locator("#plan-title")).to_contain_text("Install")
    page.get_by_role("link", name="Estate", exact=True).click()
    page.get_by_role("link", name="Windows 10 Enterprise LTSC 2019").click()
    page.get_by_label("Computers", exact=True).fill("29")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#done")).to_contain_text("Undo")
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.locator("article.plan")).to_contain_text("29")
    page.get_by_role("link", name="What could be simpler").click()
    page.get_by_role("button", name="Try it in a scenario").first.click()
    expect(page.locator(".compared").first).to_be_visible()
    page.get_by_role("link", name="Saved plans").click()
    page.get_by_label("Name").fill("As it is")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("As it is")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_the_pages_of_an_organisation_are_open_to_everybody(
    open_page: Callable[..., Page],
    site: str,
    axe: Callable[[Page], list[str]],
    theme: str,
    width: int,
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, site, "looks")
    expect(page.locator("#proposals h3")).to_be_visible()
    seen(page, axe, width, "plan")
    page.goto(f"{site}/o/contoso-looks/plans/")
    page.get_by_label("Name").fill(f"A plan with a name that is as long as people make them, {theme} and {width} wide")
    page.get_by_role("button", name="Save the plan").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    seen(page, axe, width, "saved plan")
    page.get_by_role("button", name="Copy to a scenario").click()
    page.wait_for_url(re.compile(r"/scenarios/\d+/$"))
    more_computers_in_the_plant(page, f"{page.url}estate/computers/")
    page.goto(page.url.split("/estate/")[0] + "/")
    expect(page.locator(".compared").first).to_be_visible()
    seen(page, axe, width, "scenario")
    for path in ("plans/", "scenarios/", "proposals/"):
        page.goto(f"{site}/o/contoso-looks/{path}")
        seen(page, axe, width, path)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_empty_pages_of_an_organisation_are_open_to_everybody(
    open_page: Callable[..., Page], site: str, axe: Callable[[Page], list[str]], theme: str
) -> None:
    page = open_page(theme=theme, width=390)
    enter(page, site, "empty")
    for path in ("", "plans/", "scenarios/", "proposals/", "estate/computers/"):
        page.goto(f"{site}/o/contoso-empty/{path}")
        seen(page, axe, 390, path)


@pytest.mark.allows_console("422")
def test_a_scenario_without_a_name_is_said_first(page: Page, site: str, axe: Callable[[Page], list[str]]) -> None:
    enter(page, site, "looks", at="scenarios/")
    press(page, "Make the scenario")
    expect(page.locator(".mistakes")).to_be_focused()
    assert axe(page) == []


def seen(page: Page, axe: Callable[[Page], list[str]], width: int, what: str) -> None:
    assert axe(page) == [], what
    assert fits(page, width), what
