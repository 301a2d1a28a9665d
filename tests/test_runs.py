"""How the runs of tests are put together: on SQLite, on PostgreSQL, in a browser."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tests.__main__ as runs
from tests.__main__ import BROWSER_TESTS, NOTHING_RUN, Outcome, count, split, status, summary
from tests.libreoffice import HOW_TO_GET_LIBREOFFICE
from tests.postgresql import HOW_TO_GET_POSTGRESQL

ROOT = Path(__file__).resolve().parent.parent

UI = str(BROWSER_TESTS)


@pytest.mark.parametrize(
    ("arguments", "unit", "browser"),
    [
        ([], [], [UI]),
        (["-k", "seed"], ["-k", "seed"], ["-k", "seed", UI]),
        (["tests/rules", "-x"], ["-x", "tests/rules"], None),
        (["tests/test_run.py::test_a", "-x"], ["-x", "tests/test_run.py::test_a"], None),
        (["tests/browser/conftest.py::test_a"], None, ["tests/browser/conftest.py::test_a"]),
        (["tests"], ["tests"], [UI]),
        (["tests/browser", "tests/rules"], ["tests/rules"], ["tests/browser"]),
    ],
)
def test_arguments_go_to_the_run_they_belong_to(
    arguments: list[str], unit: list[str] | None, browser: list[str] | None
) -> None:
    assert split(arguments) == (unit, browser)


@pytest.mark.parametrize(
    ("arguments", "shared"), [([], True), (["-x"], True), (["tests"], True), (["tests/rules"], False)]
)
def test_only_a_run_of_everything_is_shared_by_several_processes(
    arguments: list[str], shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    for name in ("pytest", "on_postgresql"):
        monkeypatch.setattr(runs, name, lambda given: started.append(given) or Outcome(0, None))
    monkeypatch.setattr(runs, "in_browser", lambda given: Outcome(0, None))
    monkeypatch.setattr(runs, "get_libreoffice", lambda: "soffice")
    monkeypatch.setattr(runs.signal, "signal", lambda *_: None)
    runs.main(arguments)
    assert ["--numprocesses=auto" in given for given in started] == [shared, shared]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0, 0], 0),
        ([0, 1], 1),
        ([1, 0], 1),
        ([0, 5], 0),
        ([5, 0], 0),
        ([5, 5], 5),
        ([5, 2], 2),
        ([5], 5),
        ([4], 4),
        ([0, 1, 0], 1),
        ([0, 5, 0], 0),
    ],
)
def test_one_exit_status_stands_for_all_runs(codes: list[int], expected: int) -> None:
    assert status(codes) == expected


def test_the_last_line_adds_the_runs_up(tmp_path: Path) -> None:
    (tmp_path / "test_three.py").write_text("def test_a(): pass\ndef test_b(): pass\ndef test_c(): assert False\n")
    report = tmp_path / "report.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:django", f"--junitxml={report}", tmp_path],
        capture_output=True,
        check=False,
    )
    one = count(report)
    assert re.fullmatch(r"===== 2 failed, 4 passed in \d+\.\d\ds =====", summary([one, one]))
    assert count(tmp_path / "never-written.xml") == {}
    assert summary([]) == "===== no tests ran in 0.00s ====="


@pytest.mark.parametrize(("variable", "expected"), [("", NOTHING_RUN), ("true", 1)])
def test_without_a_browser_its_tests_are_named_as_not_run_and_fail_a_ci_run(variable: str, expected: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests", "tests/browser"],
        cwd=ROOT,
        env=os.environ | {"CHROME": str(ROOT / "no-such-browser"), "CI": variable},
        capture_output=True,
        text=True,
        check=False,
    )
    names = set(re.findall(r"^  not run: .*::(test_\w+)", done.stdout, re.M))
    written = {
        name
        for file in BROWSER_TESTS.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }
    assert done.returncode == expected
    assert names == written
    assert "NOT run" in done.stdout
    assert done.stdout.splitlines()[-1] == "===== no tests ran in 0.00s ====="


# --- With LibreOffice ---


@pytest.mark.parametrize(("variable", "expected"), [("", NOTHING_RUN), ("true", 1)])
def test_without_libreoffice_its_tests_are_named_as_not_run_and_fail_a_ci_run(
    variable: str, expected: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setenv("CI", variable)
    monkeypatch.setattr(runs, "get_libreoffice", lambda: None)
    monkeypatch.setattr(runs, "pytest", lambda given: started.append(given) or Outcome(0, None))
    files = ["tests/exports/test_libreoffice.py", "tests/exports/test_text.py"]
    assert [outcome.code for outcome in runs.of_the_code(files)] == [0, expected]
    assert started == [["-m", "not libreoffice", *files]]
    told = capfd.readouterr().out
    assert "4 tests with LibreOffice were NOT run. " + HOW_TO_GET_LIBREOFFICE in told
    assert set(re.findall(r"^  not run: (\S+?)::", told, re.M)) == {files[0]}


# --- On PostgreSQL ---


@pytest.mark.parametrize(("variable", "expected"), [("", NOTHING_RUN), ("true", 1)])
def test_without_postgresql_the_tests_of_data_are_named_as_not_run_and_fail_a_ci_run(
    variable: str, expected: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", variable)
    monkeypatch.setattr(runs, "get_programs", lambda: None)
    assert runs.on_postgresql(["tests/catalogue/test_current.py", "tests/test_architecture.py"]).code == expected
    told = capfd.readouterr().out
    named = re.findall(r"^  not run: (\S+)::(test_\w+)$", told, re.M)
    assert "tests on PostgreSQL were NOT run. " + HOW_TO_GET_POSTGRESQL in told
    assert {file for file, _ in named} == {"tests/catalogue/test_current.py"}


def test_a_server_that_does_not_start_is_a_failure_that_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runs, "get_programs", lambda: tmp_path)
    assert runs.on_postgresql(["tests/catalogue"]).code == 1
    first, why = capfd.readouterr().out.strip().splitlines()
    assert first == f"PostgreSQL in {tmp_path} did not start:"
    assert str(tmp_path / "initdb") in why


@pytest.mark.parametrize("database", ["", "postgresql://planner@db.contoso.com/planner"])
def test_no_run_touches_the_database_of_a_site(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    assert "DATABASE_URL" not in runs.environment({})
