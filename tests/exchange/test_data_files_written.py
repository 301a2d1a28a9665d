"""The data files as they are written: nothing that was not edited changes by a byte."""

import copy
import difflib
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from activation.exchange import zip_file
from activation.exchange.toml_text import statement, value_text
from activation.files import FOLDER, read_contents
from activation.shipped import rows_from_files, shipped
from tests.exchange.conftest import unzipped

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n"\\#[]{}='))


def shipped_rows():
    return copy.deepcopy(rows_from_files().rows)


def written(rows, version=None):
    return zip_file.data_files(version or shipped().version, rows)


def changed_lines(rows):
    """The lines that came and went, against the shipped files."""
    files = written(rows)
    return [
        line
        for name in files
        for line in difflib.unified_diff(
            (FOLDER / name).read_text(encoding="utf-8").splitlines(), files[name].decode().splitlines(), n=0
        )
        if not line.startswith(("---", "+++", "@@"))
    ]


def test_the_shipped_rows_give_the_shipped_files_byte_for_byte():
    files = written(rows_from_files().rows)
    assert files == {path.name: path.read_bytes() for path in FOLDER.glob("*.toml")}
    assert len(files) == 11


def test_the_same_catalogue_gives_the_same_zip():
    one, two = (zip_file.packed("1", "sha256:abc", shipped_rows()) for _ in range(2))
    assert one == two
    assert unzipped(one)["state.toml"] == b'state = "sha256:abc"\n'


def test_an_edited_field_changes_one_line():
    rows = shipped_rows()
    rows["product"]["windows-10-pro"]["name"] = 'Windows 10 "Pro"'
    assert changed_lines(rows) == ['-name = "Windows 10 Pro"', '+name = "Windows 10 \\"Pro\\""']


def test_an_edited_coverage_changes_the_line_of_its_own():
    rows = shipped_rows()
    rows["coverage"]["kms-windows-7/windows-vista"]["evidence"] = "unclear"
    went, came = changed_lines(rows)
    assert went.startswith('-  {group = "windows-vista", evidence = "documented"')
    assert came.startswith('+  {group = "windows-vista", evidence = "unclear"')


def test_a_deleted_row_takes_only_its_own_lines():
    rows = shipped_rows()
    del rows["rule"]["R-OPEN"]
    lines = changed_lines(rows)
    assert {line[0] for line in lines} == {"-"}
    assert '-slug = "R-OPEN"' in lines


def test_a_new_version_changes_the_line_of_the_version():
    files = written(rows_from_files().rows, "2028-01-01")
    assert files["about.toml"] == (FOLDER / "about.toml").read_bytes().replace(
        b'version = "2026-11-24"', b'version = "2028-01-01"'
    )


def test_a_system_between_two_others_keeps_every_position():
    rows = shipped_rows()
    rows["system"]["contoso-server"] = {
        "slug": "contoso-server",
        "name": "Contoso Server",
        "family": "server",
        "position": 75,
    }
    assert read_contents(written(rows)).rows == rows


def test_new_rows_of_every_kind_are_read_back():
    rows = shipped_rows()
    for kind, contents in rows.items():
        first = copy.deepcopy(next(iter(contents.values())))
        if "slug" in first:
            first["slug"] = "zz-contoso"
        for name, value in first.items():
            if name in ("name", "note", "title", "topic", "text", "product"):
                first[name] = f'{value} "Contoso" \\ Ä ®'
        if kind == "key":
            first["group"], first["type"] = "windows-server-2025", "kms"
            rows["coverage"]["zz-contoso/windows-server-2025"] = rows["coverage"][
                "kms-windows-server-2025/windows-server-2025"
            ] | {"key": "zz-contoso"}
        if "slug" in first and kind != "product":
            contents["zz-contoso"] = first
    rows["key"]["mak-zz-contoso"] = rows["key"]["mak-windows-7"] | {
        "slug": "mak-zz-contoso",
        "group": "zz-contoso",
        "name": "Contoso MAK",
    }
    rows["coverage"]["mak-zz-contoso/zz-contoso"] = rows["coverage"]["mak-windows-7/windows-7"] | {
        "key": "mak-zz-contoso",
        "group": "zz-contoso",
    }
    assert read_contents(written(rows)).rows == rows


@given(TEXTS | st.lists(TEXTS) | st.integers(0, 2**31 - 1) | st.booleans())
def test_any_value_is_read_back_as_it_was(value):
    assert tomllib.loads(statement("name", value)) == {"name": value}
    assert "\n" not in value_text(value)
