"""A right and a wrong estate as files."""

import json
from pathlib import Path

import pytest

from tests.plan_command.estates import CONTOSO, WRONG, write


@pytest.fixture
def contoso(tmp_path: Path) -> Path:
    return write(tmp_path / "contoso.json", json.dumps(CONTOSO))


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return write(tmp_path / "wrong.json", json.dumps(WRONG))
