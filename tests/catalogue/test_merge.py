"""The three-way comparison that decides what loading does with one row."""

import pytest

from activation.merge import verdict


@pytest.mark.parametrize(
    ("file", "here", "shipped", "expected"),
    [
        ("a", None, None, "add"),
        ("a", "a", "a", "leave"),
        ("b", "a", "a", "update"),
        (None, "a", "a", "remove"),
        ("a", "mine", "a", "kept"),
        ("a", None, "a", "kept"),
        ("b", "mine", "a", "conflicting"),
        ("b", None, "a", "conflicting"),
        (None, "mine", "a", "conflicting"),
        ("a", "mine", None, "conflicting"),
        ("a", "a", None, "leave"),
        ("b", "b", "a", "leave"),
        (None, "mine", None, "leave"),
        (None, None, "a", "leave"),
    ],
    ids=[
        "new in the files",
        "the same everywhere",
        "changed in the files and untouched here",
        "gone from the files and untouched here",
        "edited here",
        "deleted here",
        "edited here and changed in the files",
        "deleted here and changed in the files",
        "edited here and gone from the files",
        "made here, now shipped with another content",
        "made here, now shipped with the same content",
        "edited here to what the files now say",
        "made here",
        "deleted here and gone from the files",
    ],
)
def test_what_happens_to_a_row_that_is(file, here, shipped, expected):
    assert verdict(file, here, shipped) == expected
