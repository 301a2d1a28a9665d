"""The screens and states that no other test opens, each in both themes: forms, mistakes, clashes, refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.organisations import enter, fits, make, manage

LOOKS = pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
Axe = Callable[[Page], list[str]]
#: Use up the tries of an account, and print a link that sets its password.
TRIED_AND_LINKED = """
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode
from planner.passwords import reset_tokens
from planner.throttle import attempt
for _ in range(20):
    attempt(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1"), "{name}")
person = User.objects.get(username="{name}")
print(reverse("reset-password", args=(urlsafe_base64_encode(str(person.pk).encode()), reset_tokens.make_token(person))))
"""


@pytest.fixture(scope="module", autouse=True)
def companies(site: str, site_data: Path) -> None:
    make(site_data, "screens")


@pytest.fixture
def seen(axe: Axe) -> Callable[[Page, str], None]:
    """Look at a screen; `says`: what must stand there, so that it is the meant one."""

    def look(page: Page, says: str) -> None:
        expect(page.locator("main")).to_contain_text(says)
        assert axe(page) == [], says
        assert fits(page, page.viewport_size["width"]), says

    return look


def row(page: Page, table: str) -> str:
    """The address of the first row of a table."""
    page.goto(page.url.split("/estate/")[0] + f"/estate/{table}/")
    return str(page.locator("a.open").first.evaluate("each => each.href"))


@pytest.mark.allows_console("422", "409")
@LOOKS
def test_the_forms_of_an_estate_and_their_mistakes(
    open_page: Callable[..., Page], site: str, seen: Callable[[Page, str], None], theme: str, width: int
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, site, "screens", at="estate/computers/")
    for table, says in (("licences", "Add licences"), ("keys", "Add keys"), ("computers", "Add computers")):
        page.goto(f"{site}/o/contoso-screens/estate/{table}/add/")
        seen(page, says)
        page.get_by_role("button", name=says).click()
        seen(page, "There is a problem")
    for table in ("computers", "networks", "licences", "keys"):
        page.goto(row(page, table))
        seen(page, "Save")
    page.goto(row(page, "computers"))
    page.get_by_label("Computers", exact=True).fill("many")
    page.get_by_role("button", name="Save").click()
    seen(page, "There is a problem")
    page.goto(row(page, "networks"))
    page.get_by_role("button", name="Remove").click()
    seen(page, "is in use")
    page.goto(f"{site}/o/contoso-screens/estate/computers/?q=nothing+like+it")
    seen(page, "Clear")


@pytest.mark.allows_console("409")
@LOOKS
def test_what_somebody_changed_meanwhile(
    open_page: Callable[..., Page], site: str, seen: Callable[[Page, str], None], theme: str, width: int
) -> None:
    slow, fast = (open_page(theme=theme, width=width) for _ in range(2))
    for page in (slow, fast):
        enter(page, site, "screens", at="estate/computers/")
    slow.locator("tbody input[type=checkbox]").first.check()
    slow.locator("#field").select_option(label="Note")
    slow.get_by_role("button", name="Change", exact=True).click()
    seen(slow, "In these rows: 1")
    fast.goto(row(fast, "computers"))
    fast.get_by_label("Note").fill(f"Changed at {width}")
    fast.get_by_role("button", name="Save").click()
    expect(fast.locator("#done")).to_contain_text("Undo")
    undone = fast.locator("#done form").get_attribute("action")
    slow.get_by_label("Note").fill("Mine")
    slow.locator("button.primary").click()
    seen(slow, "Somebody changed some of these rows meanwhile")
    fast.get_by_role("button", name="Undo").click()
    fast.goto(f"{site}{undone.removesuffix('undo/')}")
    seen(fast, "Undone")


@pytest.mark.allows_console("422")
@LOOKS
def test_saved_plans_history_and_settings_in_their_other_states(
    open_page: Callable[..., Page], site: str, seen: Callable[[Page, str], None], theme: str, width: int
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, site, "screens", at="plans/")
    page.get_by_role("button", name="Save the plan").click()
    seen(page, "There is a problem")
    page.get_by_label("Name").fill(f"Plan {width}")
    page.get_by_role("button", name="Save the plan").click()
    page.wait_for_url("**/plans/*/")
    saved = page.url
    for address in (f"{saved}runbook/", f"{site}/o/contoso-screens/runbook/"):
        page.goto(address)
        seen(page, "steps in the order")
    page.goto(f"{site}/o/contoso-screens/estate/computers/")
    page.goto(row(page, "computers"))
    page.get_by_label("Computers", exact=True).fill(str(width))
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{saved}?compare=yes")
    seen(page, "As saved")
    for query, says in (("?kind=computers&row=1", "All of Contoso screens"), ("?day=1000-01-01", "There is a problem")):
        page.goto(f"{site}/o/contoso-screens/history/{query}")
        seen(page, says)
    page.goto(f"{site}/o/contoso-screens/settings/")
    page.get_by_role("button", name="Delete Contoso screens").click()
    seen(page, "There is a problem")
    page.goto(f"{site}/account/password/")
    page.get_by_role("button", name="Change the password").click()
    seen(page, "There is a problem")
    page.goto(f"{site}/account/new-organisation/")
    page.get_by_role("button", name="Make the organisation").click()
    seen(page, "There is a problem")


@pytest.mark.allows_console("40")
@LOOKS
def test_refusals_and_what_comes_through_the_sign_in(
    open_page: Callable[..., Page], site: str, seen: Callable[[Page, str], None], theme: str, width: int
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, site, "screens", "viewer", "estate/computers/")
    seen(page, "Windows 11 Enterprise")
    page.goto(f"{site}/o/contoso-screens/estate/computers/add/")
    seen(page, "may not")
    page.goto(f"{site}/o/contoso-screens/plans/987654321/")
    seen(page, "This page is not here")
    editor = open_page(theme=theme, width=width)
    enter(editor, site, "screens", "editor", "scenarios/")
    editor.context.clear_cookies(name="sessionid")
    editor.get_by_label("Name").fill("Kept on the way")
    editor.get_by_role("button", name="Make the scenario").click()
    seen(editor, "your input is still here")
    editor.locator("input[name=username]").fill("editor-screens@contoso.com")
    editor.locator("input[name=password]").fill("the lighthouse keeper's cat")
    editor.get_by_role("button", name="Sign in").click()
    seen(editor, "You are signed in; your input is still here")


@pytest.mark.allows_console("409")
@LOOKS
def test_an_undo_that_somebody_was_before(
    open_page: Callable[..., Page], site: str, seen: Callable[[Page, str], None], theme: str, width: int
) -> None:
    page, late = (open_page(theme=theme, width=width) for _ in range(2))
    enter(page, site, "screens", at="estate/computers/")
    page.goto(row(page, "computers"))
    page.get_by_label("Note").fill(f"To be undone at {width}")
    page.get_by_role("button", name="Save").click()
    act = page.locator("#done form").get_attribute("action")
    enter(late, site, "screens", at="")
    late.goto(f"{site}{act.removesuffix('undo/')}")
    page.get_by_role("button", name="Undo").click()
    late.get_by_role("button", name="Undo this").click()
    seen(late, "This was undone already")


@pytest.mark.allows_console("429")
@LOOKS
def test_waiting_after_too_many_tries_and_a_new_password_by_a_link(
    open_page: Callable[..., Page],
    site: str,
    site_data: Path,
    seen: Callable[[Page, str], None],
    theme: str,
    width: int,
) -> None:
    page = open_page(theme=theme, width=width)
    link = manage(site_data, "shell", "--no-imports", "-c", TRIED_AND_LINKED.format(name="viewer-screens@contoso.com"))
    page.goto(f"{site}/account/sign-in/")
    page.locator("input[name=username]").fill("viewer-screens@contoso.com")
    page.locator("input[name=password]").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    seen(page, "Wait 24 hours, then try again.")
    page.goto(f"{site}{link.strip()}")
    seen(page, "At least 15 characters")


@LOOKS
def test_the_question_before_a_member_is_removed_and_before_one_leaves(
    open_page: Callable[..., Page], site: str, seen: Callable[[Page, str], None], theme: str, width: int
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, site, "screens", at="members/")
    for question in page.locator("main details:not(.switch) summary").all():
        question.press("Enter")
    seen(page, "editor-screens@contoso.com then sees nothing of Contoso screens any more")
    expect(page.get_by_role("button", name="Leave Contoso screens")).to_be_visible()
    assert page.locator(".people").evaluate("each => each.scrollWidth <= each.parentElement.clientWidth")
