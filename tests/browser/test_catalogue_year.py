"""
A year's work on the catalogue: Windows Server 2028 comes, is entered in the admin, is planned with, and is taken back.

Windows Server 2028 is made up. Everything is done as an editor does it, in the browser; only the last question, whether
a plan of old still reads the same, is put to the site's own shell.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

import run

FILES = run.ROOT / "activation" / "catalogue"
NAME = "Windows Server 2028"
REASON = "Contoso is to get Windows Server 2028"
ACTS = 7  #: a source, a system, a group, its MAK, two products, the KMS host key
NEW_ESTATE = {
    "c1-product": "windows-server-2028-standard",
    "c1-count": "4",
    "c2-product": "windows-server-2025-datacenter",
    "c2-count": "6",
}
OLD_ESTATE = {"c1-product": "windows-server-2025-datacenter", "c1-count": "6"}
PLAN_AGAIN = """
import json, sys
from activation.catalogue import state_of
from activation.rules.interchange import plan_document, read_estate
from activation.rules.recommend import recommend
given = json.load(sys.stdin)
catalogue = state_of(given["digest"])
estate = read_estate(given["estate"], catalogue, given["estate"]["as_of"])
print(json.dumps(plan_document(recommend(estate, catalogue))))
"""


def rows(file: str, kind: str) -> dict[str, dict[str, Any]]:
    found = tomllib.loads((FILES / file).read_text(encoding="utf-8"))[kind]
    return {row["slug"]: row for row in found}


def answer(site: str, what: str, estate: dict[str, str]) -> Any:
    with urllib.request.urlopen(f"{site}/{what}.json?{urlencode(estate)}", timeout=20) as response:
        return json.load(response)


def planned_again(data: Path, digest: str, estate: Any) -> Any:
    """The plan for an estate by the catalogue of that digest, as the site computes it now."""
    done = subprocess.run(
        [sys.executable, str(run.ROOT / "run.py"), "manage", "shell", "--verbosity", "0", "-c", PLAN_AGAIN],
        env=os.environ | {"PLANNER_DATA": str(data)},
        input=json.dumps({"digest": digest, "estate": estate}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Desk:
    """The editor at the admin."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def add(self, model: str) -> None:
        self.page.goto(f"{self.site}/admin/activation/{model}/add/")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"#id_{name}").fill(value)

    def select(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"#id_{name}").select_option(value)

    def choose(self, field: str, *texts: str) -> None:
        """Choose rows in a field that completes what is typed."""
        box = self.page.locator(f"#id_{field} + .select2-container")
        for text in texts:
            box.locator(".select2-selection").click()
            self.page.locator(".select2-container--open .select2-search__field").last.fill(text)
            option = self.page.locator(".select2-results__option").filter(
                has_text=re.compile(f"^{re.escape(text)}(:|$)")
            )
            option.first.click()

    def save(self) -> None:
        self.page.locator("#id_reason").fill(REASON)
        self.page.get_by_role("button", name="Save", exact=True).last.click()
        expect(self.page.locator(".messagelist .success")).to_contain_text("was added successfully")

    def add_key(self, coverage: Iterable[tuple[str, str]], hosts: Iterable[str], **values: str) -> None:
        """A key with what it activates (name of the group, evidence) and its host systems, by their names."""
        self.add("key")
        self.fill(name=values["name"], slug=values["slug"])
        self.select(type=values["type"])
        self.choose("group", NAME)
        for number, (group, evidence) in enumerate(coverage):
            self.another("activates")
            self.choose(f"activates-{number}-group", group)
            self.select(**{f"activates-{number}-evidence": evidence})
            self.choose(f"activates-{number}-sources", "CONTOSO-2028")
        for number, system in enumerate(hosts):
            self.another("hosts")
            self.choose(f"hosts-{number}-system", system)
            self.select(**{f"hosts-{number}-allowed": "true"})
            self.choose(f"hosts-{number}-sources", "CONTOSO-2028")
        self.save()

    def another(self, prefix: str) -> None:
        self.page.locator(f"#{prefix}-group .add-row a").click()

    def changes(self) -> list[str]:
        """The addresses of the changes made for our reason, the latest first."""
        self.page.goto(f"{self.site}/admin/activation/changeset/?{urlencode({'q': REASON})}")
        links = self.page.locator("#result_list tbody th a")
        return [f"{self.site}{link.get_attribute('href')}".partition("?")[0] for link in links.all()]

    def take_back(self, change: str) -> None:
        self.page.goto(change)
        self.page.locator("#id_reason").fill("It was put off")
        self.page.get_by_role("button", name="Take back the whole change").click()
        expect(self.page.locator(".messagelist .success")).to_contain_text("Taken back.")


@pytest.fixture
def desk(page: Page, site: str, sign_in: Callable[[Page, str], None]) -> Desk:
    sign_in(page, "editor")
    return Desk(page, site)


def enter_windows_server_2028(desk: Desk) -> None:
    groups, systems = rows("groups.toml", "group"), rows("systems.toml", "system")
    before = rows("keys.toml", "key")["kms-windows-server-2025"]
    desk.add("source")
    desk.fill(slug="CONTOSO-2028", publisher="Contoso", title="A notice about Windows Server 2028")
    desk.save()
    desk.add("hostsystem")
    desk.fill(name=NAME, slug="windows-server-2028", position="200")
    desk.select(family="server")
    desk.save()
    desk.add("productgroup")
    desk.fill(name=NAME, slug="windows-server-2028", generation="2028")
    desk.select(family="server")
    desk.choose("sources", "CONTOSO-2028")
    desk.save()
    desk.add_key([(NAME, "documented")], [], name=f"{NAME} MAK", slug="mak-windows-server-2028", type="mak")
    for edition in ("Standard", "Datacenter"):
        desk.add("product")
        desk.fill(name=f"{NAME} {edition}", slug=f"windows-server-2028-{edition.lower()}")
        desk.select(family="server")
        desk.choose("group", NAME)
        desk.save()
    desk.add_key(
        [(NAME, "documented"), *((groups[row["group"]]["name"], row["evidence"]) for row in before["activates"])],
        [NAME, *(systems[row["system"]]["name"] for row in before["hosts"] if row.get("allowed"))],
        name=f"{NAME} KMS key",
        slug="kms-windows-server-2028",
        type="kms",
    )


def test_windows_server_2028_is_entered_planned_with_and_taken_back(
    desk: Desk, page: Page, site: str, site_data: Path, axe: Callable[[Page], list[str]]
) -> None:
    estate, plan = answer(site, "estate", OLD_ESTATE), answer(site, "plan", OLD_ESTATE)

    enter_windows_server_2028(desk)
    page.goto(f"{site}/admin/catalogue/checks/")
    expect(page.locator("#content")).to_contain_text("The catalogue fits together")

    page.goto(f"{site}/?{urlencode(NEW_ESTATE)}")
    chosen = f"Install the {NAME} KMS key on 1 host in Main; it activates all 10 computers there."
    expect(page.get_by_text(chosen)).to_be_visible()
    assert axe(page) == []
    assert answer(site, "plan", OLD_ESTATE)["catalogue"]["digest"] != plan["catalogue"]["digest"]
    assert planned_again(site_data, plan["catalogue"]["digest"], estate) == plan
    new_estate, new_plan = answer(site, "estate", NEW_ESTATE), answer(site, "plan", NEW_ESTATE)

    changes = desk.changes()
    assert len(changes) == ACTS
    for change in changes:
        desk.take_back(change)
    assert answer(site, "plan", OLD_ESTATE) == plan
    assert planned_again(site_data, new_plan["catalogue"]["digest"], new_estate) == new_plan
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{site}/catalogue/keys/kms-windows-server-2028/", timeout=20)
