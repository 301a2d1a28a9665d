"""A data folder for a site that a test starts."""

import shutil
from pathlib import Path

import run


def reuse_static_files(data: Path) -> None:
    """Copy what the last set-up collected; run.py collects again by itself if that is no longer what it needs."""
    collected = run.ROOT / "var" / "static"
    if collected.is_dir():
        shutil.copytree(collected, data / "static")
        for stamp in collected.parent.glob("static-*"):
            shutil.copy(stamp, data)
