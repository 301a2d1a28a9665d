"""The ledger in a browser: by keyboard, without JavaScript, in both themes, on a narrow screen and on paper."""

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
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4
from django.contrib.auth.models import User
from django.utils import timezone
from planner.access import here_of
from planner.models import HeldKey, Reading
from planner.organisations import found
from planner.recording import recorded
read = {{"mak-windows-7": [(120, 500), (90, 440), (60, 380), (30, 330), (20, 300), (10, 260), (5, 240), (0, 200)],
    "kms-windows-7": [(80, 1), (40, 2), (0, 3)], "mak-windows-10": [(9, 80)]}}
for number in range(3):
    owner = User.objects.create_user(f"reader{{number}}@contoso.com", password={PASSWORD!r})
    contoso = found(f"Ledger {{number}}", owner, uuid4().hex)
    here = here_of(SimpleNamespace(user=owner, request_id=uuid4().hex), contoso.slug)
    if number:
        with recorded(here, "Filled") as act:
            act.add(HeldKey(estate=here.estate(), key="mak-windows-7", used=500))
            for key, pairs in read.items():
                for days, used in pairs:
                    on = timezone.localdate() - timedelta(days=days)
                    act.add(Reading(organisation=contoso, key=key, on=on, used=used))
"""
OFF_THE_PAGE = "document.documentElement.scrollWidth"


@pytest.fixture(scope="session")
def readers(site: str, site_data: Path) -> None:
    """Three organisations, each with an owner; the first one has no readings."""
    program = [sys.executable, str(run.ROOT / "run.py"), "manage", "shell", "-c", FILL]
    environment = os.environ | {"PLANNER_DATA": str(site_data)}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def enter(site: str, readers: None) -> Callable[[Page, int], None]:
    """Sign in as the owner of that number and open the ledger."""

    def sign_in(page: Page, number: int) -> None:
        page.goto(f"{site}/account/sign-in/?next=/o/ledger-{number}/ledger/")
        page.locator("input[name=username]").fill(f"reader{number}@contoso.com")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/ledger/")

    return sign_in


def test_a_first_reading_is_entered_by_keyboard_alone(page: Page, enter: Callable[..., None]) -> None:
    enter(page, 0)
    expect(page.get_by_role("heading", name="No keys yet")).to_be_visible()
    page.get_by_role("link", name="Add readings").press("Enter")
    expect(page.locator("#r1-key")).to_be_focused()
    page.keyboard.type("MAK for Windows 7")
    page.keyboard.press("Tab")
    expect(page.locator("#r1-on")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("50")
    page.keyboard.press("Enter")
    page.wait_for_url("**/readings/?done=*")
    expect(page.locator("#done")).to_contain_text("Added 1 reading.")
    page.get_by_role("link", name="MAK for Windows 7").press("Enter")
    expect(page.locator("tr.editing select")).to_be_focused()
    page.locator("tr.editing input.number").fill("45")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="MAK for Windows 7")).to_be_focused()
    expect(page.locator("table.rows tbody td.n")).to_have_text("45")
    page.get_by_role("link", name="Keys", exact=True).press("Enter")
    expect(page.get_by_text("45 activations left, read on")).to_be_visible()


@pytest.mark.allows_console("422")
def test_the_ledger_is_kept_without_javascript(
    open_page: Callable[..., Page], enter: Callable[..., None], tmp_path: Path
) -> None:
    page = open_page(javascript=False)
    enter(page, 1)
    expect(page.locator(".ahead").first).to_contain_text("At this pace the MAK for Windows 7 runs out about")
    page.get_by_role("button", name="Take 200 into the estate").click()
    expect(page.get_by_text("Took 200 of MAK for Windows 7 into the estate.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The estate says 500 activations left")).to_be_visible()
    page.get_by_role("link", name="Add readings").click()
    sheet = tmp_path / "readings.csv"
    sheet.write_text("key;on;used\nmak-windows-10;2026-03-02;many\n", encoding="utf-8")
    page.locator("#file").set_input_files(sheet)
    page.get_by_role("button", name="Add readings").click()
    expect(page.locator(".mistakes")).to_contain_text("Pasted row 2, Activations left or hosts used")
    page.locator("#text").fill("key;on;used\nmak-windows-10;2026-03-02;90")
    page.get_by_role("button", name="Add readings").click()
    expect(page.locator("#done")).to_contain_text("Added 1 reading.")
    page.locator("tbody input[type=checkbox]").last.check()
    page.get_by_role("button", name="Remove the ticked rows").click()
    expect(page.locator("#done")).to_contain_text("Removed 1 reading.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".summary")).to_have_text("13 readings.")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_the_ledger_is_open_to_everybody_and_fits_the_screen(
    open_page: Callable[..., Page],
    enter: Callable[..., None],
    axe: Callable[[Page], list[str]],
    theme: str,
    width: int,
) -> None:
    page = open_page(theme=theme, width=width)
    enter(page, 2)
    page.get_by_text("2 older").click()
    for more in ("", "readings/", "readings/add/"):
        if more:
            page.goto(page.url.split("/ledger/")[0] + f"/ledger/{more}")
        assert axe(page) == [], more
        assert page.evaluate(OFF_THE_PAGE) <= width, more


def test_a_line_stands_on_paper_and_in_words(open_page: Callable[..., Page], enter: Callable[..., None]) -> None:
    page = open_page(media="print")
    enter(page, 2)
    line = page.get_by_role("img", name="MAK for Windows 7 over time")
    expect(line).to_be_visible()
    assert line.locator("desc").text_content().startswith("From 500 on ")
    assert line.locator("line.to-come").evaluate("each => getComputedStyle(each).strokeDasharray") != "none"
    expect(page.get_by_role("button", name="Take 200 into the estate")).to_be_hidden()
