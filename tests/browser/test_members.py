"""The people of an organisation in a browser: invited by one, joined by another, and what each role sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.organisations import PASSWORD, enter, fits, make


@pytest.fixture(scope="module", autouse=True)
def companies(site: str, site_data: Path) -> None:
    make(site_data, "people", "roles")


def test_an_invitation_is_accepted_by_a_second_person_by_keyboard(
    open_page: Callable[..., Page], site: str, axe: Callable[[Page], list[str]]
) -> None:
    olga, eva = open_page(), open_page()
    enter(olga, site, "people", at="members/")
    olga.get_by_label("E-mail address").focus()
    olga.keyboard.type("eva@contoso.com")
    olga.keyboard.press("Enter")
    expect(olga.locator(".once")).to_be_focused()
    assert axe(olga) == []
    eva.goto(olga.locator(".once code").inner_text())
    expect(eva.get_by_role("heading", level=1)).to_have_text("Join Contoso people")
    assert axe(eva) == []
    eva.get_by_label("Password", exact=True).focus()
    for text in (PASSWORD, PASSWORD):
        eva.keyboard.type(text)
        eva.keyboard.press("Tab")
    eva.keyboard.press("Enter")
    eva.wait_for_url("**/o/contoso-people/")
    olga.get_by_role("link", name="Members").press("Enter")
    expect(olga.get_by_role("rowheader", name="eva@contoso.com")).to_be_visible()
    expect(olga.get_by_role("heading", name="Invitations")).to_have_count(0)


def test_a_role_that_is_changed_is_what_the_person_may_do(open_page: Callable[..., Page], site: str) -> None:
    owner, editor = open_page(), open_page()
    enter(editor, site, "people", "editor", "estate/computers/")
    expect(editor.get_by_role("link", name="Add computers")).to_be_visible()
    enter(owner, site, "people", at="members/")
    owner.get_by_label("Role of editor-people@contoso.com", exact=True).focus()
    owner.keyboard.type("viewer")
    owner.get_by_role("button", name="Save the role of editor-people@contoso.com").press("Enter")
    owner.wait_for_load_state()
    editor.reload()
    expect(editor.get_by_role("table")).to_be_visible()
    expect(editor.get_by_role("link", name="Add computers")).to_have_count(0)


@pytest.mark.parametrize(
    ("role", "invites", "edits"), [("owner", 1, 1), ("editor", 0, 1), ("viewer", 0, 0)], ids=lambda value: str(value)
)
def test_each_role_is_offered_what_it_may_do(page: Page, site: str, role: str, invites: int, edits: int) -> None:
    enter(page, site, "roles", role, "members/")
    expect(page.get_by_role("button", name="Invite")).to_have_count(invites)
    expect(page.get_by_role("link", name="Settings")).to_have_count(invites)
    page.get_by_role("link", name="Plan", exact=True).press("Enter")
    expect(page.locator("#save-plan")).to_have_count(edits)
    page.get_by_role("link", name="Scenarios", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Make the scenario")).to_have_count(edits)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_the_pages_about_people_are_open_to_everybody(
    open_page: Callable[..., Page],
    site: str,
    axe: Callable[[Page], list[str]],
    theme: str,
    width: int,
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, site, "roles", at="members/")
    for path in ("members/", "settings/"):
        page.goto(f"{site}/o/contoso-roles/{path}")
        assert axe(page) == [], path
        assert fits(page, width), path


@pytest.mark.allows_console("422")
def test_an_address_that_is_none_is_said_first(page: Page, site: str, axe: Callable[[Page], list[str]]) -> None:
    enter(page, site, "roles", at="members/")
    page.get_by_label("E-mail address").fill("eva")
    page.get_by_role("button", name="Invite").press("Enter")
    expect(page.locator(".mistakes")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value("eva")
    assert axe(page) == []
