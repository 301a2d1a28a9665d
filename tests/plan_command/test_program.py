"""`manage.py plan` as a program of its own: exit statuses, terminals and streams."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plan_command.estates import CONTOSO, INSTALL, ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a site with a new database."""
    environment = {**os.environ, "PLANNER_DATA": str(tmp_path_factory.mktemp("data"))}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    return environment


def program(
    site: dict[str, str], *arguments: object, data: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "plan", *map(str, arguments)],
        cwd=ROOT,
        env={**site, **environment},
        input=data,
        capture_output=True,
        check=False,
    )


def test_the_program_ends_with_the_right_status(site: dict[str, str], contoso: Path, wrong: Path):
    right, failed = program(site, contoso), program(site, wrong)
    assert (right.returncode, right.stderr) == (0, b"")
    assert INSTALL.encode() in right.stdout
    assert (failed.returncode, failed.stdout) == (2, b"")
    assert failed.stderr.startswith(b"computers[0].product: ")


def test_a_terminal_that_knows_only_ascii_gets_text_and_json_stays_utf8(site: dict[str, str]):
    data = json.dumps(CONTOSO).encode()
    text = program(site, "-", data=data, PYTHONIOENCODING="ascii")
    assert text.returncode == 0
    assert b"B\\xfcro" in text.stdout
    plan = program(site, "-", "--format", "json", data=data, PYTHONIOENCODING="ascii")
    assert json.loads(plan.stdout.decode("utf-8"))["organisation"] == "Contoso Büro"


def test_a_reader_that_stops_early_is_no_error(site: dict[str, str], contoso: Path):
    arguments = [sys.executable, "manage.py", "plan", *[str(contoso)] * 200]
    with subprocess.Popen(arguments, cwd=ROOT, env=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(100)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.parametrize(
    ("estate", "streams", "told"),
    [
        ("{contoso}", ">&-", "Standard output is closed. Name a file with --output."),
        ("{contoso}", ">/dev/full", "Standard output cannot be written: No space left on device."),
        ("-", "<&-", "Standard input is closed."),
        ("{wrong}", "2>&-", ""),
    ],
)
def test_a_stream_that_cannot_be_used_is_said_without_a_traceback(
    site: dict[str, str], contoso: Path, wrong: Path, estate: str, streams: str, told: str
):
    named = estate.format(contoso=contoso, wrong=wrong)
    line = f'exec "{sys.executable}" manage.py plan "{named}" {streams}'
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, env=site, capture_output=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
