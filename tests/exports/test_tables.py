"""The plan as CSV: what a spreadsheet makes of it, and that no cell runs as a formula."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activation.catalogue import shipped
from activation.rules.estate import Estate, HeldKey, Licence, Line, Network
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from planner.exports.tables import csv_text, plan_csv, plans_csv, safe

CATALOGUE = shipped()


def plan(organisation: str = "Contoso", network: str = "Head office") -> Plan:
    estate = Estate(
        as_of="2026-11-24",
        organisation=organisation,
        networks=(Network(network), Network("Plant", kms=False, microsoft="proxy")),
        lines=(
            Line(network, "windows-7-enterprise", 30),
            Line("Plant", "windows-7-enterprise", 3),
        ),
        licences=(Licence("windows-7-enterprise", 31),),
        keys=(HeldKey("mak-windows-7", 1),),
    )
    return recommend(estate, CATALOGUE)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_the_file_opens_in_a_spreadsheet_by_double_click():
    text = plan_csv(plan(), CATALOGUE)
    assert text.startswith("\ufeffsection,where,item,slug,number,detail,to do\r\n")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")


def test_every_part_of_the_plan_has_its_rows():
    table = rows(plan_csv(plan(), CATALOGUE))
    assert {len(row) for row in table} == {7}
    mak = "MAK for Windows 7"
    for row in [
        ["Plan", "", "Contoso", "", "", "Day 2026-11-24", ""],
        ["KMS host", "Head office", "Windows 7 KMS key (Client VL)", "kms-windows-7", "1"],
        ["KMS count", "Head office", "Windows 7 KMS key (Client VL)", "kms-windows-7", "29"],
        ["MAK", "", mak, "mak-windows-7", "3", "3 computers, 0 in reserve, 1 left", "Request 2"],
        ["MAK computers", "Plant", mak, "mak-windows-7", "3", "through the VAMT proxy", ""],
        ["Licences", "", "Windows 7 Enterprise", "windows-7-enterprise", "2", "33 computers, 31 licences", "Buy 2"],
        ["Worksheet", "Windows", "In total", "total", "33", "", ""],
        ["Computers", "Head office", "Windows 7 Enterprise", "windows-7-enterprise", "29", "KMS"],
    ]:
        assert any(found[: len(row)] == row for found in table), row
    assert ["Answer", "", "Buy 2 licences for Windows 7 Enterprise."] in [found[:3] for found in table]
    assert "Licences missing: Windows 7 Enterprise" in [found[2] for found in table if found[0] == "Warning"]


def test_a_key_for_active_directory_alone_has_no_host():
    table = rows(plan_csv(in_directory(), CATALOGUE))
    key = next(row for row in table if row[0] == "KMS host key")
    assert key[4:] == [
        "1",
        "Hosts: 0 planned, 0 in use, 6 allowed; Active Directory counts as one. Activates Windows 10, "
        "Windows 10 Enterprise LTSB 2015, Windows 10 Enterprise LTSB 2016, Windows 10 Enterprise LTSC 2019, "
        "Windows 10 Enterprise LTSC 2021, Windows 11, Windows 7, Windows 8.1, Windows Server 2008 Group A, "
        "Windows Server 2008 Group B, Windows Server 2008 Group C, Windows Server 2008 R2 Group A, "
        "Windows Server 2008 R2 Group B, Windows Server 2008 R2 Group C, Windows Server 2012, Windows Server 2012 R2, "
        "Windows Server 2016, Windows Server 2019, Windows Server 2022, Windows Server SAC 1709, 1803 and "
        "Windows Server SAC 1809-20H2",
        "",
    ]
    assert "KMS host" not in {row[0] for row in table}
    assert "Active Directory" in {row[0] for row in table}


def in_directory() -> Plan:
    main = Network("Main", active_directory=True)
    line = Line("Main", "windows-server-2022-standard", 3, domain_joined=True)
    return recommend(Estate("2026-11-24", (main,), (line,)), CATALOGUE)


def test_hosts_beyond_the_limit_are_to_be_requested():
    line = Line("Main", "windows-7-enterprise", 30)
    estate = Estate("2026-11-24", (Network("Main"),), (line,), keys=(HeldKey("kms-windows-7", 8),))
    key = next(row for row in rows(plan_csv(recommend(estate, CATALOGUE), CATALOGUE)) if row[0] == "KMS host key")
    assert key[5].startswith("Hosts: 1 planned, 8 in use, 6 allowed. Activates Windows 7")
    assert key[6] == "Request more hosts for the Windows 7 KMS key (Client VL): 8 instead of 6."


def test_office_on_a_mak_is_counted_in_installations():
    estate = Estate("2026-11-24", (Network("Main"),), (Line("Main", "office-professional-plus-2016", 4),))
    mak = next(row for row in rows(plan_csv(recommend(estate, CATALOGUE), CATALOGUE)) if row[0] == "MAK")
    assert mak[4:] == ["4", "4 Office installations, 0 in reserve, 0 left", "Request 4"]


def test_several_plans_share_one_table():
    table = rows(plans_csv([("a.json", plan("A")), ("b.json", plan("B"))], CATALOGUE))
    assert table[0][:2] == ["estate", "section"]
    assert [row[3] for row in table if row[1:3] == ["Plan", ""] and row[4] == ""] == ["A", "B"]
    assert {row[0] for row in table[1:]} == {"a.json", "b.json"}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", " '=1"),
        ("\r=1", " '=1"),
        ("  =1", "  '=1"),
        ("\u00a0=1", "\u00a0'=1"),
        ("\u200b=1", "\u200b'=1"),
        ("\uff1d1", "'\uff1d1"),
        ('=1+2";=1+2', "'=1+2\";'=1+2"),
        ("x;=cmd", "x;'=cmd"),
        ("x\n=cmd", "x =cmd"),
        ("Contoso", "Contoso"),
        ("Windows Server, version 1803 Standard", "Windows Server, version 1803 Standard"),
        ("a-b = c", "a-b = c"),
        (-5, -5),
        (30, 30),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str | int, written: str | int):
    assert safe(cell) == written


def test_a_negative_number_stays_a_number():
    assert csv_text([(-5, "-5")]) == "-5,'-5\r\n"


#: As strict as the worst reader: any line, any separator, any quotes around.
RUNS = re.compile(r"""(^|[,;\t|])["\s\u00a0\u200b-\u200d\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]""", re.MULTILINE)
NASTY = st.text(alphabet=st.sampled_from(list("=+-@;,|\"' \t\r\nax1\u00a0\u200b\uff1d")), max_size=12)


@given(st.lists(NASTY, min_size=1, max_size=4))
def test_no_text_runs_as_a_formula_whatever_the_reader_takes_for_a_separator(cells: list[str]):
    assert not RUNS.search(csv_text([tuple(cells)]))


def test_names_of_a_plan_never_run_as_formulas():
    assert not RUNS.search(plan_csv(plan("=cmd|'/c calc'!A1", "@Contoso;=1+1"), CATALOGUE))
