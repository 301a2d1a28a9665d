"""What loading does with one row: the data files, the tables and what was shipped last, compared. Pure."""

from __future__ import annotations

from typing import Literal

Verdict = Literal["leave", "add", "update", "remove", "kept", "conflicting"]


def verdict(file: str | None, here: str | None, shipped: str | None) -> Verdict:
    """What to do with a row, from its digests in the files, in the tables and as last shipped; None: not there.

    `kept`: edited or deleted here while the files did not change. `conflicting`: the files changed too. In both the
    tables stay as they are.
    """
    if file == here:
        return "leave"
    if here == shipped:
        return _untouched(file, here)
    if shipped is None and file is None:
        return "leave"
    return "kept" if file == shipped else "conflicting"


def _untouched(file: str | None, here: str | None) -> Verdict:
    if here is None:
        return "add"
    return "remove" if file is None else "update"
