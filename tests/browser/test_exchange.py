"""Export, import and the review of the shipped catalogue as an editor sees them: an edit goes out, in, and back."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect


def edited(path: Path) -> bytes:
    """The workbook with another note on its first product."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["Products"]
    column = next(cell.column for cell in sheet[1] if cell.value == "note")
    sheet.cell(2, column).value = "A note of Contoso"
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
