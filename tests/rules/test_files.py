"""The bytes of a file: encodings, JSON or CSV, and files that are neither. Whatever they hold, errors are errors."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activation.catalogue import shipped
from activation.rules.estate import Estate, Line
from activation.rules.interchange import EstateError, EstateErrors, estate_of_file, read_estate, read_estate_csv

TODAY = "2026-11-24"
CATALOGUE = shipped()
JSON = '{"format": "estate/1", "organisation": "Büro", "computers": [{"product": "windows-7-enterprise", "count": 30}]}'
CSV = "product,count\nwindows-7-enterprise,30\n"


def estate(data: bytes, json_only: bool = False) -> Estate:
    return estate_of_file(data, CATALOGUE, TODAY, json_only)


def errors(data: bytes, json_only: bool = False) -> list[tuple[str, str]]:
    with pytest.raises(EstateErrors) as raised:
        estate(data, json_only)
    return [(error.path, error.message) for error in raised.value.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [JSON, CSV], ids=["json", "csv"])
def test_a_file_is_read_in_the_encodings_that_editors_save(text: str, encoding: str):
    assert estate(text.encode(encoding)).lines == (Line("Main", "windows-7-enterprise", 30),)


def test_umlauts_survive_every_encoding():
    names = {estate(JSON.encode(encoding)).organisation for encoding in ("utf-8-sig", "utf-16", "utf-32")}
    assert names == {"Büro"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t", "empty"),
        (b"nonsense", "CSV"),
        (b"null", "JSON"),
        (b"5", "JSON"),
        (b'"estate/1"', "JSON"),
        (b"[]", "not a list"),
        (b"{", "line 1, column 2"),
        (b'{"format": "estate/1",}', "comma too many"),
        (b"{'format': 1}", "double quotes"),
        (b'{"a": 1} {"b": 2}', "remove what follows"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": [-Infinity]}', "-Infinity"),
        (b'{"a": "\x01"}', "line break or tab"),
        (b'{"a": "\\x"}', "backslash"),
        (b'{"organisation": "B\xfcro"}', "UTF-8"),
        (b"\xff\xfe{", "UTF-8"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_estate_has_one_error_at_the_document(data: bytes, said: str):
    ((path, message),) = errors(data)
    assert path == "$"
    assert said in message


def test_a_json_file_is_never_taken_for_csv():
    assert [path for path, _ in errors(CSV.encode(), json_only=True)] == ["$"]


def test_the_line_of_a_byte_that_is_no_utf8_is_named():
    ((_, message),) = errors(b"product,count\nx,1\nB\xfcro,2\n")
    assert "line 3" in message
    assert "0xfc" in message


def test_a_field_that_stands_twice_is_named_at_its_place():
    document = b'{"format": "estate/1", "computers": [{"product": "windows-7-enterprise", "count": 30, "count": 31}]}'
    assert [path for path, _ in errors(document)] == ["computers[0].count"]


def test_a_number_of_five_thousand_digits_is_out_of_range_at_its_place():
    document = JSON.replace("30", "1" + "0" * 5000).encode()
    assert [path for path, _ in errors(document)] == ["computers[0].count"]


def test_a_number_beyond_floating_point_is_no_whole_number():
    assert [path for path, _ in errors(JSON.replace("30", "1e400").encode())] == ["computers[0].count"]


def test_half_a_letter_in_a_name_is_an_error_that_can_be_printed():
    ((path, message),) = errors(JSON.replace("Büro", "\\ud800").encode())
    assert path == "organisation"
    message.encode()


def test_half_a_letter_in_a_field_name_gives_a_path_that_can_be_printed():
    ((path, message),) = errors(JSON.replace('"organisation"', '"\\ud800\\n"').encode())
    assert path == "\\ud800\\n"
    (path + message).encode()


FIELDS = st.sampled_from(
    [
        *("format", "organisation", "as_of", "agreement", "settings", "networks", "computers", "licences", "keys"),
        *("name", "kms", "kms_via", "microsoft", "isolated", "kms_host_systems", "active_directory"),
        *("network", "product", "count", "virtual", "contact", "activate", "domain_joined", "avma"),
        *("quantity", "key", "remaining", "hosts_used", "evidence", "count_old_virtual", "mak_reserve_percent"),
    ]
)
TEXTS = st.one_of(
    st.text(alphabet=st.characters(), max_size=20),
    st.sampled_from(["estate/1", "Main", "windows-7-enterprise", "mak-windows-7", "kms-windows-7", "regular", "proxy"]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(FIELDS, st.text(alphabet=st.characters(), max_size=5)), inner, max_size=6),
    ),
    max_leaves=25,
)
OBJECTS = st.dictionaries(FIELDS, VALUES, max_size=6)
DOCUMENTS = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {},
        optional={
            "format": st.just("estate/1"),
            "networks": st.lists(st.fixed_dictionaries({"name": TEXTS}, optional={"kms_via": TEXTS}), max_size=4),
            "computers": st.lists(OBJECTS, max_size=3),
            "licences": st.lists(OBJECTS, max_size=3),
            "keys": st.lists(OBJECTS, max_size=3),
            "settings": OBJECTS,
        },
    ),
)


def check(read: Callable[[], Estate]) -> None:
    """Read; an estate and errors that a terminal can show are fine, any other exception fails the test."""
    found: tuple[EstateError, ...] = ()
    try:
        read()
    except EstateErrors as raised:
        found = raised.errors or (EstateError("", ""),)
    for error in found:
        assert error.path
        assert error.message
        assert (error.path + error.message).isprintable()
        (error.path + error.message).encode("utf-8")


@given(DOCUMENTS)
def test_any_json_value_is_an_estate_or_errors(document: object):
    check(lambda: read_estate(document, CATALOGUE, TODAY))


@given(DOCUMENTS)
def test_any_json_text_is_an_estate_or_errors(document: object):
    check(lambda: estate(json.dumps(document).encode()))


@given(st.binary(max_size=200))
def test_any_bytes_are_an_estate_or_errors(data: bytes):
    check(lambda: estate(data))


CELLS = st.one_of(
    st.sampled_from(["network", "product", "count", "virtual", "windows-7-enterprise", "30", "yes", "", '"', "sep=;"]),
    st.text(alphabet=st.characters(), max_size=8),
)
SHEETS = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6)


@given(SHEETS, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_any_csv_text_is_an_estate_or_errors(rows: list[list[str]], delimiter: str, end: str, header: bool):
    head = delimiter.join(["product", "count", "network"]) + end if header else ""
    check(lambda: read_estate_csv(head + end.join(delimiter.join(row) for row in rows), CATALOGUE, TODAY))
