"""
All tests: those of the code, what of them uses the database once more on PostgreSQL, and those in a real browser. Three
runs of pytest with one summary and one exit status.

Called by `run.py test`. Arguments go on to pytest; a path among them belongs to the run whose test it names.
"""

import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

from tests.browser.chromium import HOW_TO_GET_CHROMIUM, get_chromium
from tests.libreoffice import HOW_TO_GET_LIBREOFFICE, get_libreoffice
from tests.postgresql import HOW_TO_GET_POSTGRESQL, ServerError, get_programs, server

ROOT = Path(__file__).resolve().parent.parent
BROWSER_TESTS = ROOT / "tests" / "browser"
NOTHING_RUN = 5  # pytest's exit status when no test was chosen
#: A run of everything is shared by as many processes as there are processors. The tests of a file stay together, for
#: they share what is slow to set up.
SHARED = ("--numprocesses=auto", "--dist=loadfile")


class Outcome(NamedTuple):
    """What came of one run: pytest's exit status, and `count` of its report or None when nothing was to be run."""

    code: int
    counts: dict[str, float] | None


def main(arguments: list[str]) -> int:
    # Ended from outside, a run still stops the server that it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    unit, browser = split(arguments)
    if unit is not None and browser is not None:
        unit = [*SHARED, *unit]
    outcomes = []
    if unit is not None:
        outcomes += [*of_the_code(unit), on_postgresql(unit)]
    if browser is not None:
        outcomes.append(in_browser(browser))
    counts = [outcome.counts for outcome in outcomes if outcome.counts is not None]
    if all(counts):
        print(summary(counts), flush=True)
    return status([outcome.code for outcome in outcomes])


def of_the_code(given: list[str]) -> list[Outcome]:
    """Run the tests on SQLite, without those that need LibreOffice where there is none."""
    if get_libreoffice():
        return [pytest(given)]
    without = not_run(["-m", "libreoffice", *given], "tests with LibreOffice", HOW_TO_GET_LIBREOFFICE)
    return [pytest(["-m", "not libreoffice", *given]), without]


def on_postgresql(given: list[str]) -> Outcome:
    """Run those of the tests that use the database once more, on PostgreSQL."""
    programs = get_programs()
    if programs is None:
        return not_run(given, "tests on PostgreSQL", HOW_TO_GET_POSTGRESQL, DATABASE_URL="postgresql:///nowhere")
    try:
        with server(programs) as address:
            print("\n===== Once more on PostgreSQL: what uses the database =====", flush=True)
            return pytest(given, DATABASE_URL=address)
    except ServerError as error:
        print(f"\nPostgreSQL in {programs} did not start:\n{error}", flush=True)
        return Outcome(1, None)


def in_browser(given: list[str]) -> Outcome:
    return pytest(given) if get_chromium() else not_run(given, "browser tests", HOW_TO_GET_CHROMIUM)


def split(arguments: list[str]) -> tuple[list[str] | None, list[str] | None]:
    """Tell apart what the run of the code and the run in the browser are given; None: nothing is asked of that run."""
    unit: list[str] = []
    browser: list[str] = []
    both: list[str] = []
    for argument in arguments:
        path = (ROOT / argument.split("::")[0]).resolve()
        if argument.startswith("-") or not path.exists():
            both.append(argument)
        elif BROWSER_TESTS in (path, *path.parents):
            browser.append(argument)
        elif path in BROWSER_TESTS.parents:
            unit.append(argument)
            browser.append(str(BROWSER_TESTS))
        else:
            unit.append(argument)
    if not unit and not browser:
        return both, [*both, str(BROWSER_TESTS)]
    return [*both, *unit] if unit else None, [*both, *browser] if browser else None


def pytest(given: list[str], **variables: str) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *given]
        code = subprocess.call(command, cwd=ROOT, env=environment(variables))
        return Outcome(code, count(report))


def environment(variables: dict[str, str]) -> dict[str, str]:
    """This process's variables but for the database of a site that somebody may run, and these."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | variables


def status(codes: list[int]) -> int:
    """One exit status for the runs: that nothing was chosen counts only when it is so in all of them."""
    bad = [code for code in codes if code not in (0, NOTHING_RUN)]
    return bad[0] if bad else min(codes)


def count(report: Path) -> dict[str, float]:
    """Outcomes of one run, and its seconds, from the report that pytest wrote; empty if it wrote none."""
    try:
        suite = ET.parse(report).getroot()[0].attrib
    except (OSError, ET.ParseError, IndexError):
        return {}
    failed, errors, skipped = (float(suite[name]) for name in ("failures", "errors", "skipped"))
    passed = float(suite["tests"]) - failed - errors - skipped
    return {"failed": failed, "passed": passed, "skipped": skipped, "error": errors, "seconds": float(suite["time"])}


def summary(counts: list[dict[str, float]]) -> str:
    """The last line, written as pytest writes it, for the runs together."""
    total = {name: sum(one.get(name, 0) for one in counts) for name in ("failed", "passed", "skipped", "error")}
    seconds = sum(one.get("seconds", 0) for one in counts)
    parts = ", ".join(f"{number:.0f} {name}" for name, number in total.items() if number) or "no tests ran"
    return f"===== {parts} in {seconds:.2f}s ====="


def not_run(given: list[str], what: str, remedy: str, **variables: str) -> Outcome:
    """Name the tests that cannot be run. On a developer's machine that is no failure, in CI it is."""
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "--quiet", *given],
        cwd=ROOT,
        env=environment(variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    names = [line for line in listed.stdout.splitlines() if "::" in line]
    if names:
        print(f"\n{len(names)} {what} were NOT run. {remedy}")
        print("\n".join(f"  not run: {name}" for name in names), flush=True)
    return Outcome(1 if names and os.environ.get("CI") else NOTHING_RUN, None)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
