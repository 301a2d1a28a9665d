"""What htmx asks for from the tables of an estate: with its token, when it fails, and when the session has ended."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.organisations import PASSWORD, enter, make, press

AT = "estate/computers/"
WHOLE_PAGE = "<!doctype html><title>x</title><h1>A whole page</h1>"


@pytest.fixture(scope="module")
def contoso(site: str, site_data: Path) -> str:
    make(site_data, "requests")
    return "requests"


def opened(page: Page) -> Locator:
    """The first row with its form, and the field of its number of computers."""
    page.locator("table.rows tbody a.open").first.click()
    field = page.locator("tr.editing input.number").first
    expect(field).to_be_visible()
    return field


def save(page: Page) -> None:
    page.locator("tr.editing").get_by_role("button", name="Save").click()


def test_each_request_has_its_token_also_after_ten_swaps(page: Page, site: str, contoso: str) -> None:
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    enter(page, site, contoso, at=AT)
    sent.clear()
    for number in range(10):
        opened(page).fill(str(31 + number))
        save(page)
        expect(page.locator("tr.editing")).to_have_count(0)
    assert [bool(request.headers.get("x-csrftoken")) for request in sent] == [True] * 10
    assert [request.response().status for request in sent] == [200] * 10


@pytest.mark.allows_console("Failed to load resource")
@pytest.mark.allows_console("status of")
@pytest.mark.allows_console("Response Status Error Code")
@pytest.mark.allows_console(": http://127.0.0.1")
@pytest.mark.parametrize("status", [403, 404, 413, 500, 503])
def test_a_refusal_is_said_and_no_whole_page_lands_in_the_table(
    page: Page, site: str, contoso: str, status: int
) -> None:
    enter(page, site, contoso, at=AT)
    rows = page.locator("table.rows tbody tr").count()
    opened(page).fill("77")
    page.route("**/estate/computers/*/", lambda route: route.fulfill(status=status, body=WHOLE_PAGE))
    save(page)
    expect(page.locator("#trouble")).to_contain_text("Your input is still here: try again.")
    expect(page.get_by_text("A whole page")).to_have_count(0)
    expect(page.locator("table.rows tbody tr")).to_have_count(rows)
    expect(page.locator("tr.editing input.number").first).to_have_value("77")
    expect(page.locator("tr.editing").get_by_role("button", name="Save")).to_be_enabled()
    page.unroute("**/estate/computers/*/")
    save(page)
    expect(page.locator("tr.editing")).to_have_count(0)


@pytest.mark.allows_console("Failed to load resource")
@pytest.mark.allows_console("htmx:")
@pytest.mark.allows_console("request failed")
@pytest.mark.parametrize(
    ("answers", "says"), [(False, "took too long"), (True, "The site cannot be reached")], ids=["never", "broken off"]
)
def test_an_answer_that_does_not_come_is_said(page: Page, site: str, contoso: str, answers: bool, says: str) -> None:
    enter(page, site, contoso, at=AT)
    assert page.evaluate("htmx.config.timeout") == 30_000
    page.evaluate("htmx.config.timeout = 500")  # milliseconds
    opened(page).fill("78")
    page.route("**/estate/computers/*/", lambda route: route.abort() if answers else None)
    save(page)
    expect(page.locator("#trouble")).to_contain_text(says)
    expect(page.locator("#trouble")).to_have_attribute("role", "alert")
    expect(page.locator("tr.editing input.number").first).to_have_value("78")
    expect(page.locator("tr.editing").get_by_role("button", name="Save")).to_be_enabled()


@pytest.mark.allows_console("Failed to load resource")
@pytest.mark.allows_console("status of")
@pytest.mark.allows_console("Response Status Error Code")
def test_what_was_typed_outlives_the_session_and_is_saved_after_a_new_sign_in(
    page: Page, site: str, contoso: str
) -> None:
    enter(page, site, contoso, at=AT)
    opened(page).fill("79")
    page.context.clear_cookies()
    save(page)
    expect(page.locator("#trouble")).to_contain_text("Your session ended, your input is still here.")
    expect(page.locator("tr.editing input.number").first).to_have_value("79")
    expect(page.locator("input[name=password]")).to_have_count(0)
    with page.context.expect_page() as new:
        page.locator("#trouble a").click()
    new.value.locator("input[name=username]").fill(f"owner-{contoso}@contoso.com")
    new.value.locator("input[name=password]").fill(PASSWORD)
    new.value.locator("input[name=password]").press("Enter")
    new.value.wait_for_url("**/o/**")
    save(page)
    expect(page.locator("#trouble")).to_contain_text("send it again")
    save(page)
    expect(page.locator("tr.editing")).to_have_count(0)
    expect(page.locator("table.rows tbody tr").first).to_contain_text("79")


@pytest.mark.allows_console("Failed to load resource")
@pytest.mark.allows_console("status of")
@pytest.mark.allows_console("Response Status Error Code")
def test_who_opens_a_row_after_the_session_is_led_to_the_sign_in_and_back(page: Page, site: str, contoso: str) -> None:
    enter(page, site, contoso, at=AT)
    page.context.clear_cookies()
    page.locator("table.rows tbody a.open").first.click()
    page.wait_for_url("**/account/sign-in/**")
    page.locator("input[name=username]").fill(f"owner-{contoso}@contoso.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{site}/o/contoso-{contoso}/{AT}")


def test_after_signing_out_the_browser_keeps_nothing_and_the_way_back_shows_nothing(
    page: Page, site: str, contoso: str
) -> None:
    enter(page, site, contoso, at=AT)
    opened(page).fill("80")
    save(page)
    expect(page.locator("tr.editing")).to_have_count(0)
    press(page, "Sign out")
    page.wait_for_url(f"{site}/")
    # htmx notes the path of the page that is shown, and no page.
    assert page.evaluate("({...localStorage, ...sessionStorage})") == {"htmx-current-path-for-history": "/"}
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("table.rows")).to_have_count(0)
