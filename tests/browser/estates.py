"""Estates as addresses of the quick planner, and how a person types one in."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

MakePage = Callable[..., Page]
Axe = Callable[[Page], list[str]]

ANSWER = "Install the Windows Server 2008 R2 KMS C key on 1 host in Main; it activates all 14 computers there."
SEED = {
    "c1-product": "windows-server-2008-r2-datacenter",
    "c1-count": "4",
    "c2-product": "windows-server-2008-r2-standard",
    "c2-count": "10",
}
MIXED = SEED | {"c3-product": "windows-7-enterprise", "c3-count": "12", "c4-product": "windows-vista-business"}
STATES = {
    "empty": "/",
    "filled": "/?" + urlencode(SEED),
    "full": "/?" + urlencode(MIXED | {"c4-count": "3", "c4-virtual": "2", "l1-product": "windows-7-enterprise"})
    + "&l1-quantity=1&k1-key=mak-windows-vista&k1-used=1&n2-name=Plant&n2-kms=none&c5-network=2"
    + "&c5-product=office-professional-plus-2016&c5-count=7",
    "errors": "/?c1-product=Windows+2000&c1-count=4x&c2-product=windows-7-enterprise&n1-name=Main&n2-name=Main",
    "too few": "/?c1-product=windows-7-enterprise&c1-count=3",
}  # fmt: skip


def answer(page: Page) -> object:
    return expect(page.locator(".answer"))


def type_line(page: Page, product: str, count: str) -> None:
    """Type a product and a count into the line that has the focus, as a person without a mouse does."""
    page.keyboard.type(product)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(count)


def tab_to(page: Page, focused: Callable[[Page], str], target: str) -> None:
    for _ in range(40):
        if focused(page) == target:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached by the Tab key")
