"""The examples of docs/api.md: the Python one runs against a site, the PowerShell one parses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tree_sitter_powershell
from django.conf import settings
from pytest_django.live_server_helper import LiveServer
from tree_sitter import Language, Parser

from planner.access import Here
from tests.api.conftest import token

TEXT = Path(settings.ROOT, "docs/api.md").read_text("utf-8")


def example(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)[1]


@pytest.mark.django_db(transaction=True)
def test_the_python_example_adds_a_computer(contoso: Here, live_server: LiveServer) -> None:
    line = contoso.estate().computers.first()
    variables = os.environ | {"PLANNER_SITE": live_server.url, "PLANNER_TOKEN": token(contoso)}
    program = [sys.executable, "-c", example("python")]
    done = subprocess.run(program, env=variables, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("200\n", "")
    assert contoso.estate().computers.filter(product=line.product, count=line.count + 1).exists()


def test_the_powershell_example_is_powershell() -> None:
    parser = Parser(Language(tree_sitter_powershell.language()))
    assert not parser.parse(example("powershell").encode()).root_node.has_error
    assert parser.parse(b"$plan = (").root_node.has_error
