"""What an import does with a row: the file, the catalogue here, and what both come from."""

import copy

import pytest

from activation.exchange.comparing import compare, digests, outcome
from activation.shipped import rows_from_files

SLUG = "windows-7-enterprise"
ROW = ("product", SLUG)


def rows_with(note):
    """The shipped rows with a note on one product, or without it."""
    rows = {kind: dict(contents) for kind, contents in rows_from_files().rows.items()}
    if note is None:
        del rows["product"][SLUG]
    else:
        rows["product"][SLUG] = {**rows["product"][SLUG], "note": note}
    return rows


def compared(base, here, file):
    return compare(digests(rows_with(base)), rows_with(here), rows_with(file))


@pytest.mark.parametrize(
    ("base", "here", "file", "verdict", "stands"),
    [
        ("a", "a", "b", "update", "b"),
        ("a", "b", "a", "kept", "b"),
        ("a", "b", "c", "conflicting", "b"),
        (None, None, "a", "add", "a"),
        ("a", "a", None, "remove", None),
        ("a", None, "a", "kept", None),
        ("a", None, "b", "conflicting", None),
        ("a", "b", None, "conflicting", "b"),
        (None, "a", None, "kept", "a"),
        (None, "a", "b", "conflicting", "a"),
    ],
)
def test_a_row_is_taken_from_the_file_only_when_it_was_left_alone_here(base, here, file, verdict, stands):
    (difference,) = compared(base, here, file)
    assert difference.verdict == verdict
    after = outcome(rows_with(here), [difference], {})
    assert after["product"].get(SLUG, {"note": None})["note"] == stands


@pytest.mark.parametrize(("side", "note"), [("file", "c"), ("here", "b")])
def test_the_chosen_side_of_a_conflict_stands(side, note):
    differences = compared("a", "b", "c")
    assert outcome(rows_with("b"), differences, {ROW: side})["product"][SLUG]["note"] == note


@pytest.mark.parametrize(("here", "file"), [("a", "a"), ("b", "b"), (None, None)])
def test_what_is_the_same_on_both_sides_is_no_difference(here, file):
    assert compared("a", here, file) == []


def test_a_field_is_shown_before_and_after():
    (difference,) = compared("a", "a", "b")
    assert [(field.name, field.before, field.after) for field in difference.fields] == [("note", "a", "b")]


def test_the_parts_of_a_key_that_is_gone_on_one_side_follow_its_choice():
    base = rows_from_files().rows
    here, file = copy.deepcopy(base), copy.deepcopy(base)
    key = "kms-windows-7"
    parts = {("coverage", name) for name in base["coverage"] if name.startswith(f"{key}/")}
    parts |= {("host", name) for name in base["host"] if name.startswith(f"{key}/")}
    del here["key"][key]
    for kind, name in parts:
        del here[kind][name]
    file["key"][key]["note"] = "Changed"
    differences = compare(digests(base), here, file)
    assert {row.row for row in differences if row.follows == key} == parts
    assert outcome(here, differences, {("key", key): "file"}) == file
    assert outcome(here, differences, {("key", key): "here"}) == here
