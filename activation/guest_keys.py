"""The public keys of AVMA guests, as `avma.toml` has them. They stand beside the tables of the catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from activation.files import FOLDER


@dataclass(frozen=True, slots=True)
class GuestKey:
    """A key and the slug of the document that it is written in."""

    key: str
    source: str


def guest_key(product: str) -> GuestKey | None:
    """The key of an edition by its full name, such as `Windows Server 2022 Standard`; None where there is none."""
    return _by_name().get(product)


@cache
def _by_name() -> Mapping[str, GuestKey]:
    rows = tomllib.loads((FOLDER / "avma.toml").read_text(encoding="utf-8"))["guest_key"]
    return {name: GuestKey(row["key"], row["source"]) for row in rows for name in _names(row["guest"], row["edition"])}


def _names(guest: str, edition: str) -> list[str]:
    """`2022` is one version, `SAC 1709/1803` are two that have products of their own."""
    if not guest.startswith("SAC "):
        return [f"Windows Server {guest} {edition}"]
    return [f"Windows Server, version {version} {edition}" for version in guest.removeprefix("SAC ").split("/")]
