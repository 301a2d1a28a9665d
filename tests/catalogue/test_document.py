"""docs/catalogue.md: its commands do what it says, and the pages that it names are where it says."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from activation.models import ChangeSet
from tests.documents import ROOT, text_of

pytestmark = pytest.mark.django_db

TEXT = text_of(ROOT / "docs/catalogue.md")
COMMAND = re.compile(r"^    python3 run\.py manage (\w+) ?(.*)$", re.MULTILINE)
ON_THE_FRONT_PAGE = re.compile(r"\*\*([A-Z][a-z ]+)\*\*, on the front page")


def test_the_commands_run_one_after_the_other(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    for name, words in COMMAND.findall(TEXT):
        call_command(name, *(word.replace("_", " ") for word in re.sub(r'"([^"]*)"', joined, words).split()))
    said = capsys.readouterr().out
    for line in (
        "The catalogue fits together.",
        "Wrote catalogue.xlsx.",
        "The file says nothing new.",
        "Imported: 0 rows changed.",
        "nothing new.",
    ):
        assert line in said
    assert ChangeSet.objects.exclude(origin="load").count() == 0


def joined(quoted: re.Match[str]) -> str:
    return quoted[1].replace(" ", "_")


def test_it_names_every_command_of_the_catalogue() -> None:
    commands = {path.stem for path in (ROOT / "activation/management/commands").glob("[a-z]*.py")}
    assert {name for name, _ in COMMAND.findall(TEXT)} == commands


def test_the_pages_that_it_names_are_on_the_front_page(admin_client) -> None:
    page = admin_client.get("/admin/").content.decode()
    named = ON_THE_FRONT_PAGE.findall(TEXT)
    assert set(named) == {"Checks", "Coverage matrix", "Latest changes", "Export and import"}
    assert [name for name in named if f">{name}</a>" not in page] == []
