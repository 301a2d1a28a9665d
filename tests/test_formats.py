"""docs/formats.md names every field that estates and plans have, and its examples can be planned."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from activation.rules.estate import Line, Network
from activation.rules.estate_document import AGREEMENTS, CONTACTS, KEY, LICENCE, LINE, SETTINGS, TOP
from activation.rules.interchange import plan_document, read_estate, read_estate_csv
from activation.rules.recommend import recommend
from activation.rules.routes import FIELDS
from activation.shipped import shipped
from planner.exports.rendering import FORMATS
from tests.documents import ROOT, blocks, first_table, rows, sections, text_of

TEXT = text_of(ROOT / "docs/formats.md")
ESTATE, PLAN = sections(TEXT)["estate/1"], sections(TEXT)["plan/1"]
PARTS = sections(TEXT, "###")
TODAY = "2026-11-24"
EXAMPLE = read_estate(json.loads(blocks(ESTATE, "json")[0]), shipped(), TODAY)
DOCUMENT: dict[str, Any] = plan_document(recommend(EXAMPLE, shipped()))


@pytest.mark.parametrize(
    ("part", "fields"),
    [("settings", SETTINGS), ("networks", FIELDS), ("computers", LINE), ("licences", LICENCE), ("keys", KEY)],
)
def test_every_field_of_an_estate_is_named_in_its_part(part: str, fields: Sequence[str]) -> None:
    assert list(rows(PARTS[part])) == list(fields)


def test_every_field_at_the_top_of_an_estate_is_named() -> None:
    assert list(first_table(ESTATE)) == list(TOP)


#: As little as an estate may hold.
BARE = read_estate(
    {
        "format": "estate/1",
        "settings": {},
        "networks": [{"name": "Main"}],
        "computers": [{"product": "windows-7-enterprise", "count": 1}],
    },
    shipped(),
    TODAY,
)


def in_words(value: object) -> str:
    """A default as the tables say it."""
    if isinstance(value, bool | str):
        return f"`{str(value).lower()}`"
    return "none" if value in (None, ()) else str(value)


@pytest.mark.parametrize(
    ("part", "taken"), [("settings", BARE.settings), ("networks", BARE.networks[0]), ("computers", BARE.lines[0])]
)
def test_what_stands_for_a_missing_field_is_what_the_planner_takes(part: str, taken: object) -> None:
    defaults = {field: cells[0] for field, cells in rows(PARTS[part]).items()}
    optional = [field for field, default in defaults.items() if default not in ("is needed", "the only one")]
    assert {field: defaults[field] for field in optional} == {
        field: in_words(getattr(taken, field)) for field in optional
    }


def test_an_estate_without_its_parts_has_what_the_table_says() -> None:
    table = {field: cells[0] for field, cells in first_table(ESTATE).items()}
    computers = [{"product": "windows-7-enterprise", "count": 1}]
    assert read_estate({"format": "estate/1", "computers": computers}, shipped(), TODAY) == BARE
    assert (BARE.organisation, table["organisation"]) == ("", "empty")
    assert (BARE.as_of, table["as_of"]) == (TODAY, "today")
    assert (BARE.agreement, table["agreement"]) == (None, "not said")
    assert (BARE.networks, table["networks"]) == ((Network("Main"),), "one, `Main`")
    assert (BARE.keys, table["keys"]) == ((), "none")


def test_the_values_to_choose_from_are_named() -> None:
    assert re.findall("`(.+?)`", first_table(ESTATE)["agreement"][1]) == list(AGREEMENTS)
    assert re.findall("`(.+?)`", rows(PARTS["computers"])["contact"][1]) == list(CONTACTS)


def test_each_format_of_the_command_line_has_its_place_in_the_table() -> None:
    table = TEXT[TEXT.index("| `--format` |") : TEXT.index("CSV is UTF-8")]
    named = re.findall("`([a-z0-9.]+)`", " ".join(line.split("|")[1] for line in table.splitlines()[2:] if line))
    assert sorted(named) == sorted(FORMATS)


def test_the_csv_example_gives_the_estate_that_it_says() -> None:
    estate = read_estate_csv(blocks(ESTATE, "csv")[0], shipped(), TODAY)
    assert estate.networks == (Network("Head office"), Network("Branch"))
    assert estate.lines == (
        Line("Head office", "windows-7-enterprise", 40, 5),
        Line("Branch", "windows-7-enterprise", 6, contact="rare"),
    )


def test_every_field_at_the_top_of_a_plan_is_named() -> None:
    assert list(first_table(PLAN)) == list(DOCUMENT)


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("kms_host_keys", "kms_host_keys"),
        ("maks", "maks"),
        ("computers in the plan", "computers"),
        ("pools", "pools"),
        ("licences in the plan", "licences"),
    ],
)
def test_every_field_of_a_plan_is_named_in_its_part(part: str, field: str) -> None:
    assert list(rows(PARTS[part])) == list(DOCUMENT[field][0])


def test_the_fields_inside_a_host_a_network_and_a_threshold_are_named() -> None:
    key, mak, pool = DOCUMENT["kms_host_keys"][0], DOCUMENT["maks"][0], DOCUMENT["pools"][0]
    inside = {
        ("kms_host_keys", "hosts"): key["hosts"][0],
        ("kms_host_keys", "activations"): key["activations"],
        ("maks", "networks"): mak["networks"][0],
        ("pools", "thresholds"): pool["thresholds"]["client"],
    }
    for (part, field), content in inside.items():
        words = rows(PARTS[part])[field][0]
        assert [name for name in content if f"`{name}`" not in words] == [], field
