"""A copy of the data files that a test may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from activation.files import FOLDER


@dataclass(frozen=True)
class DataFiles:
    """The copy, with the two ways of changing it that tests need."""

    folder: Path

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in the file exactly once."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands in {file} {text.count(old)} times"
        (self.folder / file).write_text(text.replace(old, new), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        with (self.folder / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    def cut(self, file: str, slug: str) -> None:
        """Take the row with this slug out of the file."""
        tables = (self.folder / file).read_text(encoding="utf-8").split("\n\n")
        kept = [table for table in tables if f'\nslug = "{slug}"\n' not in table]
        assert len(kept) == len(tables) - 1
        (self.folder / file).write_text("\n\n".join(kept) + "\n", encoding="utf-8")


@pytest.fixture
def data_files(tmp_path: Path) -> DataFiles:
    return DataFiles(Path(shutil.copytree(FOLDER, tmp_path / "catalogue")))


@pytest.fixture
def admin_client(client, django_user_model):
    """A signed-in administrator without a password: hashing one takes longer than most tests."""
    client.force_login(django_user_model.objects.create(username="alice", is_staff=True, is_superuser=True))
    return client
