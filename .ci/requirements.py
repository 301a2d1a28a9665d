"""Pin the packages of requirements.in in requirements.txt, with hashes and reasons. Use: python3 run.py requirements"""

import subprocess
import sys
from pathlib import Path

SOURCE, PINNED = Path("requirements.in"), Path("requirements.txt")
HEAD = """\
# Made from requirements.in by: python3 run.py requirements
# Each package is pinned to one version and its hashes, and says why it is here or which package needs it.
"""


def compile_requirements() -> str:
    """Return what uv pins for every system and every Python from 3.11 on, in the newest versions that are allowed."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", str(SOURCE), "--quiet", "--no-header", "--upgrade"),
        *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
    ]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def reasons(source: str) -> dict[str, str]:
    """Return package -> the comment behind it in requirements.in."""
    lines = [line.partition("#") for line in source.splitlines() if line.strip() and not line.startswith("#")]
    return {wanted.split("~")[0].split("[")[0].strip(): reason.strip() for wanted, _, reason in lines}


def with_reasons(pinned: str, why: dict[str, str]) -> str:
    """Say below each direct dependency why it is here, in the place where uv says which file it is from."""
    lines, package = [], ""
    for line in pinned.splitlines():
        package = line.split("==")[0].split("[")[0] if "==" in line else package
        why_here = why.get(package, "")
        lines.append(line.replace("via -r requirements.in", why_here).replace("-r requirements.in", why_here))
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    try:
        PINNED.write_text(with_reasons(compile_requirements(), reasons(SOURCE.read_text("utf-8"))), "utf-8")
    except subprocess.CalledProcessError:
        sys.exit("requirements.txt is as it was.")
