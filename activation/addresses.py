"""Where a document is, as an address. The catalogue says it in words; only web addresses and repositories link."""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"https?://[^\s;]+")
#: `github:OWNER/REPOSITORY path/of/file.md commit 0a1b2c3d`, also `@0a1b2c3d` or `HEAD 0a1b2c3d`.
_REPOSITORY = re.compile(r"github:?\s*(?P<name>[\w.-]+/[\w.-]+)(?:\s+(?P<path>[\w./-]+))?")
_COMMIT = re.compile(r"(?:commit |@|HEAD )(?P<commit>[0-9a-f]{7,40})\b")
#: An address without its scheme.
_HOST = re.compile(r"(?:[a-z0-9-]+\.)*(?:microsoft|github)\.com/[^\s;]+")


@lru_cache(maxsize=512)
def web_address(where: str) -> str:
    """The address in a catalogue's `where`, "" when there is none. Never anything but http and https."""
    if match := _ADDRESS.search(where):
        return match[0]
    if match := _HOST.match(where):
        return f"https://{match[0]}"
    if match := _REPOSITORY.match(where):
        return _file(match["name"], match["path"] or "", where)
    return ""


def _file(repository: str, path: str, where: str) -> str:
    """A file of a public repository at its commit; the repository when the path is shortened."""
    if not path or ".." in path or "." not in path:
        return f"https://github.com/{repository}"
    commit = _COMMIT.search(where)
    return f"https://github.com/{repository}/blob/{commit['commit'] if commit else 'HEAD'}/{path}"
