"""The fast path for long files against the careful reader: the same tally, or the fast one leaves the file alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.imports import fast, reading
from planner.imports.counting import Counting, Progress, Question
from planner.imports.formats import active_directory
from planner.imports.limits import Limits
from planner.imports.looking import look
from planner.imports.reading import read
from planner.imports.records import records
from planner.imports.refusals import Refusals
from planner.imports.shapes import Shape, UnreadableFileError
from planner.imports.tally import Tally

KEY = "BCDFG-HJKMP-QRTVW-XY234-6789B"
HEADINGS = ("Name", "Enabled", "OperatingSystem", "LastLogonDate", "DistinguishedName")
PLAIN = ("PC1", "True", "Windows 10 Enterprise", "2026-08-20", "CN=PC1,OU=Berlin,DC=contoso,DC=com")
DAYS = (
    "2026-11-24",
    "8/26/2026 1:02:03 AM",
    "26.08.2026",
    "2026-08-26T08:11:22",
    "2026-02-30",
    "1/1/99",
    "0",
    "2030-1-1",
)
NAMES = ("CN=A\\,B,OU=X,DC=c", "cn=PC,OU=X", "OU=X", "contoso.com/X/PC1", "CN=PC1", " CN=PC1,OU=X ", "CN=a,\nOU=b")
ODD = (
    "",
    " ",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "a,b",
    'say "hi"',
    "two\r\nlines",
    "one\nmore",
    "\rx",
    KEY,
    f"x {KEY}",
    "?a?b",
    "'",
    "\U0001f5a5",
    "\x1f",
)
BROKEN = (
    b"short\r\n",
    b'a,"b"c,d,e,f\r\n',
    b'a,b"c,d,e,f\r\n',
    b'a, "b",c,d,e\r\n',
    b"\r\n",
    b",,,,\r\n",
    b" ,,,,\r\n",
    b"a,b,c,d,e,\r\n",
    b"a,b,c,d,e,f\r\n",
    b"\xff,b,c,d,e\r\n",
    b"a\0,b,c,d,e\r\n",
    b"a,b,c,d\re\r\n",
    b'"open,b,c,d,e\r\n',
    b"x" * 40_000 + b",b,c,d,e\r\n",
    b"\xef\xbb\xbfa,b,c,d,e\n",
    b"#,b,c,d,e\r\n",
    b"\\,b,c,d,e\r\n",
    b'"a\\",b,c,d,e\r\n',
)

cell = st.sampled_from(ODD) | st.text(max_size=6)
rows = st.lists(
    st.tuples(
        st.sampled_from(("PC1", "ber-01", "BER-x[1]", "\u00c4-1")) | cell,
        st.sampled_from(("True", "False", "")) | cell,
        st.sampled_from(("Windows 10 Enterprise", "Windows 7 Professional ")) | cell,
        st.sampled_from(DAYS) | cell,
        st.sampled_from(NAMES) | cell,
    ),
    max_size=12,
)
tables = st.tuples(
    rows,
    st.sampled_from(",;\t|"),
    st.sampled_from(("\r\n", "\r\n", "\n", "\n", "\r")),
    st.booleans(),
    st.sampled_from((b"",) * 60 + BROKEN),
    st.sampled_from(("utf-8",) * 6 + ("utf-8-sig", "cp1252", "utf-16")),
)
shapes = st.tuples(st.sampled_from(("ymd", "dmy", "mdy")), st.sampled_from((0, 0, 1)), st.booleans())
every = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def written(table: tuple[Any, ...]) -> bytes:
    """The rows as a file: each cell quoted, or those that need it."""
    lines, delimiter, ends, quoted, broken, encoding = table

    def one(text: str) -> str:
        return f'"{text.replace(chr(34), chr(34) * 2)}"' if quoted or set(text) & set(f'{delimiter}"\r\n') else text

    def all_of(*some: Sequence[str]) -> bytes:
        return "".join(delimiter.join(map(one, line)) + ends for line in some).encode(encoding, "replace")

    return all_of(HEADINGS, PLAIN, *lines) + broken + (all_of(PLAIN) if encoding == "utf-8" else b"")


def carefully(path: Path, shape: Shape, columns: Any, question: Question, limits: Limits) -> Tally | str:
    try:
        return read(path, shape, active_directory.FORMAT, columns, question, limits, path.with_suffix(".refused"))
    except UnreadableFileError as error:
        return str(error)


def quickly(path: Path, shape: Shape, columns: Any, question: Question, limits: Limits) -> Tally | None:
    first = next(records(path, shape, limits))
    headings = [text.strip() for text in first.cells]
    with Refusals(path.with_suffix(".no"), headings, shape.delimiter) as refusals:
        counting = Counting(headings, shape, active_directory.FORMAT, columns, question, limits, refusals)
        return counting.tally() if fast.counted(path, len(headings), counting, lambda _: None) else None


@pytest.fixture(scope="module", autouse=True)
def few_days() -> Iterator[None]:
    """Known beforehand, which is most of the time for a short file; others are told apart as they stand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "YEARS", 2)
        yield


@every
@given(tables, shapes, st.sampled_from(((), ("BER-*", "?c1"), ("*[1]", "\u00e4*"))))
def test_the_fast_path_tells_what_the_careful_reader_tells_or_nothing(
    tmp_path_factory: Any, table: tuple[Any, ...], how: tuple[Any, ...], patterns: Sequence[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "upload"
    path.write_bytes(written(table))
    order, skipped, has_headings = how
    shape = Shape("text", "utf-8", table[1], skipped, has_headings, "", order)
    columns = dict(zip(("name", "enabled", "system", "last_logon", "ou"), range(5), strict=True))
    asked = path, shape, columns, Question(date(2026, 11, 24), patterns), Limits()
    found = quickly(*asked)
    assert found is None or found == carefully(*asked)


def test_a_file_as_it_should_be_takes_the_fast_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "upload"
    path.write_text("\n".join(",".join(f'"{text}"' for text in row) for row in (HEADINGS, PLAIN, PLAIN)), "utf-8")
    seen = look(path, Limits())
    asked = path, seen.shape, seen.recognised.columns, Question(date(2026, 11, 24), ("pc*",)), Limits()
    found = quickly(*asked)
    assert found
    assert [(group.where.ou, group.rows, group.idle_days, group.pattern) for group in found.groups] == [
        ("OU=Berlin,DC=contoso,DC=com", 2, 90, 0)
    ]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_long_file_with_one_broken_row_is_read_as_by_the_careful_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bytes
) -> None:
    path = tmp_path / "upload"
    line = ",".join(f'"{text}"' for text in PLAIN).encode() + b"\r\n"
    path.write_bytes(",".join(HEADINGS).encode() + b"\r\n" + line * 50 + broken + line * 50)
    seen = look(path, Limits())
    asked = path, seen.shape, seen.recognised.columns, Question(date(2026, 11, 24)), Limits()
    slow = carefully(*asked)
    monkeypatch.setattr(reading, "FAST", 0)
    assert carefully(*asked) == slow


def test_a_site_without_duckdb_still_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.setattr(reading, "FAST", 0)
    path = tmp_path / "upload"
    path.write_bytes(b"Name,OperatingSystem\nPC1,Windows 10 Enterprise\n")
    seen = look(path, Limits())
    tally = carefully(path, seen.shape, seen.recognised.columns, Question(date(2026, 11, 24)), Limits())
    assert isinstance(tally, Tally)
    assert tally.rows == 1


def test_what_progress_raises_ends_the_fast_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class CancelledError(Exception):
        pass

    def cancel(_: Progress) -> None:
        raise CancelledError

    monkeypatch.setattr(reading, "FAST", 0)
    path = tmp_path / "upload"
    path.write_bytes(b"Name,OperatingSystem\n" + b"PC1,Windows 10 Enterprise\n" * 200_000)
    seen = look(path, Limits())
    form, columns, question = seen.recognised.format, seen.recognised.columns, Question(date(2026, 11, 24))
    with pytest.raises(CancelledError):
        read(path, seen.shape, form, columns, question, Limits(), tmp_path / "refused", cancel)
