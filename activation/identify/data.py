"""The data files of recognition, read once. No Django."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Outside:
    """What is in no plan: any of `words` (all of one entry) stands in the name, and none of `unless`."""

    reason: str
    system: str
    words: tuple[frozenset[str], ...]
    unless: frozenset[str]

    def meets(self, words: frozenset[str]) -> bool:
        """Whether these words of a name say so."""
        return not self.unless & words and any(entry <= words for entry in self.words)


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def spellings() -> dict[str, str]:
    """Word -> the words that the catalogue uses; empty text for words that say nothing."""
    words = _file("words.toml")
    return {**words["same"], **words["families"], **dict.fromkeys(words["nothing"]["words"], "")}


@cache
def translations() -> dict[str, str]:
    """Word of another language -> the English one."""
    return {
        word: english for language in _file("words.toml")["language"] for word, english in language["words"].items()
    }


@cache
def office_years() -> dict[str, str]:
    """Major version of Office -> its year, for licences that name no year."""
    return dict(_file("words.toml")["office"]["years"])


@cache
def office_editions() -> dict[str, str]:
    """Edition in the name of a licence -> the name of the product without its year."""
    return dict(_file("words.toml")["office"]["editions"])


@cache
def outsides() -> tuple[Outside, ...]:
    """What is in no plan, in the order of the file."""
    return tuple(
        Outside(
            row["reason"],
            row["system"],
            tuple(frozenset(entry) for entry in row["words"]),
            frozenset(row.get("unless", ())),
        )
        for row in _file("outside.toml")["outside"]
    )


@cache
def _telling() -> frozenset[str]:
    """The words without which nothing is outside: most names have none of them."""
    return frozenset[str]().union(*(entry for row in outsides() for entry in row.words)) - {"windows", "server"}


def outside_of(words: frozenset[str]) -> Outside | None:
    """Why a name of these words is in no plan, or None."""
    return None if words.isdisjoint(_telling()) else next((row for row in outsides() if row.meets(words)), None)


@cache
def kernels() -> dict[int, str]:
    """Build -> kernel, for builds that the catalogue does not list."""
    return {row["build"]: row["os_version"] for row in _file("outside.toml")["build"]}


@cache
def outside_skus() -> dict[int, str]:
    """OperatingSystemSKU -> what it is, for editions without volume activation."""
    return {int(number): system for number, system in _file("outside.toml")["skus"]["numbers"].items()}
