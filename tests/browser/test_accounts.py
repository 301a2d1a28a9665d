"""Accounts in a browser: the first one of a fresh site, signing in and out, and each page in both themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving
from tests.browser.organisations import PASSWORD, fits, manage
from tests.site_data import reuse_static_files

OWNER = "olga@contoso.com"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a site that nobody has used yet."""
    data = tmp_path_factory.mktemp("fresh")
    reuse_static_files(data)
    return data


@pytest.fixture(scope="module")
def site(fresh: Path) -> Iterator[str]:
    """A fresh site in place of the one that the other tests share."""
    with serving(fresh) as address:
        yield address


@pytest.fixture(scope="module")
def link(site: str, fresh: Path) -> str:
    """The one-time link of the first account, as the start of the site prints it."""
    return re.search(rf"{site}/account/first/\S+", (fresh / "log.txt").read_text())[0]


@pytest.fixture(scope="module")
def account(link: str, fresh: Path) -> None:
    """The account of Olga, where no test has made it yet, with an organisation without rows."""
    code = f"""
from uuid import uuid4
from django.contrib.auth.models import User
from planner.accounts import make_first_account
person = User(username={OWNER!r}, email={OWNER!r})
person.set_password({PASSWORD!r})
make_first_account(person, "Contoso", uuid4().hex)
"""
    manage(fresh, "shell", "-c", code)


def type_in(page: Page, *texts: str) -> None:
    """Type into the field that has the focus and those after it, then send the form."""
    for text in texts[:-1]:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type(texts[-1])
    page.keyboard.press("Enter")


@pytest.mark.allows_console("404")
def test_a_fresh_site_guides_to_its_first_account_by_keyboard(
    page: Page, link: str, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(link)
    assert axe(page) == []
    page.get_by_label("E-mail address").focus()
    type_in(page, OWNER, "Contoso", PASSWORD, PASSWORD)
    page.wait_for_url("**/o/contoso/")
    expect(page.get_by_text("Enter computers or licences, then the plan stands here.")).to_be_visible()
    page.goto(link)
    expect(page.locator("h1")).to_contain_text("This page is not here")


def test_who_signs_out_is_out_and_who_signs_in_comes_back_to_the_page(page: Page, account: None, site: str) -> None:
    page.goto(f"{site}/o/contoso/members/")
    page.get_by_label("E-mail address or user name").focus()
    type_in(page, OWNER, PASSWORD)
    page.wait_for_url("**/o/contoso/members/")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.wait_for_url(f"{site}/")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_said_first_and_what_was_typed_stays(
    page: Page, account: None, site: str, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("E-mail address or user name").focus()
    type_in(page, OWNER, "something else altogether")
    expect(page.locator(".mistakes")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    expect(page.get_by_label("E-mail address or user name")).to_have_value(OWNER)
    assert axe(page) == []


@pytest.mark.allows_console("404")
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_the_pages_of_accounts_are_open_to_everybody(
    open_page: Callable[..., Page],
    account: None,
    site: str,
    axe: Callable[[Page], list[str]],
    theme: str,
    width: int,
) -> None:
    page = open_page(theme=theme, width=width)
    for path in ("sign-in/", "reset/", "reset/sent/", "reset/x/y/", "invitation/none/"):
        page.goto(f"{site}/account/{path}")
        assert axe(page) == [], path
        assert fits(page, width), path
    page.goto(f"{site}/account/sign-in/?next=/account/")
    page.get_by_label("E-mail address or user name").focus()
    type_in(page, OWNER, PASSWORD)
    page.wait_for_url(f"{site}/account/")
    for path in ("account/", "account/password/", "account/new-organisation/"):
        page.goto(f"{site}/{path}")
        assert axe(page) == [], path
        assert fits(page, width), path
    page.goto(f"{site}/keep/?c1-product=windows-11-enterprise&c1-count=30")
    assert axe(page) == []
    assert fits(page, width)


def test_what_was_typed_before_signing_in_is_kept_by_keyboard_alone(page: Page, account: None, site: str) -> None:
    page.goto(f"{site}/?c1-product=windows-11-enterprise&c1-count=30")
    page.get_by_role("link", name="Keep in an organisation").press("Enter")
    page.get_by_label("E-mail address or user name").focus()
    type_in(page, OWNER, PASSWORD)
    page.get_by_role("button", name="Keep it").press("Enter")
    page.wait_for_url("**/o/contoso/?done=*")
    expect(page.locator(".messages")).to_contain_text("Kept an estate of the quick planner.")
    expect(page.locator("#plan-title")).to_contain_text("30 computers")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("Enter computers or licences, then the plan stands here.")).to_be_visible()
