"""Any other table of computers: its columns are mapped by hand."""

from planner.imports.formats.format import Format

FORMAT = Format(slug="other", name="Another table", content="computers", columns={}, needs=())
