"""What must hold in a catalogue: each rule is broken once, and said. Pure: the rows of the data files, changed."""

from __future__ import annotations

from copy import deepcopy

import pytest

from activation.build import build
from activation.consistency import problems
from activation.rows import KINDS
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend
from activation.shipped import rows_from_files
from planner.examples import examples
from planner.exports.text import plan_text


@pytest.fixture
def rows():
    return deepcopy(rows_from_files().rows)


def said(rows):
    return [(problem.kind, problem.identity, problem.field, problem.message) for problem in problems(rows)]


def test_the_shipped_rows_hold(rows):
    assert problems(rows) == []


def cover(rows, key, group):
    """Let a key activate one more group."""
    rows["coverage"][f"{key}/{group}"] = {"key": key, "group": group, "evidence": "documented", "sources": ["EOL"]}


@pytest.mark.parametrize(
    ("key", "group", "message"),
    [
        ("kms-office-2019", "office-2021", "the key of an Office version activates this version only"),
        ("kms-office-2019", "windows-10", "the key of an Office version activates this version only"),
        ("kms-windows-10", "office-2019", "a Windows key activates no Office version"),
        ("kms-windows-server-2019", "office-2019", "a Windows key activates no Office version"),
        ("kms-windows-10", "windows-server-2016", "a client key activates no server group"),
        ("mak-windows-7", "windows-vista", "a MAK activates its own group only"),
    ],
)
def test_a_key_activates_groups_of_its_own_application_only(rows, key, group, message):
    cover(rows, key, group)
    assert said(rows) == [("coverage", f"{key}/{group}", "group", message)]


def test_a_server_key_may_activate_clients(rows):
    cover(rows, "kms-windows-server-2025", "windows-vista")
    assert problems(rows) == []


@pytest.mark.parametrize("key", ["kms-windows-7", "mak-windows-7"])
def test_a_key_covers_its_own_group(rows, key):
    del rows["coverage"][f"{key}/windows-7"]
    assert said(rows) == [("key", key, "activates", 'its own group "windows-7" is missing')]


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        ("coverage", "kms-windows-7/windows-vista"),
        ("rule", "R-THRESH"),
        ("group", "windows-7"),
        ("support", "windows-7-sp1"),
        ("dispute", "C19"),
    ],
)
def test_what_is_stated_has_a_source(rows, kind, identity):
    rows[kind][identity]["sources"] = []
    assert said(rows) == [(kind, identity, "sources", "must not be empty")]


@pytest.mark.parametrize("allowed", [True, False])
def test_a_host_that_is_stated_has_a_source(rows, allowed):
    rows["host"]["kms-windows-7/windows-vista"] |= {"allowed": allowed, "sources": []}
    assert said(rows) == [("host", "kms-windows-7/windows-vista", "sources", "needed when allowed is given")]


CLIENTS_ONLY = "a host on a client system activates clients only: the key of a server group is not allowed there"


@pytest.mark.parametrize(
    ("key", "system", "allowed", "message"),
    [
        ("kms-windows-server-2008-r2-c", "windows-7", True, CLIENTS_ONLY),
        ("kms-windows-server-2008-r2-c", "windows-7", None, None),
        ("kms-windows-server-2008-r2-c", "windows-7", False, None),
        ("kms-windows-7", "windows-7", True, None),
        ("kms-windows-7", "windows-server-2008-r2", True, None),
        ("kms-office-2016", "windows-7", True, None),
    ],
)
def test_the_key_of_a_server_group_is_not_allowed_on_a_client_system(rows, key, system, allowed, message):
    stated = rows["host"].get(f"{key}/{system}") or rows["host"]["kms-windows-7/windows-7"]
    rows["host"][f"{key}/{system}"] = stated | {"key": key, "system": system, "allowed": allowed}
    assert said(rows) == ([("host", f"{key}/{system}", "allowed", message)] if message else [])


@pytest.mark.parametrize(
    ("kind", "identity", "field", "value", "message"),
    [
        ("host", "kms-windows-7/windows-vista", "system", "windows-2000", 'there is no host system "windows-2000"'),
        ("key", "kms-windows-7", "group", "windows-2000", 'there is no product group "windows-2000"'),
        ("key", "kms-windows-7", "group", None, "must not be empty"),
        ("rule", "R-THRESH", "sources", ["HEARSAY"], 'there is no source "HEARSAY"'),
    ],
)
def test_a_row_names_rows_that_are_there(rows, kind, identity, field, value, message):
    rows[kind][identity][field] = value
    assert said(rows) == [(kind, identity, field, message)]


def test_a_group_has_a_mak(rows):
    for kind in ("key", "coverage"):
        rows[kind] = {name: row for name, row in rows[kind].items() if not name.startswith("mak-windows-7")}
    assert ("group", "windows-7", "slug", "needs exactly one MAK, has 0") in said(rows)


def test_a_mak_is_retired_with_its_group_only(rows):
    rows["key"]["mak-windows-7"]["retired"] = True
    message = "must be set like that of its MAK: its computers fall back on it"
    assert said(rows) == [("group", "windows-7", "retired", message)]
    rows["group"]["windows-7"]["retired"] = True
    assert problems(rows) == []


def test_dates_of_support_follow_each_other(rows):
    rows["support"]["windows-7-sp1"]["mainstream_end"] = "2030-01-01"
    assert [(kind, identity) for kind, identity, *_ in said(rows)] == [("support", "windows-7-sp1")]


# --- Texts ---


@pytest.mark.parametrize(
    "where",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "see javascript:alert(1)",
        "data:text/html,hello",
        "vbscript:msgbox",
        "file:///etc/hosts",
        "ftp://contoso.example/table",
    ],
)
def test_an_address_of_a_source_is_of_the_web_or_a_repository(rows, where):
    rows["source"]["EOL"]["where"] = where
    ((kind, identity, field, message),) = said(rows)
    assert (kind, identity, field) == ("source", "EOL", "where")
    assert message.startswith("must be a web address (http, https) or a repository (github)")


def test_an_address_that_goes_on_in_the_next_line_is_refused(rows):
    rows["source"]["EOL"]["where"] = "java\nscript:alert(1)"
    assert said(rows) == [("source", "EOL", "where", "must be one line")]


@pytest.mark.parametrize(
    "where",
    ["https://contoso.example:8443/a:b", "github:contoso/docs path.md", "HTTP://contoso.example", "page 4", ""],
)
def test_web_addresses_repositories_and_words_are_accepted(rows, where):
    rows["source"]["EOL"]["where"] = where
    assert problems(rows) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "must not be empty"),
        (" \n ", "must not be empty"),
        ("Windows\n7", "must be one line"),
        ("Windows\x007", "holds a control character"),
        ("Windows\x1b[31m", "holds a control character"),
        ("Windows \u202e7", "holds a control character"),
        ("Windows\u200b 7", "holds a control character"),
        ("W" * 201, "is longer than 200 characters"),
    ],
)
def test_a_name_is_one_line_that_can_be_read(rows, name, message):
    rows["product"]["windows-7-enterprise"]["name"] = name
    assert said(rows) == [("product", "windows-7-enterprise", "name", message)]


@pytest.mark.parametrize(
    "name", ["windows 7  PROFESSIONAL", "Windows\u00a07 Professional", "Windows \uff17 Professional"]
)
def test_a_name_that_only_looks_different_is_the_same(rows, name):
    rows["product"]["windows-7-enterprise"]["name"] = name
    assert {identity for _, identity, *_ in said(rows)} == {"windows-7-enterprise", "windows-7-professional"}


@pytest.mark.parametrize("field", ["note", "aliases"])
def test_control_characters_are_found_in_any_text(rows, field):
    rows["key"]["kms-windows-7"][field] = "a\x07b" if field == "note" else ["a\x07b"]
    assert said(rows) == [("key", "kms-windows-7", field, "holds a control character")]


def test_every_check_is_made_although_one_has_found_something(rows):
    rows["rule"]["R-THRESH"]["sources"] = []
    rows["product"]["windows-7-enterprise"]["name"] = ""
    cover(rows, "kms-windows-10", "windows-server-2016")
    assert [kind for kind, *_ in said(rows)] == ["product", "rule", "coverage"]


# --- The figures that plans are made with ---

NEEDED = [
    ("R-THRESH", "client"),
    ("R-THRESH", "server"),
    ("R-THRESH", "office"),
    ("R-VALID", "valid_days"),
    ("R-HOSTS", "hosts"),
    ("R-HOSTS", "activations_per_host"),
    ("R-2HOSTS", "clients"),
]


@pytest.mark.parametrize(("rule", "figure"), NEEDED)
@pytest.mark.parametrize("number", [None, 0])
def test_a_figure_that_plans_are_made_with_is_there_and_at_least_one(rows, rule, figure, number):
    del rows["rule"][rule]["params"][figure]
    if number is not None:
        rows["rule"][rule]["params"][figure] = number
    assert said(rows) == [("rule", rule, "params", f'need "{figure}", at least 1: plans are made with it')]


def test_a_rule_that_plans_are_made_with_is_there(rows):
    del rows["rule"]["R-2HOSTS"]
    assert said(rows) == [("rule", "R-2HOSTS", "params", 'need "clients", at least 1: plans are made with it')]


def test_other_figures_may_go_and_every_example_is_planned_and_told_all_the_same(rows):
    kept = {(rule, figure) for rule, figure in NEEDED}
    for slug, rule in rows["rule"].items():
        rule["params"] = {name: number for name, number in rule["params"].items() if (slug, name) in kept}
    assert problems(rows) == []
    catalogue = build("2026-11-24", rows)
    for example in examples():
        plan = recommend(read_estate(example.estate, catalogue, "2026-11-24"), catalogue)
        assert plan_text(plan, catalogue, explain=True)


# --- What the form of the rows rules out ---


def test_a_row_names_only_rows_of_kinds_before_its_own_so_there_are_no_cycles():
    order = list(KINDS)
    for kind, spec in KINDS.items():
        for field in spec.fields:
            assert not field.to or order.index(field.to) < order.index(kind), (kind, field.name)


def test_a_product_is_in_one_group_at_most():
    assert [field.type for field in KINDS["product"].fields if field.to == "group"] == ["one"]
