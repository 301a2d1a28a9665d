"""Export, import and the review of the shipped catalogue as an editor sees them: an edit goes out, in, and back."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect


def edited(path: Path, note: str | None = "A note of Contoso") -> bytes:
    """The workbook with another note on its first product."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["Products"]
    column = next(cell.column for cell in sheet[1] if cell.value == "note")
    sheet.cell(2, column).value = note
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# axe-core reads the admin's style sheets into the page to weigh colours, which the policy stops it from doing.
@pytest.mark.allows_console("style-src", "Failed to load resource", "Couldn't load preload assets")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_workbook_goes_out_is_changed_is_compared_and_is_imported(
    open_page: Callable[..., Page],
    site: str,
    sign_in: Callable[[Page, str], None],
    axe: Callable[[Page], list[str]],
    picture: Callable[[Page, str], Path],
    theme: str,
) -> None:
    page = open_page(theme=theme)
    sign_in(page, "editor")
    page.get_by_role("link", name="Export and import").click()
    assert axe(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Workbook (XLSX)").click()
    file = {"name": "c.xlsx", "mimeType": "application/octet-stream", "buffer": edited(download.value.path())}
    page.get_by_label("Workbook or ZIP").set_input_files(file)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("A note of Contoso")).to_be_visible()
    assert axe(page) == []
    picture(page, f"import-{theme}")
    page.get_by_label("Reason").fill("A ticket of Contoso")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Imported c.xlsx")

    page.goto(f"{site}/admin/catalogue/exchange/shipped/")
    assert axe(page) == []
    picture(page, f"shipped-{theme}")
    page.get_by_label("Take the shipped version").check()
    page.get_by_label("Reason").fill("Back to the shipped one")
    page.get_by_role("button", name="Settle the chosen rows").click()
    expect(page.get_by_text("no row differs")).to_be_visible()


EXCHANGE = "/admin/catalogue/exchange/"


def exported(page: Page, site: str) -> bytes:
    return page.context.request.get(f"{site}{EXCHANGE}catalogue.xlsx").body()


def test_on_a_narrow_screen_nothing_scrolls_sideways(
    open_page: Callable[..., Page], site: str, sign_in: Callable[[Page, str], None], tmp_path: Path
) -> None:
    page = open_page(width=320)
    sign_in(page, "editor")
    page.goto(site + EXCHANGE)
    widths = [width_of(page)]
    (tmp_path / "c.xlsx").write_bytes(exported(page, site))
    page.get_by_label("Workbook or ZIP").set_input_files(
        {"name": f"{'long-name-' * 9}.xlsx", "mimeType": "x/y", "buffer": edited(tmp_path / "c.xlsx")}
    )
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("A note of Contoso")).to_be_visible()
    widths.append(width_of(page))
    page.get_by_role("button", name="Drop this file").click()
    page.goto(f"{site}{EXCHANGE}shipped/")
    assert [*widths, width_of(page)] == [320, 320, 320]


def width_of(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.allows_console("422")
def test_without_a_script_a_file_is_refused_compared_and_imported(
    open_page: Callable[..., Page], site: str, sign_in: Callable[[Page, str], None], tmp_path: Path
) -> None:
    page = open_page(javascript=False)
    sign_in(page, "editor")
    page.goto(site + EXCHANGE)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("alert")).to_contain_text("Select a file.")
    for note, name in (("A note of Contoso", "changed.xlsx"), (None, "back.xlsx")):
        (tmp_path / name).write_bytes(exported(page, site))
        file = {"name": name, "mimeType": "x/y", "buffer": edited(tmp_path / name, note)}
        page.get_by_label("Workbook or ZIP").set_input_files(file)
        page.get_by_role("button", name="Compare").click()
        page.get_by_label("Reason").fill("A ticket of Contoso")
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.locator(".messagelist .success")).to_contain_text(f"Imported {name}")
        page.goto(site + EXCHANGE)
