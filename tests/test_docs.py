"""The documents say what is: commands run, links lead somewhere, codes, figures and sources are the catalogue's."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from io import StringIO
from math import ceil
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

import run
from activation.rules import plan_warnings, reasons
from activation.rules.catalogue import Dispute, Rule
from activation.rules.plan import REASONS, WARNINGS
from activation.shipped import shipped
from planner.sources import web_address
from tests.documents import DOCUMENTS, ROOT, blocks, rows, sections, text_of

README, RULES, CHANGELOG = ROOT / "README.md", ROOT / "docs/rules.md", ROOT / "CHANGELOG.md"
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
CATALOGUE = shipped()

CITED = re.compile(r"\[([A-Z][\w.-]*)\](?![(:])")
STATED = re.compile(r"`(R-[\w-]+|L\.\w+|C\d+)`")
LINK = re.compile(r"(?:\]\(|(?:src|srcset)=\")([^)\s\"]+)[)\"]")


RULES_BY_SECTION = sections(text_of(RULES))


def rows_of(section: str) -> dict[str, list[str]]:
    """The table in a section of the rules."""
    return rows(RULES_BY_SECTION[section])


def anchors(text: str) -> set[str]:
    """Where a link may lead inside a document: its headings, as the repository's site names them, and its marks."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


# All documents


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_or_heading_leads_there(document: Path) -> None:
    dead = []
    for link in LINK.findall(text_of(document)):
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if link.startswith(("<http", "http")):
            continue
        if not target.exists() or (anchor and anchor not in anchors(text_of(target))):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(document: Path) -> None:
    known = re.findall(r"python3 run\.py (\w+)", run.__doc__ or "")
    named = re.findall(r"python3 run\.py +([a-z]\w*)(?: +([a-z]\w+))?", text_of(document))
    assert {command for command, _ in named} <= set(known)
    assert {name for command, name in named if command == "manage" and name} <= set(get_commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_path_of_a_machine_stands_in_a_document(document: Path) -> None:
    assert re.findall(r"(?<![\w.:/])/(?:work|root|home|tmp|Users)\b", text_of(document)) == []


# README


def test_the_readme_names_the_two_commands() -> None:
    lines = [line.partition("#")[0].strip() for line in text_of(README).splitlines() if line.startswith("    ")]
    assert [line for line in lines if line.startswith("python3")] == ["python3 run.py", "python3 run.py test"]


def test_the_readme_shows_the_page_wide_and_narrow() -> None:
    images = [link for link in LINK.findall(text_of(README)) if link.endswith(".png")]
    assert [_width(ROOT / image) for image in images] == [1280, 1280, 390]


def _width(image: Path) -> int:
    """The width of a PNG in pixels, from its header."""
    return int.from_bytes(image.read_bytes()[16:20])


def test_every_path_in_the_readmes_tree_exists() -> None:
    tree = sections(text_of(README))["How it is built"]
    missing, parents = [], {0: ROOT}
    for line in re.findall(r"^    ( *[\w./ ]+?)  ", tree, re.MULTILINE):
        depth = (len(line) - len(line.lstrip())) // 2
        for name in line.split():
            parents[depth + 1] = parents[depth] / name
            missing += [] if parents[depth + 1].exists() else [name]
    assert len(parents) > 2
    assert missing == []


COMMAND = re.compile(r"\$ python3 run\.py manage plan (.+)\n")
EXAMPLES = [
    (found[1].split(), block[found.end() :])
    for block in blocks(text_of(README), "console")
    if (found := COMMAND.match(block))
]


def test_the_readme_has_worked_examples() -> None:
    files = [given for given, _ in EXAMPLES]
    assert files == [["estate.json"], ["estate.json", "--explain"], ["planner/examples/branch-and-plant.json"]]


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "shown"), EXAMPLES, ids=[" ".join(given) for given, _ in EXAMPLES])
def test_a_worked_example_prints_what_the_readme_shows(
    given: list[str], shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 24))
    (tmp_path / "estate.json").write_text(_the_estate_of_the_readme(), encoding="utf-8")
    file, *options = given
    out = StringIO()
    call_command("plan", str(tmp_path / file if file == "estate.json" else ROOT / file), *options, stdout=out)
    parts, printed = shown.split("...\n"), out.getvalue()
    assert printed.startswith(parts[0])
    assert printed.endswith(parts[-1])
    assert [part for part in parts if part not in printed] == []


def _the_estate_of_the_readme() -> str:
    return next(block for block in blocks(text_of(README), "json") if json.loads(block)["format"] == "estate/1")


# The rules


@pytest.mark.parametrize(("section", "codes"), [("Warnings", WARNINGS), ("Reasons", REASONS)])
def test_every_code_has_a_row_with_its_params_in_the_order_of_the_plan(
    section: str, codes: Mapping[str, tuple[str, ...]]
) -> None:
    written = {code: tuple(filter(None, cells[0].split(", "))) for code, cells in rows_of(section).items()}
    assert list(written.items()) == list(codes.items())


@pytest.mark.parametrize(("section", "grounds"), [("Warnings", plan_warnings.GROUNDS), ("Reasons", reasons.GROUNDS)])
def test_every_code_names_the_rules_that_it_rests_on(section: str, grounds: Mapping[str, tuple[str, ...]]) -> None:
    written = {code: tuple(STATED.findall(cells[-1])) for code, cells in rows_of(section).items()}
    assert {code: stated for code, stated in written.items() if stated} == dict(grounds)


@pytest.mark.parametrize("document", [RULES, *DECISIONS], ids=lambda path: path.name)
def test_every_source_and_rule_that_is_named_is_in_the_catalogue(document: Path) -> None:
    text = text_of(document)
    assert set(CITED.findall(text)) <= set(CATALOGUE.sources)
    assert set(STATED.findall(text)) <= set(CATALOGUE.rules) | set(CATALOGUE.disputes)


def test_every_source_that_is_named_has_its_row_and_its_link() -> None:
    text = text_of(RULES)
    cited, listed = set(CITED.findall(text)), rows_of("Sources")
    assert cited == set(listed)
    links = dict(re.findall(r"^\[([^\]]+)\]: #(\S+)$", text, re.MULTILINE))
    assert {slug: links.get(slug) in anchors(text) for slug in cited} == dict.fromkeys(cited, True)


def test_every_source_has_the_title_date_and_place_of_the_catalogue() -> None:
    for slug, written in rows_of("Sources").items():
        source = CATALOGUE.sources[slug]
        title, address = cell(source.title), web_address(source.where)
        linked = f"[{title}](<{address}>)" if address else title
        assert written == [linked, cell(source.date), cell(source.where)], slug


def cell(text: str) -> str:
    """A text as it stands in a table."""
    return text.replace("|", "\\|").replace("<", "&lt;") or "-"


def test_every_rule_that_is_named_has_a_row_with_its_figures_and_sources() -> None:
    stated = {slug for slug in STATED.findall(text_of(RULES)) if slug in CATALOGUE.rules}
    listed = rows_of("Rules and figures")
    assert set(listed) == stated
    for slug, (_, figures, sources) in listed.items():
        params = ", ".join(f"{name} = {number}" for name, number in CATALOGUE.rules[slug].params.items())
        assert (figures, CITED.findall(sources)) == (params, sources_of(CATALOGUE.rules[slug])), slug


def test_every_disputed_point_has_a_row_with_its_sources() -> None:
    listed = rows_of("Disputed points")
    assert set(listed) == set(CATALOGUE.disputes)
    for slug, cells in listed.items():
        assert CITED.findall(cells[-1]) == sources_of(CATALOGUE.disputes[slug]), slug


def sources_of(stated: Rule | Dispute) -> list[str]:
    return list(stated.sources)


def test_the_table_of_keys_is_that_of_the_catalogue() -> None:
    keys = {key.name: key for key in CATALOGUE.kms_keys.values()}
    table = rows_of("Coverage and evidence")
    listed = {name: cells for name, cells in table.items() if name in keys}
    assert len(listed) == 8
    for name, (groups, sources) in listed.items():
        coverage = keys[name].activates
        assert set(groups.split(", ")) == {
            CATALOGUE.groups[c.group].name for c in coverage if c.evidence == "documented"
        }
        assert set(CITED.findall(sources)) == {source for c in coverage for source in c.sources}


# The figures

CLIENT, SERVER, OFFICE = (CATALOGUE.figure("R-THRESH", name) for name in ("client", "server", "office"))
HOSTS, TIMES = (CATALOGUE.figure("R-HOSTS", name) for name in ("hosts", "activations_per_host"))
SECOND = CATALOGUE.figure("R-2HOSTS", "clients")
COUNT_DAYS, VALID_DAYS = CATALOGUE.figure("R-CMID", "days"), CATALOGUE.figure("R-VALID", "valid_days")
CLIENT_MARGIN, SERVER_MARGIN = CLIENT + ceil(CLIENT / 10), SERVER + ceil(SERVER / 10)


def figures_in(section: str) -> set[int]:
    """The numbers of a section that are figures: not those of lists, examples, years and versions."""
    lines = [line for line in RULES_BY_SECTION[section].splitlines() if not line.startswith("Example:")]
    text = re.sub(
        r"`[^`]*`|\[[^\]]*\]|^\d+\. |(Windows|Office|Server|R)\s?\d+", "", "\n".join(lines), flags=re.MULTILINE
    )
    return {int(number) for number in re.findall(r"\b\d{1,3}\b", text)}


@pytest.mark.parametrize(
    ("section", "figures"),
    [
        ("Methods, in order", {COUNT_DAYS, VALID_DAYS}),
        ("Thresholds and counting", {CLIENT, SERVER, OFFICE, CLIENT_MARGIN, SERVER_MARGIN}),
        ("Hosts", {HOSTS, TIMES}),
        ("Second hosts", {SECOND, CLIENT_MARGIN, SERVER_MARGIN, HOSTS}),
        ("Numbers", {HOSTS}),
    ],
)
def test_a_section_holds_the_catalogues_figures_and_no_others(section: str, figures: Collection[int]) -> None:
    assert figures_in(section) == set(figures)


@pytest.mark.parametrize(
    "sentence",
    [
        f"A Windows client is activated when the count is at least {CLIENT}, a server when it is at least {SERVER};",
        f"An Office version is activated when at least {OFFICE} of its installations are counted.",
        f"below {CLIENT_MARGIN} with clients or below {SERVER_MARGIN} with servers only",
        f"would be below {CLIENT_MARGIN} with clients or {SERVER_MARGIN} with servers only",
        f"One KMS host key is for {HOSTS} hosts, each activated up to {TIMES} times",
        f"When more than {SECOND} computers of a pool are on KMS with a key, a second host is planned",
        f"`regular`: at least once in {COUNT_DAYS} days",
        f"`rare`: at least once in {VALID_DAYS} days",
    ],
)
def test_a_figure_stands_where_it_belongs(sentence: str) -> None:
    assert sentence in text_of(RULES)


# Decisions and changes


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name)
def test_a_decision_has_its_parts_and_fits_on_a_page(decision: Path) -> None:
    text = text_of(decision)
    assert text.startswith(f"# {decision.name[:4]} ")
    assert list(sections(text)) == ["Context", "Decision", "Consequences"]
    assert len(text.split()) <= 600


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name)
def test_every_file_that_a_decision_names_exists(decision: Path) -> None:
    named = re.findall(r"`((?:\w+/)+\w+\.\w+)`", text_of(decision))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_changelog_tells_the_rules_from_the_application_and_names_the_catalogue() -> None:
    releases = sections(text_of(CHANGELOG))
    assert all(re.findall(r"^### (.+)$", text, re.MULTILINE) == ["Rules", "Application"] for text in releases.values())
    latest = next(iter(releases.values()))
    assert f"Catalogue version {CATALOGUE.version}" in latest
    assert f"Catalogue version {CATALOGUE.version}" in text_of(README)
