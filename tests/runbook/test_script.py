"""The runbook as a .ps1 file: bytes that Windows PowerShell reads, and names that stay names."""

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activation.rules.estate import Estate, HeldKey, Line, Network
from activation.rules.interchange import read_estate
from planner.examples import examples
from planner.runbook.script import script
from tests.rules.strategies import small_estate
from tests.runbook.parser import literals, parsed, shape
from tests.runbook.plans import CATALOGUE, CONTOSO, DAY, runbook_of
from tests.runbook.test_powershell import HOSTILE

NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1) | st.sampled_from(
    [name for name in HOSTILE if name]
)


def script_of(estate: Estate) -> str:
    return script(runbook_of(estate), CATALOGUE)


def small(organisation: str, network: str) -> Estate:
    lines = (Line(network, "windows-server-2022-standard", 6), Line(network, "windows-7-enterprise", 2))
    return Estate(DAY, (Network(network),), lines, organisation=organisation)


def test_the_file_is_utf_8_with_its_mark_and_windows_line_ends() -> None:
    made = script_of(replace(CONTOSO, organisation="Büro Contoso"))
    assert made.encode().startswith(b"\xef\xbb\xbf# Activation runbook")
    assert made.endswith("\r\n")
    assert "\n" not in made.replace("\r\n", "")
    assert "'Büro Contoso'" in made


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.slug)
def test_the_script_of_every_example_parses(example) -> None:
    assert not parsed(script_of(read_estate(example.estate, CATALOGUE, DAY))).has_error


@pytest.mark.parametrize("seed", range(60))
def test_the_script_of_any_estate_parses_and_every_step_in_it_is_whole(seed: int) -> None:
    made = runbook_of(read_estate(small_estate(Random(seed)), CATALOGUE, DAY))
    assert not parsed(script(made, CATALOGUE)).has_error
    for each in (each for part in made.parts for each in part.steps):
        assert all((each.title, each.on, each.why, each.do, each.look, each.check, each.back)), each
        assert "«" not in str(each)


def test_the_script_of_contoso_parses() -> None:
    assert not parsed(script_of(CONTOSO)).has_error


@given(organisation=NAMES, network=NAMES)
@settings(max_examples=40, deadline=None)
def test_every_name_stays_one_literal_and_changes_nothing_else(organisation: str, network: str) -> None:
    made, plain = script_of(small(organisation, network)), script_of(small("Contoso", "Main"))
    assert shape(made) == shape(plain)
    found, usual = literals(made), literals(plain)
    assert found == [{"Contoso": organisation, "Main": network}.get(each, each) for each in usual]
    assert usual.count("Contoso") == 1
    assert usual.count("Main") > 5


def test_each_name_stands_alone_on_its_line_so_that_no_letter_turns_what_stands_beside_it() -> None:
    made = script_of(small("\u202eContoso", "\u2066Main"))
    lines = [line.strip() for line in made.split("\r\n") if "\u202e" in line or "\u2066" in line]
    assert set(lines) == {"$Organisation = '\u202eContoso'", "Place = '\u2066Main'"}


def test_the_head_says_how_to_run_it_where_scripts_are_stopped() -> None:
    head = script_of(CONTOSO).split("param(")[0]
    assert "-ExecutionPolicy Bypass -File .\\FILE.ps1" in head
    assert all(line.startswith("#") for line in head.removeprefix("\ufeff").splitlines())


def test_nothing_runs_without_the_number_of_a_step() -> None:
    made = script_of(CONTOSO)
    outside = re.sub(r"(?s)\$Steps = @\(.*?\r\n\)\r\n", "", made)
    assert "slmgr" not in outside
    assert "if (-not $Step) {" in outside


def test_the_script_holds_no_key_but_public_ones() -> None:
    public = {product.gvlk for product in CATALOGUE.products.values()}
    estate = replace(CONTOSO, keys=(HeldKey("kms-windows-server-2022", 1),))
    found = set(re.findall(r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}", script_of(estate)))
    assert found
    assert found <= public
