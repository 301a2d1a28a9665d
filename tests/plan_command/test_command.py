"""`manage.py plan`: files in, plans out, exit statuses, and nothing that a file holds makes a traceback."""

import io
import json
import os
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.management.commands import plan as command
from tests.plan_command.estates import CONTOSO, CSV, INSTALL, write

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(db: None) -> Run:
    """Run the command in this process: exit status, standard output, standard error."""

    def run_it(*arguments: object) -> tuple[int, str, str]:
        out, err, status = io.StringIO(), io.StringIO(), 0
        try:
            call_command("plan", *map(str, arguments), stdout=out, stderr=err)
        except SystemExit as stopped:
            status = stopped.code if isinstance(stopped.code, int) else 1
        return status, out.getvalue(), err.getvalue()

    return run_it


def give_on_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_text_is_what_a_person_gets(run: Run, contoso: Path):
    status, out, err = run(contoso)
    assert (status, err) == (0, "")
    assert out.startswith("Activation plan for Contoso Büro\n")
    assert INSTALL in out


def test_json_is_one_plan(run: Run, contoso: Path):
    status, out, err = run(contoso, "--format", "json")
    assert (status, err) == (0, "")
    plan = json.loads(out)
    assert plan["format"] == "plan/1"
    assert [key["key"] for key in plan["kms_host_keys"]] == ["kms-windows-server-2008-r2-c"]


def test_ps1_is_the_runbook_of_one_plan(run: Run, contoso: Path):
    status, out, err = run(contoso, "--format", "ps1")
    assert (status, err) == (0, "")
    assert out.startswith("\ufeff# Activation runbook")
    assert "$Organisation = 'Contoso Büro'\r\n" in out
    assert "Title = 'Install the Windows Server 2008 R2 KMS C key'" in out


def test_a_runbook_is_written_to_a_file_as_it_is(run: Run, contoso: Path, tmp_path: Path):
    file = tmp_path / "runbook.ps1"
    assert run(contoso, "--format", "ps1", "--output", file) == (0, "", "")
    assert file.read_bytes() == run(contoso, "--format", "ps1")[1].encode()


def test_several_runbooks_do_not_fit_into_one_file(run: Run, contoso: Path):
    assert run(contoso, contoso, "--format", "ps1") == (2, "", "Name one estate: ps1 holds one plan.\n")


def test_a_key_in_use_is_switched_off_in_the_runbook(run: Run, tmp_path: Path):
    used = CONTOSO | {"keys": [{"key": "kms-office-2013", "hosts_used": 1}]}
    _, out, _ = run(write(tmp_path / "used.json", json.dumps(used)), "--format", "ps1")
    assert "In use and not in the plan: Office 2013 KMS host key." in out


def test_a_name_that_would_end_a_line_gives_no_script(run: Run, tmp_path: Path):
    estate = write(tmp_path / "hostile.json", json.dumps(CONTOSO | {"organisation": "Contoso'\ncalc"}))
    status, out, err = run(estate, "--format", "ps1")
    assert (status, out) == (2, "")
    assert err.startswith("organisation: ")


def test_the_same_estate_gives_the_same_bytes(run: Run, contoso: Path):
    assert run(contoso, "--format", "json") == run(contoso, "--format", "json")


def test_csv_is_for_a_spreadsheet(run: Run, contoso: Path):
    status, out, _ = run(contoso, "--format", "csv")
    assert status == 0
    assert out.startswith("\ufeffsection,where,")


def test_explain_adds_reasons_and_sources(run: Run, contoso: Path):
    assert "Why: " not in run(contoso)[1]
    assert "Why: " in run(contoso, "--explain")[1]


def test_a_csv_file_is_an_estate_of_today(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(command.timezone, "localdate", lambda: date(2027, 1, 2))
    status, out, _ = run(write(tmp_path / "estate.csv", CSV), "--format", "json")
    assert status == 0
    assert json.loads(out)["as_of"] == "2027-01-02"
    assert [line["network"] for line in json.loads(out)["computers"]] == ["Head office", "Head office"]


@pytest.mark.parametrize("data", [json.dumps(CONTOSO).encode(), CSV.encode(), CSV.encode("utf-16")])
def test_standard_input_may_be_json_or_csv(run: Run, monkeypatch: pytest.MonkeyPatch, data: bytes):
    give_on_standard_input(monkeypatch, data)
    status, out, err = run("-")
    assert (status, err) == (0, "")
    assert "KMS host keys" in out


def test_standard_input_can_be_read_once(run: Run):
    assert run("-", "-") == (2, "", "Enter - once: standard input can be read only once.\n")


def test_errors_are_on_standard_error_one_a_line(run: Run, wrong: Path):
    status, out, err = run(wrong)
    assert (status, out) == (2, "")
    assert [line.split(": ")[0] for line in err.splitlines()] == ["computers[0].product", "computers[0].count"]


def test_errors_are_the_same_for_json(run: Run, wrong: Path):
    assert run(wrong, "--format", "json") == run(wrong)


def test_csv_errors_name_their_lines(run: Run, tmp_path: Path):
    status, _, err = run(write(tmp_path / "wrong.csv", "product,count\nwindows-7-enterprise,1e3\n"))
    assert status == 2
    assert err.startswith("line 2, count: Enter a whole number")


def test_several_estates_as_json_are_a_line_each(run: Run, contoso: Path, wrong: Path):
    status, out, err = run(wrong, contoso, wrong.with_name("none.json"), "--format", "json")
    assert (status, err) == (2, "")
    first, second, third = map(json.loads, out.splitlines())
    assert [error["path"] for error in first["errors"]] == ["computers[0].product", "computers[0].count"]
    assert all(set(error) == {"path", "message"} for error in first["errors"])
    assert second["organisation"] == "Contoso Büro"
    assert [error["path"] for error in third["errors"]] == ["$"]


def test_several_right_estates_end_well(run: Run, contoso: Path):
    status, out, _ = run(contoso, contoso, "--format", "json")
    assert status == 0
    assert len(set(out.splitlines())) == 1
    assert len(out.splitlines()) == 2


def test_several_estates_as_text_are_sections_and_errors_name_their_file(run: Run, contoso: Path, wrong: Path):
    status, out, err = run(wrong, contoso)
    assert status == 2
    assert f"##  {contoso}\n" in out
    assert err.startswith(f"{wrong}: computers[0].product: ")


def test_several_estates_as_csv_share_one_table(run: Run, contoso: Path):
    status, out, _ = run(contoso, contoso, "--format", "csv")
    assert status == 0
    assert out.count("estate,section") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.json", "There is no file"),
        (".", "is a folder"),
        ("x" * 300, "cannot be read"),
        ("a\0b", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(run: Run, tmp_path: Path, name: str, said: str):
    status, out, err = run(f"{tmp_path}/{name}")
    assert (status, out) == (2, "")
    assert err.startswith("$: ")
    assert said in err
    assert len(err.splitlines()) == 1


def test_output_goes_to_a_file(run: Run, contoso: Path, tmp_path: Path):
    target = tmp_path / "plan.csv"
    assert run(contoso, "--format", "csv", "--output", target) == (0, "", "")
    assert target.read_bytes().startswith("\ufeffsection".encode())
    assert b"B\xc3\xbcro" in target.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("plan")] == ["plan.csv"]


def test_output_keeps_the_old_file_when_the_estate_has_errors(run: Run, wrong: Path, tmp_path: Path):
    target = write(tmp_path / "plan.txt", "old")
    assert run(wrong, "--output", target)[0] == 2
    assert target.read_text() == "old"


def test_output_keeps_the_rights_of_the_file_it_replaces(run: Run, contoso: Path, tmp_path: Path):
    target = write(tmp_path / "plan.txt", "old")
    target.chmod(0o600)
    assert run(contoso, "--output", target)[0] == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert INSTALL in target.read_text(encoding="utf-8")


def test_output_goes_through_a_link_to_the_file_behind_it(run: Run, contoso: Path, tmp_path: Path):
    target, link = write(tmp_path / "plan.txt", "old"), tmp_path / "link.txt"
    link.symlink_to(target)
    assert run(contoso, "--output", link)[0] == 0
    assert link.is_symlink()
    assert INSTALL in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "said"), [(".", "is a folder"), ("none/plan.txt", "There is no folder for")])
def test_output_that_cannot_be_written_is_named(run: Run, contoso: Path, tmp_path: Path, name: str, said: str):
    status, out, err = run(contoso, "--output", tmp_path / name)
    assert (status, out) == (2, "")
    assert said in err


def test_output_that_fails_half_way_leaves_nothing_behind(
    run: Run, contoso: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    target = write(tmp_path / "plan.txt", "old")
    monkeypatch.setattr(os, "fsync", full)
    status, _, err = run(contoso, "--output", target)
    assert status == 2
    assert "no space left on device" in err
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["contoso.json", "plan.txt"]


def test_without_a_catalogue_it_says_how_to_get_one(contoso: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    def missing() -> None:
        raise command.DatabaseError("no such table")

    monkeypatch.setattr(command, "current", missing)
    status, out, err = run(contoso)
    assert (status, out) == (2, "")
    assert "loadcatalogue" in err


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=60
)
@given(st.one_of(st.binary(max_size=80), st.text(max_size=40).map(lambda text: f"product,count\n{text},3".encode())))
def test_no_bytes_make_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch, data: bytes):
    give_on_standard_input(monkeypatch, data)
    status, out, err = run("-")
    assert (status, bool(out), bool(err)) in ((0, True, False), (2, False, True))


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("zip", b"PK"), ("pdf", b"%PDF-"), ("md", b"# Activ")])
def test_a_plan_is_written_into_a_file_of_another_program(
    run: Run, contoso: Path, tmp_path: Path, kind: str, begins: bytes
):
    target = tmp_path / f"made.{kind}"
    assert run(contoso, "--format", kind, "--output", target) == (0, "", "")
    assert target.read_bytes().startswith(begins)


def test_a_workbook_holds_one_plan(run: Run, contoso: Path):
    status, _, err = run(contoso, contoso, "--format", "xlsx")
    assert (status, err.strip()) == (2, "Name one estate: xlsx holds one plan.")


@pytest.mark.parametrize(("terminal", "told"), [(True, "Lines of computers: 1 of"), (False, "")])
def test_how_far_a_long_plan_is_is_told_on_a_terminal_alone(
    run: Run, contoso: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool, told: str
):
    monkeypatch.setattr("planner.progress.SECONDS", 0)
    monkeypatch.setattr("django.core.management.base.OutputWrapper.isatty", lambda _: terminal)
    status, _, err = run(contoso, "--format", "xlsx", "--output", tmp_path / "plan.xlsx")
    assert status == 0
    assert told in err if terminal else err == told
