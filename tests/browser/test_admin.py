"""The catalogue's admin in a browser: its policy, its accessibility in both themes, the keyboard, and the preview."""

import re

import pytest
from playwright.sync_api import expect

# The examiner reads an @import of Django's forms.css itself, from the wrong place and into an inline style. The test of
# the policy visits the same pages without it.
BY_THE_EXAMINER = pytest.mark.allows_console("style-src", "Failed to load resource", "(index 0)")
MATRIX, CELL = "/admin/catalogue/matrix/", "/admin/catalogue/matrix/kms-windows-server-2008-r2-b/windows-7/"
OURS = {
    "index": "/admin/",
    "matrix": MATRIX,
    "matrix of Office": f"{MATRIX}?family=office",
    "cell": CELL,
    "checks": "/admin/catalogue/checks/",
    "changes": "/admin/activation/changeset/",
    "change": "/admin/activation/changeset/1/change/",
    "history": "/admin/activation/key/1/history/",
    "delete in use": "/admin/activation/productgroup/1/delete/",
}
DJANGOS = [
    "/admin/activation/",
    "/admin/activation/product/",
    "/admin/activation/product/?q=windows",
    "/admin/activation/product/1/change/",
    "/admin/activation/key/1/change/",
    "/admin/activation/supportdate/1/change/",
    "/admin/activation/rule/add/",
    "/admin/auth/user/",
    "/admin/auth/user/1/change/",
    "/admin/password_change/",
]


@BY_THE_EXAMINER
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_ours_have_no_fault_that_axe_finds(open_page, sign_in, site, axe, theme):
    page = open_page(theme=theme)
    sign_in(page, "editor")
    found = {}
    for name, path in OURS.items():
        page.goto(site + path)
        found |= {f"{name}: {fault}": path for fault in axe(page)}
    assert list(found) == []


@BY_THE_EXAMINER
def test_a_preview_has_no_fault_that_axe_finds_and_saves_nothing(open_page, sign_in, site, axe):
    for theme in ("light", "dark"):
        page = open_page(theme=theme)
        sign_in(page, "editor")
        page.goto(site + CELL)
        page.get_by_label("Does not activate").check()
        page.get_by_label("Reason").fill("A try")
        page.get_by_role("button", name="Preview").click()
        assert "Lost: Windows 7." in page.locator("#preview").inner_text()
        assert page.get_by_label("Does not activate").is_checked()
        assert axe(page) == []
        page.goto(site + CELL)
        assert not page.get_by_label("Does not activate").is_checked()


SOURCE = "/admin/activation/source/"


def save(page, **entries):
    for name, text in entries.items():
        page.locator(f"#id_{name}").fill(text)
    page.locator("#id_reason").fill("A ticket of Contoso")
    page.get_by_role("button", name="Save", exact=True).last.click()


@pytest.mark.allows_console("style-src", "Failed to load resource", "(index 0)", "409")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_was_slower_sees_both_versions_and_keeps_the_entries_when_the_row_is_gone(
    open_page, sign_in, site, axe, picture, theme
):
    slow, fast = open_page(theme=theme), open_page()
    sign_in(slow, "editor")
    sign_in(fast, "administrator")
    fast.goto(f"{site}{SOURCE}add/")
    save(fast, slug=f"CONTOSO-{theme}", publisher="Contoso", title="A paper")
    fast.get_by_role("link", name=f"CONTOSO-{theme}: A paper").click()
    where = fast.url
    slow.goto(where)
    save(fast, title="Their title")
    save(slow, title="My title")
    assert "administrator changed source" in slow.get_by_role("alert").inner_text()
    expect(slow.get_by_role("alert")).to_be_focused()
    assert "Their title\tMy title" in slow.locator("#preview table.fields").inner_text()
    assert axe(slow) == []
    picture(slow, f"both-versions-{theme}")
    slow.set_viewport_size({"width": 320, "height": 800})
    assert slow.evaluate("document.documentElement.scrollWidth") <= 320
    slow.set_viewport_size({"width": 1280, "height": 900})

    slow.get_by_role("link", name="keep what is there now").click()
    assert slow.locator("#id_title").input_value() == "Their title"
    fast.goto(where.replace("/change/", "/delete/"))
    fast.locator("#id_reason").fill("Not needed")
    fast.get_by_role("button", name="Delete").click()
    save(slow, title="My title")
    assert "administrator deleted source" in slow.get_by_role("alert").inner_text()
    assert "My title" in slow.locator("table.fields").inner_text()
    assert axe(slow) == []
    picture(slow, f"gone-{theme}")


@BY_THE_EXAMINER
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_question_whether_to_retire_has_no_fault_that_axe_finds(open_page, sign_in, site, axe, theme):
    page = open_page(theme=theme)
    sign_in(page, "editor")
    page.goto(f"{site}/admin/activation/key/?q=2016")
    page.locator("#result_list tbody input").first.check()
    page.locator("select[name='action']").select_option("retire")
    page.get_by_role("button", name="Go").click()
    assert axe(page) == []


def test_no_page_breaks_the_policy(page, sign_in, site):
    sign_in(page, "administrator")
    for path in (*OURS.values(), *DJANGOS):
        answer = page.goto(site + path)
        assert answer is not None
        assert answer.status == 200, path
        assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_a_relation_is_chosen_by_typing(page, sign_in, site):
    sign_in(page, "editor")
    page.goto(f"{site}/admin/activation/product/1/change/")
    page.locator(".field-group .select2-selection").click()
    page.keyboard.type("server 2016")
    page.locator(".select2-results__option", has_text="Windows Server 2016").first.click()
    assert "Windows Server 2016" in page.locator(".field-group .select2-selection__rendered").inner_text()


def test_the_arrow_keys_move_in_the_matrix_and_enter_opens_a_cell(page, sign_in, site):
    sign_in(page, "editor")
    page.goto(site + MATRIX)
    assert page.locator("#matrix a[tabindex='0']").count() == 1
    page.locator("#matrix a[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.id")
    for key in ("ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") != first
    page.keyboard.press("End")
    page.keyboard.press("Home")
    at = page.evaluate("document.activeElement.id")
    key, group = at.split("--")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}{MATRIX}{key}/{group}/")
    page.get_by_role("link", name="Close").click()
    page.wait_for_url(re.compile(f"#{re.escape(at)}$"))
    expect(page.locator(f"[id='{at}']")).to_be_focused()


def test_a_cell_is_changed_without_a_script(open_page, sign_in, site):
    page = open_page(javascript=False)
    sign_in(page, "editor")
    for choice, before in (("unclear", "documented"), ("documented", "unclear")):
        page.goto(site + CELL)
        assert page.locator(f"input[value='{before}']").is_checked()
        page.locator(f"input[value='{choice}']").check()
        page.get_by_label("Reason").fill(f"Found {choice}")
        page.get_by_role("button", name="Save").click()
        assert "Saved" in page.locator(".messagelist").inner_text()


def test_the_matrix_scrolls_inside_itself_on_a_narrow_screen(open_page, sign_in, site):
    page = open_page(width=320)
    sign_in(page, "reader")
    page.goto(site + MATRIX)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_reader_sees_no_button_that_writes(page, sign_in, site):
    sign_in(page, "reader")
    for path in (CELL, "/admin/activation/key/1/change/", "/admin/activation/changeset/1/change/"):
        page.goto(site + path)
        for name in ("Save", "Preview", "Delete", "Take back the whole change"):
            assert page.get_by_role("button", name=name).count() == 0


def test_the_long_form_of_a_key_fits_a_desktop_screen(open_page, sign_in, site):
    page = open_page(width=1280)
    sign_in(page, "editor")
    page.goto(f"{site}/admin/activation/key/?q=kms-windows-server-2022")
    page.locator("#result_list th.field-name a").first.click()
    page.locator("#hosts-group tr.has_original").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@BY_THE_EXAMINER
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_mistakes_take_the_focus_and_lead_to_their_fields(open_page, sign_in, site, axe, theme):
    page = open_page(theme=theme)
    sign_in(page, "editor")
    page.goto(f"{site}/admin/activation/product/1/change/")
    page.fill("#id_name", "")
    page.fill("[name=reason]", "A test")
    page.click("input[name=_save]")
    expect(page.locator(":focus")).to_contain_text("There is a problem")
    assert axe(page) == []
    page.click("a[href='#id_name']")
    expect(page.locator("#id_name")).to_be_focused()
