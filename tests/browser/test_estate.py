"""The estate's tables in a browser: by keyboard, without JavaScript, in both themes, on a narrow screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import run

PASSWORD = "the lighthouse keeper's cat"
FILL = f"""
from uuid import uuid4
from django.contrib.auth.models import User
from planner.access import here_of
from planner.models import ComputerLine, Network
from planner.organisations import found
from planner.recording import recorded
from types import SimpleNamespace
for number in range(6):
    owner = User.objects.create_user(f"owner{{number}}@contoso.com", password={PASSWORD!r})
    contoso = found(f"Contoso {{number}}", owner, uuid4().hex)
    here = here_of(SimpleNamespace(user=owner, request_id=uuid4().hex), contoso.slug)
    office = Network(estate=here.estate(), name="Head office")
    if number:
        with recorded(here, "Filled") as act:
            act.add(office)
            act.add_all([ComputerLine(estate=office.estate, network=office, product=product, count=count) for
                product, count in (("windows-7-enterprise", 40), ("windows-11-enterprise", 8), ("windows-10-pro", 3))])
"""


@pytest.fixture(scope="session")
def owners(site: str, site_data: Path) -> None:
    """Six organisations, each with an owner; the first one has nothing in its estate."""
    program = [sys.executable, str(run.ROOT / "run.py"), "manage", "shell", "-c", FILL]
    environment = os.environ | {"PLANNER_DATA": str(site_data)}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def enter(site: str, owners: None) -> Callable[[Page, int, str], None]:
    """Sign in as the owner of that number and open a table."""

    def sign_in(page: Page, number: int, table: str = "computers") -> None:
        page.goto(f"{site}/account/sign-in/?next=/o/contoso-{number}/estate/{table}/")
        page.locator("input[name=username]").fill(f"owner{number}@contoso.com")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"**/estate/{table}/")

    return sign_in


def type_in(page: Page, *texts: str) -> None:
    """Type into the field that has the focus, and the ones after it."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")


def test_an_estate_is_built_by_keyboard_alone(page: Page, enter: Callable[..., None]) -> None:
    enter(page, 0)
    page.get_by_role("link", name="Add computers").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#r1-product")).to_be_focused()
    type_in(page, "Windows 11 Enterprise", "30")
    page.keyboard.press("Enter")  # on the list of networks: the form is sent by its button
    page.get_by_role("button", name="Add computers").press("Enter")
    page.wait_for_url("**/computers/?done=*")
    expect(page.locator("#done")).to_contain_text("Added 1 line of computers.")
    expect(page.locator("#answer")).to_contain_text("30 computers")
    page.get_by_role("link", name="Windows 11 Enterprise").press("Enter")
    expect(page.locator("tr.editing input.product")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("45")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Windows 11 Enterprise")).to_be_focused()
    expect(page.locator("#sum-count")).to_have_text("45")
    expect(page.locator("#answer")).to_contain_text("45 computers")


def test_escape_leaves_a_row_as_it_was_and_the_focus_on_it(page: Page, enter: Callable[..., None]) -> None:
    enter(page, 1)
    page.get_by_role("link", name="Windows 11 Enterprise").press("Enter")
    expect(page.locator("tr.editing input.product")).to_be_focused()
    page.keyboard.type("something else")
    page.keyboard.press("Escape")  # the suggestions, if there are any
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Windows 11 Enterprise")).to_be_focused()


def test_a_click_anywhere_in_a_row_opens_it_and_a_mistake_keeps_it_open(page: Page, enter: Callable[..., None]) -> None:
    enter(page, 1)
    page.locator("table.rows tbody tr").nth(1).locator("td").nth(1).click()
    field = page.locator("tr.editing input.number").first
    field.fill("many")
    field.press("Enter")
    expect(page.locator("tr.editing .mistakes")).to_be_focused()
    expect(page.locator("tr.editing input.number").first).to_have_value("many")


def test_a_removed_row_is_undone_at_once(page: Page, enter: Callable[..., None]) -> None:
    enter(page, 2)
    page.get_by_role("link", name="Windows 7 Enterprise").press("Enter")
    page.locator("tr.editing").get_by_role("button", name="Remove").press("Enter")
    expect(page.locator("tr.removed button")).to_be_focused()
    expect(page.locator("#sum-count")).to_have_text("11")
    page.keyboard.press("Enter")
    page.wait_for_url("**/computers/?done=*")
    expect(page.locator("#sum-count")).to_have_text("51")


def test_the_list_follows_the_search_and_the_focus_stays(page: Page, enter: Callable[..., None]) -> None:
    enter(page, 3)
    page.locator("#q").click()
    page.keyboard.type("windows 11")
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    expect(page.locator("#q")).to_be_focused()
    assert page.url.endswith("?q=windows+11")
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(3)


def test_who_saves_second_chooses_in_the_row(open_page: Callable[..., Page], enter: Callable[..., None]) -> None:
    first, second = open_page(), open_page()
    for each in (first, second):
        enter(each, 4)
        each.get_by_role("link", name="Windows 7 Enterprise").click()
    for each, count in ((first, "41"), (second, "42")):
        each.locator("tr.editing input.number").first.fill(count)
        each.locator("tr.editing").get_by_role("button", name="Save").click()
        each.wait_for_timeout(300)
    expect(second.locator(".clash")).to_be_focused()
    expect(second.locator(".differs")).to_contain_text(["41"])
    second.get_by_role("button", name="Save mine").click()
    second.wait_for_url("**/computers/?done=*")
    expect(second.locator("#sum-count")).to_have_text("53")


@pytest.mark.allows_console("422")
def test_everything_works_without_javascript(open_page: Callable[..., Page], enter: Callable[..., None]) -> None:
    page = open_page(javascript=False)
    enter(page, 5)
    page.get_by_role("link", name="Add computers").click()
    page.locator("#text").fill("windows-10-pro;x")
    page.get_by_role("button", name="Add computers").click()
    expect(page.locator(".mistakes")).to_contain_text("Pasted row 1, Computers")
    page.locator("#text").fill("windows-10-pro;5")
    page.get_by_role("button", name="Add computers").click()
    expect(page.locator("#sum-count")).to_have_text("56")
    page.get_by_role("link", name="Windows 7 Enterprise").click()
    page.get_by_label("Computers", exact=True).fill("41")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#sum-count")).to_have_text("57")
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="Remove the ticked rows").click()
    expect(page.locator("#sum-count")).to_have_text("16")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#sum-count")).to_have_text("57")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_the_tables_are_open_to_everybody_and_fit_the_screen(
    open_page: Callable[..., Page],
    enter: Callable[..., None],
    axe: Callable[[Page], list[str]],
    theme: str,
    width: int,
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, 3)
    expect(page.locator("#answer")).to_contain_text("of the 51 computers")
    for table in ("computers", "networks", "licences", "keys", "computers/add", "networks/add", "settings"):
        page.goto(page.url.split("/estate/")[0] + f"/estate/{table}/")
        expect(page.locator("#answer")).to_contain_text("of the 51 computers")
        assert axe(page) == [], table
        assert page.evaluate("document.documentElement.scrollWidth") <= width, table
    page.goto(page.url.split("/estate/")[0] + "/estate/computers/")
    page.locator("a.open").first.click()
    expect(page.locator("tr.editing input.product")).to_be_focused()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
def test_the_history_is_reached_by_keyboard_open_to_everybody_and_fits_the_screen(
    open_page: Callable[..., Page],
    enter: Callable[..., None],
    axe: Callable[[Page], list[str]],
    theme: str,
    width: int,
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, 5)
    page.get_by_role("link", name="History").press("Enter")
    page.wait_for_url("**/history/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Filled").press("Enter")
    page.wait_for_url("**/acts/*/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="All changes of 40 Windows 7 Enterprise in Head office").press("Enter")
    expect(page.locator("table.change").first).to_contain_text("Windows 7 Enterprise")
    assert axe(page) == []
