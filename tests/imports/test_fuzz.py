"""Files of any bytes, and tables broken in one place: each is read or refused in words, soon and in little memory."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path
from time import perf_counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.imports.limits import Limits
from planner.imports.looking import look
from planner.imports.reading import Question, read
from planner.imports.shapes import UnreadableFileError

EACH = 2_500  #: files of each of the four kinds
TABLES = (
    b"Name,Enabled,OperatingSystem,LastLogonDate\r\nPC1,True,Windows 10 Enterprise,24.11.2026\r\n",
    b'#TYPE System\r\n"Caption";"Version"\r\n"Microsoft Windows 7 Enterprise ";"6.1.7601"\r\n',
    b"Product\tQuantity\nWindows Server 2019 Standard\t12\n",
    b'{"format": "estate/1", "computers": [{"product": "windows-7-enterprise", "count": 1}]}',
    "Name,OperatingSystem\r\nPC1,Windows 11 Pro\r\n".encode("utf-16"),
)
PIECES = (b'"', b"\0", b"\xff", b"\r", b"\n", b",", b";", b"\t", b"sep=;\r\n", b"PK\x03\x04", b"{", b"[", b"=1+1")

every = settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
broken = st.tuples(st.sampled_from(TABLES), st.integers(0, 120), st.integers(0, 8), st.lists(st.sampled_from(PIECES)))


def is_answered(data: bytes, folder: Path) -> None:
    """The file is read, or refused in words, within two seconds."""
    path = folder / "upload"
    path.write_bytes(data)
    begun = perf_counter()
    try:
        seen = look(path, Limits())
        form, columns = seen.recognised.format, seen.recognised.columns
        tally = read(path, seen.shape, form, columns, Question(date(2026, 11, 24)), Limits(), folder / "refused")
        assert tally.rows == sum(group.rows for group in tally.groups) + sum(tally.refused.values())
    except UnreadableFileError:
        pass  # in words: it is raised with nothing else
    assert perf_counter() - begun < 2


@every
@given(st.binary(max_size=300))
def test_any_bytes_are_answered(tmp_path_factory: object, data: bytes) -> None:
    is_answered(data, tmp_path_factory.getbasetemp())


@every
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-32"]))
def test_any_text_is_answered(tmp_path_factory: object, text: str, encoding: str) -> None:
    is_answered(text.encode(encoding, "replace"), tmp_path_factory.getbasetemp())


@every
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), max_size=6), st.sampled_from(",;\t|"))
def test_any_table_is_answered(tmp_path_factory: object, rows: list[list[str]], delimiter: str) -> None:
    text = "OperatingSystem\n" + "\n".join(delimiter.join(row) for row in rows)
    is_answered(text.encode("utf-8", "replace"), tmp_path_factory.getbasetemp())


@every
@given(broken)
def test_a_broken_table_is_answered(tmp_path_factory: object, how: tuple[bytes, int, int, list[bytes]]) -> None:
    table, place, removed, pieces = how
    data = table[:place] + b"".join(pieces) + table[place + removed :]
    is_answered(data, tmp_path_factory.getbasetemp())


def test_a_long_file_of_different_rows_takes_little_memory(tmp_path: Path) -> None:
    rows = b"".join(b"PC%06d,Windows 10 Enterprise,2026-11-20\r\n" % number for number in range(20_000))
    tracemalloc.start()
    path = tmp_path / "upload"
    path.write_bytes(b"Name,OperatingSystem,LastLogonDate\r\n" + rows)
    seen = look(path, Limits())
    columns = seen.recognised.columns
    question = Question(date(2026, 11, 24))
    read(path, seen.shape, seen.recognised.format, columns, question, Limits(), tmp_path / "refused")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
