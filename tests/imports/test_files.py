"""Ten files as programs write them: each goes to its counts with nothing set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.imports.formats.format import Format
from planner.imports.formats.recognition import FORMATS
from planner.imports.limits import Limits
from planner.imports.looking import look
from planner.imports.reading import Question, read

FILES = Path(__file__).parent / "files"
DOCUMENT = Path(__file__).parents[2] / "docs" / "imports.md"


@pytest.mark.parametrize(
    ("name", "form", "found"),
    [
        (
            "01",
            "active-directory",
            [("Windows 10 Enterprise", 1), ("Windows 11 Enterprise", 1), ("Windows Server 2019 Standard", 1)],
        ),
        (
            "02",
            "active-directory",
            [("Windows 10 Enterprise", 1), ("Windows 11 Enterprise", 1), ("Windows Server 2019 Standard", 1)],
        ),
        (
            "03",
            "win32-operating-system",
            [("Microsoft Windows 7 Enterprise", 1), ("Microsoft\u00ae Windows Server\u00ae 2008 Standard", 1)],
        ),
        (
            "04",
            "configuration-manager",
            [("Microsoft Windows NT Advanced Server 10.0", 1), ("Microsoft Windows NT Workstation 10.0", 1)],
        ),
        ("05", "intune", [("Windows", 1), ("iOS", 1)]),
        (
            "06",
            "vamt-products",
            [("Windows(R), Enterprise edition", 1), ("Office 21, Office21ProPlus2021VL_KMS_Client_AE edition", 1)],
        ),
        ("07", "vamt-keys", [("Enterprise;Professional", 1), ("ServerStandard;ServerDatacenter", 1)]),
        ("08", "admin-centre-keys", [("Windows 10 Enterprise", 1)]),
        ("09", "licence-list", [("Office LTSC Professional Plus 2021", 250), ("Windows Server 2022 Standard", 16)]),
        ("10", "estate", [("windows-7-enterprise", 40)]),
    ],
)
def test_a_file_as_a_program_writes_it_is_read_with_nothing_set(
    tmp_path: Path, name: str, form: str, found: list[tuple[str, int]]
) -> None:
    (path,) = FILES.glob(f"{name}-*")
    seen = look(path, Limits())
    known = seen.recognised
    tally = read(path, seen.shape, known.format, known.columns, Question(date(2026, 11, 24)), Limits(), tmp_path / "no")
    assert (known.format.slug, known.sure) == (form, True)
    assert [(group.said.system or group.said.product, group.count) for group in tally.groups] == found
    assert tally.refused == {}


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_the_document_shows_each_format_with_its_command_and_columns(form: Format) -> None:
    text = DOCUMENT.read_text("utf-8")
    assert f"### {form.name}\n" in text
    assert form.command in text
    for names in form.columns.values():
        assert ", ".join(f"`{name}`" for name in names) in text
