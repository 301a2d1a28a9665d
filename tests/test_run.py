"""The two commands: what they set up, and what they say when they cannot."""

import ast
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import run
from tests.site_data import reuse_static_files

ROOT = Path(__file__).resolve().parent.parent
# No test reaches the package index: nothing listens on this port, and nothing else may help out.
NO_NETWORK = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_NO_CACHE_DIR": "1",
    "PIP_RETRIES": "0",
}


def start(folder: Path, *arguments: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, folder / "run.py", *arguments],
        env=os.environ | variables,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder with nothing in it but what run.py needs to begin."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    for name in ("run.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


# --- What it says when it cannot go on ---


def test_an_old_python_can_read_the_file_and_is_told_which_one_is_needed() -> None:
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))
    as_if = "import runpy, sys; sys.version_info = (3, 8, 1); runpy.run_path('run.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", as_if], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The activation planner needs Python 3.11 or later; this is Python 3.8.")
    assert len(done.stderr.splitlines()) == 1


def test_nothing_is_asked_of_an_old_python_before_its_version_is_checked() -> None:
    body = ast.parse((ROOT / "run.py").read_text("utf-8")).body
    kinds = [type(node).__name__ for node in body[:3]]
    assert kinds == ["Expr", "Import", "If"]
    assert ast.unparse(body[1]) == "import sys"


def test_a_taken_port_is_named_with_another_to_choose(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = start(ROOT, "--port", str(port), PLANNER_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Port {port} is taken. Choose another: python3 run.py --port {port + 1}\n"
    assert not (tmp_path / "data").exists()


def test_an_address_of_another_machine_is_refused_with_words(tmp_path: Path) -> None:
    done = start(ROOT, "--host", "192.0.2.1", PLANNER_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr.startswith("This machine has no address 192.0.2.1.")


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_no_machine_has_is_refused_with_what_would_do(port: str) -> None:
    done = start(ROOT, "--port", port)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(f"there is no port {port}. Choose a number from 1 to 65535")
    assert len(done.stderr) < 300


def test_a_python_without_venv_leaves_no_half_environment_and_says_what_to_install(fresh: Path, tmp_path: Path) -> None:
    # As Debian's python3 does without python3-venv: the folder is made, but no pip comes into it.
    half_made = "import subprocess, sys\n"
    half_made += "subprocess.run([sys.executable, '-I', '-m', 'venv', '--without-pip', sys.argv[1]])\nsys.exit(1)\n"
    (tmp_path / "venv.py").write_text(half_made)
    done = start(fresh, PYTHONPATH=str(tmp_path), **NO_NETWORK)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (fresh / ".venv").exists()


def empty_python(venv: Path) -> None:
    (venv / run.PYTHON.relative_to(run.VENV)).write_text("")


def upgraded_python(venv: Path) -> None:
    # As after an upgrade of the system: the link leads to a Python that looks for its packages in another folder.
    (venv / run.PYTHON.relative_to(run.VENV)).symlink_to(Path(sys.executable).resolve())
    home = Path(sys.executable).resolve().parent
    (venv / "pyvenv.cfg").write_text(f"home = {home}\ninclude-system-site-packages = false\n")
    for package in ("django", "pip"):
        (venv / "lib" / "python3.9" / "site-packages" / package).mkdir(parents=True)


@pytest.mark.parametrize("breaking", [empty_python, upgraded_python])
def test_a_broken_environment_is_replaced_and_a_failed_download_is_explained_and_tried_again(
    fresh: Path, breaking: Callable[[Path], None]
) -> None:
    venv = fresh / ".venv"
    (fresh / run.PYTHON.relative_to(ROOT)).parent.mkdir(parents=True)
    breaking(venv)
    (venv / run.steps()[0].stamp().name).touch()
    done = start(fresh, "manage", "check", **NO_NETWORK)
    assert done.returncode == 1
    assert "The environment in .venv does not work (Python was upgraded or removed?): making it anew ..." in done.stderr
    assert "Check the connection" in done.stderr
    assert "Traceback" not in done.stderr
    new = subprocess.run([fresh / run.PYTHON.relative_to(ROOT), "-I", "-c", "import pip"], check=False)
    assert new.returncode == 0
    assert list(fresh.glob(".venv/packages-*")) == []


def test_a_data_folder_that_cannot_be_made_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = start(ROOT, "manage", "check", PLANNER_DATA=str(tmp_path / "file" / "data"))
    assert done.returncode == 1
    assert done.stderr.endswith(
        f"{tmp_path / 'file' / 'data'} cannot be written. Set PLANNER_DATA to a folder of your own.\n"
    )
    assert "Traceback" not in done.stderr


def test_a_command_that_does_not_exist_is_answered_with_those_that_do() -> None:
    done = start(ROOT, "sevre")
    assert done.returncode == 1
    assert done.stderr == "There is no command sevre. There are: serve, test, manage, bench, requirements.\n"


# --- What it sets up ---


def test_the_first_command_of_a_fresh_site_gets_its_input_and_the_output_is_its_own(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    reuse_static_files(data)
    done = start(ROOT, "manage", "shell", "--no-imports", given="print(6 * 7)", PLANNER_DATA=str(data))
    assert (done.returncode, done.stdout) == (0, "42\n")
    assert "Setting up the database" in done.stderr
    assert (data / "planner.sqlite3").stat().st_size > 0
    again = start(ROOT, "manage", "shell", "--no-imports", given="print(6 * 7)", PLANNER_DATA=str(data))
    assert (again.returncode, again.stdout, again.stderr) == (0, "42\n", "")


def test_a_database_that_is_gone_is_not_set_up_anew_unless_asked_to(tmp_path: Path) -> None:
    stamp = tmp_path / "database-0123456789abcdef"
    stamp.touch()
    done = start(ROOT, "manage", "check", PLANNER_DATA=str(tmp_path))
    assert done.returncode == 1
    assert f"The database {tmp_path / 'planner.sqlite3'} is gone. Restore a backup" in done.stderr
    assert f"To begin anew, delete {stamp} too." in done.stderr
    assert not (tmp_path / "planner.sqlite3").exists()


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The sources that the set-up depends on, in a folder where a test may change them."""
    for folder in ("activation", "planner", "static"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "REQUIREMENTS", tmp_path / "requirements.txt")
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("requirements.txt", {"packages", "database", "static"}),
        ("activation/migrations/0099_more.py", {"database"}),
        ("activation/catalogue/keys.toml", {"database"}),
        ("static/planner/more.css", {"static"}),
        ("planner/views/more.py", set()),
        ("README.md", set()),
    ],
)
def test_a_step_is_done_again_when_what_it_is_made_from_changes(copied: Path, changed: str, again: set[str]) -> None:
    before = {step.name: step.stamp() for step in run.steps()}
    file = copied / changed
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text((file.read_text("utf-8") if file.exists() else "") + "# changed\n", "utf-8")
    after = {step.name: step.stamp() for step in run.steps()}
    assert {name for name in before if before[name] != after[name]} == again


def test_a_step_that_fails_is_not_done_even_when_its_sources_are_again_what_they_were(tmp_path: Path) -> None:
    def fail() -> None:
        raise run.SetUpError("no space left")

    step = run.Step("packages", fail, tmp_path.exists, tmp_path, [])
    step.stamp().touch()
    assert step.is_done()
    with pytest.raises(run.SetUpError):
        step.take()
    assert not step.is_done()


def test_a_new_migration_of_any_part_is_a_reason_to_set_the_database_up_again() -> None:
    migrations = set(run.ROOT.glob("*/migrations/*.py"))
    assert {path.parts[-3] for path in migrations} == {"activation", "planner"}
    assert migrations <= set(run.steps()[1].sources)


def test_another_database_is_set_up_like_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = set()
    for address in ("", "postgresql://planner@db.contoso.com/one", "postgresql://planner@db.contoso.com/two"):
        monkeypatch.setenv("DATABASE_URL", address)
        stamps.add(run.steps()[1].stamp())
    assert len(stamps) == 3


# A package index would take a minute: this venv makes an environment whose pip notes what it is asked for.
VENV_MODULE = """
import pathlib, subprocess, sys
subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", sys.argv[1]], check=True)
python = [*pathlib.Path(sys.argv[1]).glob("bin/python"), *pathlib.Path(sys.argv[1]).glob("Scripts/python.exe")][0]
code = "import sysconfig; print(sysconfig.get_path('purelib'), end='')"
packages = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
pathlib.Path(packages, "pip.py").write_text(pathlib.Path(__file__).with_name("pip_module.py").read_text())
"""
PIP_MODULE = """
import pathlib, sys, time
if __name__ == "__main__":
    with open("asked.txt", "a") as asked:
        print(*sys.argv[1:], file=asked)
    time.sleep(1)
    pathlib.Path(__file__).with_name("django.py").touch()
"""
MANAGE_MODULE = """
import os, pathlib, sys
if sys.argv[1] == "migrate":
    pathlib.Path(os.environ["PLANNER_DATA"], "planner.sqlite3").touch()
print(sys.argv[1])
"""


@pytest.fixture
def small(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder whose packages are made up and whose manage.py makes an empty file for a database and repeats its
    command.
    """
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "venv.py").write_text(VENV_MODULE)
    (modules / "pip_module.py").write_text(PIP_MODULE)
    (fresh / "manage.py").write_text(MANAGE_MODULE)
    monkeypatch.setenv("PYTHONPATH", str(modules))
    monkeypatch.setenv("PLANNER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return fresh


def test_two_first_starts_at_once_set_up_once_and_packages_must_have_the_hashes_they_are_pinned_with(
    small: Path, tmp_path: Path
) -> None:
    with ThreadPoolExecutor() as threads:
        both = list(threads.map(lambda _: start(small, "manage", "check"), range(2)))
    assert [(done.returncode, done.stdout) for done in both] == [(0, "check\n")] * 2
    assert sorted("Setting up the packages" in done.stderr for done in both) == [False, True]
    assert sorted("Another start is setting up in this folder" in done.stderr for done in both) == [False, True]
    asked = (tmp_path / "asked.txt").read_text().splitlines()
    assert len(asked) == 1
    assert asked[0].startswith("install ")
    assert f"--require-hashes --requirement {small / 'requirements.txt'}" in asked[0]


def test_a_moved_checkout_keeps_its_packages(small: Path, tmp_path: Path) -> None:
    assert "Setting up the packages" in start(small, "manage", "check").stderr
    moved = small.rename(tmp_path / "moved")
    done = start(moved, "manage", "check")
    assert (done.returncode, done.stdout) == (0, "check\n")
    assert "packages" not in done.stderr


# --- The packages ---


def test_each_direct_package_is_pinned_with_hashes_and_its_reason() -> None:
    wanted = re.findall(r"^([\w-]+)(?:\[\w+\])?~=\S+\s+# (.+)$", (ROOT / "requirements.in").read_text("utf-8"), re.M)
    pinned = dict(
        re.findall(r"^([\w-]+)==(\S+.*?)(?=^\S|\Z)", (ROOT / "requirements.txt").read_text("utf-8"), re.M | re.S)
    )
    assert len(wanted) >= 12
    for name, reason in wanted:
        assert "--hash=sha256:" in pinned[name]
        assert reason in pinned[name]


def test_the_packages_may_come_from_any_index() -> None:
    assert "://" not in (ROOT / "requirements.txt").read_text("utf-8")


# --- The server ---


def test_the_server_is_given_the_address_in_numbers_for_it_knows_no_names() -> None:
    assert run.check_address("localhost", 0) in ("127.0.0.1", "::1")
