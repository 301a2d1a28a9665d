"""The judges of the browser tests: each kind of fault that they are to find is planted, and must be found."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import find_chromium


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("console.error('planted')", "error: planted"),
        ("console.warn('planted')", "warning: planted"),
        ("setTimeout(() => { throw new Error('planted') })", "uncaught: planted"),
        ("document.body.innerHTML = '<p style=\"color: red\">planted</p>'", "policy: style-src-attr blocked inline"),
        (
            'document.body.innerHTML = \'<img src=x alt="" onerror="alert()">\'',
            "policy: script-src-attr blocked inline",
        ),
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "policy: connect-src blocked http://127.0.0.1:9/"),
    ],
)
def test_a_fault_on_a_page_is_noticed(page: Page, site: str, faults: list[str], planted: str, found: str) -> None:
    page.goto(site + "/")
    assert faults == []
    page.evaluate(planted)
    page.wait_for_timeout(300)  # milliseconds
    assert found in "\n".join(faults)
    faults.clear()


def test_a_request_to_another_host_is_noticed(page: Page, site: str, faults: list[str]) -> None:
    other = site.replace("127.0.0.1", "localhost") + "/"
    page.goto(other)
    page.wait_for_timeout(300)  # milliseconds: its icon is asked for late
    assert f"request to another host: {other}" in faults
    faults.clear()


def test_a_focus_that_htmx_takes_along_is_noticed(page: Page, site: str, faults: list[str]) -> None:
    page.goto(site + "/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=here><a href=/>planted</a></p>')"
    )
    page.locator("#here a").focus()
    page.evaluate("htmx.ajax('GET', '/catalogue/disputes/', {target: '#here', select: 'h1'})")
    expect(page.locator("#here h1")).to_be_attached()
    page.wait_for_timeout(300)  # milliseconds
    assert "error: focus lost: <a href" in "\n".join(faults)
    faults.clear()


def test_axe_finds_a_picture_without_words(page: Page, site: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(site + "/")
    page.evaluate("document.body.append(document.createElement('img'))")
    assert [finding for finding in axe(page) if finding.startswith("image-alt ")] != []


def test_a_page_without_javascript_runs_none(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(javascript=False)
    page.goto(site + "/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.set_content("<noscript>without</noscript><script>document.body.append('with')</script>")
    expect(page.locator("body")).to_have_text("without")


def test_a_page_has_the_asked_theme_and_width(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(theme="dark", width=390)
    page.goto(site + "/")
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is True
    assert page.evaluate("innerWidth") == 390


def test_the_chosen_browser_goes_before_the_installed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = find_chromium()
    monkeypatch.setenv("CHROME", "/nowhere/chrome")
    assert find_chromium() is None
    monkeypatch.setenv("CHROME", str(installed))
    assert find_chromium() == installed
