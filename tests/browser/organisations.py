"""Organisations of Contoso for the browser, one for each test that changes something, and how people enter them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

import run

PASSWORD = "the lighthouse keeper's cat"
MAKE = """
from uuid import uuid4
from django.contrib.auth.models import User
from planner.access import Here
from planner.keeping import fill_with_example
from planner.models import Membership, Role
from planner.organisations import found
for name in {names!r}:
    names = {{role: f"{{role}}-{{name}}@contoso.com" for role in Role}}
    people = {{role: User.objects.create_user(each, password={password!r}) for role, each in names.items()}}
    contoso = found(f"Contoso {{name}}", people["owner"], uuid4().hex)
    for role in ("editor", "viewer"):
        Membership.objects.create(organisation=contoso, person=people[role], role=role)
    if {filled!r}:
        fill_with_example(Here(contoso, people["owner"], Role.OWNER, uuid4().hex))
"""


def make(data: Path, *names: str, filled: bool = True) -> None:
    """Make `Contoso <name>` for each name, with an owner, an editor and a viewer; filled with the example."""
    manage(data, "shell", "-c", MAKE.format(names=names, password=PASSWORD, filled=filled))


def manage(data: Path, *command: str) -> str:
    """What a command of the site prints."""
    program = [sys.executable, str(run.ROOT / "run.py"), "manage", *command]
    environment = os.environ | {"PLANNER_DATA": str(data)}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return done.stdout


def enter(page: Page, site: str, name: str, role: str = "owner", at: str = "") -> None:
    """Sign in by keyboard and go to a page of the organisation."""
    page.goto(f"{site}/account/sign-in/?next=/o/contoso-{name}/{at}")
    page.locator("input[name=username]").focus()
    page.keyboard.type(f"{role}-{name}@contoso.com")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/o/contoso-{name}/{at}")


def fits(page: Page, width: int) -> bool:
    """Whether nothing of the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth")) <= width


def press(page: Page, name: str, role: str = "button", key: str = "Enter") -> None:
    """Go to a button or a link and press it, as the keyboard does."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    wanted.focus()
    expect(wanted).to_be_focused()
    page.keyboard.press(key)
