"""A tally as bytes to keep until its session ends, and back."""

from __future__ import annotations

import json
import zlib
from datetime import date

from planner.imports.tally import Group, Note, Refusal, RefusedRow, Said, Tally, Where


def packed(tally: Tally) -> bytes:
    """The tally as compressed JSON."""
    data = {
        "content": tally.content,
        "rows": tally.rows,
        "groups": tally.groups,
        "refused": [[*refusal, rows] for refusal, rows in tally.refused.items()],
        "examples": [[each.row, each.refusal, each.cells] for each in tally.examples],
        "notes": [[note.code, note.text] for note in tally.notes],
        "patterns": tally.patterns,
        "today": tally.today.isoformat(),
        "idle_days": tally.idle_days,
    }
    return zlib.compress(json.dumps(data).encode(), 1)


def unpacked(data: bytes) -> Tally:
    """A tally that was packed."""
    found = json.loads(zlib.decompress(data))
    return Tally(
        content=found["content"],
        rows=found["rows"],
        groups=tuple(Group(Said(*said), Where(*where), *rest) for said, where, *rest in found["groups"]),
        refused={Refusal(code, column): rows for code, column, rows in found["refused"]},
        examples=tuple(RefusedRow(row, Refusal(*why), tuple(cells)) for row, why, cells in found["examples"]),
        notes=tuple(Note(*note) for note in found["notes"]),
        patterns=tuple(found["patterns"]),
        today=date.fromisoformat(found["today"]),
        idle_days=tuple(found["idle_days"]),
    )
