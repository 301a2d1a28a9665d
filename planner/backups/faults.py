"""What keeps a copy from being made or brought back."""

from __future__ import annotations


class BackupError(Exception):
    """Nothing was changed; the text says what is in the way and what to do."""
