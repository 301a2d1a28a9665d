"""What tests need from Debian's packages, where it is ours to install them: as root, on a machine made for it."""

import os
import subprocess
from pathlib import Path


def is_debian() -> bool:
    try:
        return "ID=debian" in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False


def may_install() -> bool:
    return is_debian() and os.getuid() == 0


def install(what: str, *packages: str) -> None:
    print(f"Installing {what} for the tests (once) ...", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *command], env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    if done.returncode:
        print(done.stderr.strip()[-500:])
