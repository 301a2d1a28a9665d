"""The day on which the reference is read."""

import pytest

from tests.reference.pages import set_day


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, "2026-11-24")
