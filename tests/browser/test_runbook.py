"""The runbook as people use it: commands copied by keyboard and announced, in both themes, on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

MakePage = Callable[..., Page]
Axe = Callable[[Page], list[str]]
RUNBOOK = (
    "/runbook/?organisation=Contoso&agreement=open&n1-name=Head+office&n1-host=windows-server-2019"
    "&c1-product=windows-server-2022-standard&c1-count=8&c2-product=windows-11-enterprise&c2-count=60"
    "&c3-product=windows-7-enterprise&c3-count=3&c3-contact=none"
)
OPEN_ALL = "for (const part of document.querySelectorAll('details')) part.open = true"
COPIED = "navigator.clipboard.readText()"


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_the_runbook_shuts_nobody_out_and_fits(
    open_page: MakePage, site: str, axe: Axe, theme: str, width: int
) -> None:
    page = open_page(theme=theme, width=width)
    page.goto(site + RUNBOOK)
    expect(page.get_by_role("heading", name="Requests to Microsoft")).to_be_visible()
    page.evaluate(OPEN_ALL)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_each_command_is_copied_by_keyboard_and_that_is_announced(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site + RUNBOOK)
    steps = page.locator(".step")
    for number in range(steps.count()):
        step = steps.nth(number)
        button = step.get_by_role("button", name="Copy").first
        page.evaluate("navigator.clipboard.writeText('')")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#announce")).to_have_text("Copied.")
        assert page.evaluate(COPIED) == step.locator("pre").first.text_content()
        page.evaluate("document.getElementById('announce').textContent = ''")


def test_a_plan_leads_to_its_runbook_and_the_runbook_to_its_file(page: Page, site: str) -> None:
    page.goto(site + RUNBOOK.replace("/runbook/", "/"))
    page.get_by_role("link", name="Runbook and requests").click()
    expect(page.get_by_role("heading", name="Runbook", exact=True)).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download as PowerShell").click()
    assert begun.value.suggested_filename.startswith("contoso-runbook-20")
    assert begun.value.path().read_bytes().startswith(b"\xef\xbb\xbf# Activation runbook")


def test_without_javascript_the_commands_stand_there_to_be_selected(open_page: MakePage, site: str) -> None:
    page = open_page(javascript=False)
    page.goto(site + RUNBOOK)
    expect(page.locator(".step pre").first).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
