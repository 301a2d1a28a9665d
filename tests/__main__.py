"""
All tests: those of the code, then those in a real browser, as two runs of pytest with one summary and one exit status.

Called by `run.py test`. Arguments go on to pytest; a path among them belongs to the run whose test it names.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from tests.browser.chromium import HOW_TO_GET_CHROMIUM, get_chromium

ROOT = Path(__file__).resolve().parent.parent
BROWSER_TESTS = ROOT / "tests" / "browser"
NOTHING_RUN = 5  # pytest's exit status when no test was chosen


def main(arguments: list[str]) -> int:
    unit, browser = split(arguments)
    not_run = browser if browser is not None and not get_chromium() else None
    codes, counts = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, given in enumerate([unit, None if not_run else browser]):
            if given is not None:
                report = Path(folder, f"{number}.xml")
                codes.append(pytest(f"--junitxml={report}", *given))
                counts.append(count(report))
    if not_run:
        name_tests_not_run(not_run)
        codes.append(1 if os.environ.get("CI") else NOTHING_RUN)
    if all(counts):
        print(summary(counts), flush=True)
    return status(codes)


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


def pytest(*arguments: str) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)


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


def name_tests_not_run(given: list[str]) -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "--quiet", *given],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    names = [line for line in listed.stdout.splitlines() if "::" in line]
    print(f"\n{len(names)} browser tests were NOT run. {HOW_TO_GET_CHROMIUM}")
    print("\n".join(f"  not run: {name}" for name in names))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
