"""LibreOffice, which opens the files of a plan as people do."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.debian import install, may_install

HOW_TO_GET_LIBREOFFICE = (
    "They need LibreOffice's program soffice in PATH: install it (Debian, as root: apt-get install libreoffice-calc)."
)
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
)
SECONDS = 120
#: Commas, quotes, UTF-8; every cell is looked at, and what looks like a formula is one.
CSV = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"


def find_libreoffice() -> str | None:
    return next(filter(None, map(shutil.which, ["soffice", "libreoffice", *PLACES])), None)


def get_libreoffice() -> str | None:
    """Return the program; a CI run on Debian as root installs it, for there it must not be missing."""
    if not find_libreoffice() and os.environ.get("CI") and may_install():
        install("LibreOffice", "libreoffice-calc")
    return find_libreoffice()


def opened(file: Path) -> Path:
    """Open the file in LibreOffice and save it as a workbook. Returns that."""
    program, folder = find_libreoffice(), file.parent / "saved"
    assert program, HOW_TO_GET_LIBREOFFICE
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    options = [CSV] if file.suffix == ".csv" else []
    command = [program, profile, "--headless", *options, "--convert-to", "xlsx", "--outdir", folder, file]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    saved = folder / f"{file.stem}.xlsx"
    assert saved.exists(), done.stderr or done.stdout
    return saved
