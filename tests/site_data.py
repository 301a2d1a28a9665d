"""A data folder for a site that a test starts."""

import shutil
import subprocess
import sys
from pathlib import Path

import run


def reuse_static_files(data: Path) -> None:
    """Copy what the last set-up collected; run.py collects again by itself if that is no longer what it needs."""
    collected = run.ROOT / "var" / "static"
    if collected.is_dir():
        shutil.copytree(collected, data / "static")
        for stamp in collected.parent.glob("static-*"):
            shutil.copy(stamp, data)


def filled(variables: dict[str, str]) -> dict[str, str]:
    """Make the tables of the site with these variables and load the shipped catalogue. Returns the variables."""
    for command in (["migrate", "--verbosity=0"], ["loadcatalogue"]):
        manage(variables, *command).check_returncode()
    return variables


def manage(variables: dict[str, str], *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, run.ROOT / "manage.py", *command], env=variables, capture_output=True, text=True, check=False
    )
