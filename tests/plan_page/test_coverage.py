"""The coverage matrix of the plan's page, each cell worked out by hand from Microsoft's tables."""

from __future__ import annotations

from dataclasses import replace

from planner.plan_page import PlanPage, plan_page
from tests.plan_page.pages import CATALOGUE, NOT_COVERED, ODD, page_of, page_of_example


def matrix_of(page: PlanPage) -> list[tuple[str, int, list[str], int]]:
    return [(row.name, row.computers, [cell.mark for cell in row.cells], row.on_mak) for row in page.matrix.rows]


def test_the_matrix_tells_what_each_key_activates_would_cover_and_does_not_cover() -> None:
    page = page_of_example("mixed-generations")
    assert page.matrix.keys == ("Windows Server 2008 KMS C key", "Windows Server 2008 R2 KMS B key")
    assert matrix_of(page) == [
        ("Windows 7", 40, [NOT_COVERED, "■ 40"], 0),
        ("Windows Server 2008 Group B", 4, ["■ 4", "□"], 0),
        ("Windows Server 2008 Group C", 2, ["■ 2", NOT_COVERED], 0),
        ("Windows Server 2008 R2 Group B", 8, [NOT_COVERED, "■ 8"], 0),
        ("Windows Vista", 12, ["□", "■ 12"], 0),
    ]


def test_a_group_below_its_threshold_waits_for_the_needed_key() -> None:
    assert matrix_of(page_of_example("small-office")) == [
        ("Windows 7", 12, ["△"], 12),
        ("Windows Server 2008 R2 Group B", 4, ["△"], 4),
    ]


def test_a_group_without_a_way_to_kms_is_covered_and_does_not_wait() -> None:
    assert matrix_of(page_of_example("branch-and-plant")) == [
        ("Windows 10", 82, ["■ 78"], 4),
        ("Windows 10 Enterprise LTSC 2019", 9, ["□"], 9),
        ("Windows Server 2016", 2, ["□"], 2),
        ("Windows Server 2019", 6, ["■ 6"], 0),
    ]


def test_what_active_directory_activates_is_on_the_key_and_guests_of_hyper_v_are_on_none() -> None:
    assert matrix_of(page_of_example("active-directory")) == [
        ("Windows 11", 83, ["■ 80"], 3),
        ("Windows Server 2022", 17, ["■ 9"], 0),
    ]


def test_computers_left_as_they_are_stand_in_no_row_of_the_matrix() -> None:
    assert matrix_of(page_of(ODD)) == [
        ("Windows 10", 2, ["□"], 2),
        ("Windows Server 2016", 1260, ["■ 1,260"], 0),
    ]


def test_coverage_that_no_current_table_has_is_marked_and_said() -> None:
    products = {"windows-10-enterprise": 30, "windows-server-2008-r2-standard": 12, "windows-vista-business": 40}
    lines = [{"product": product, "count": count} for product, count in products.items()]
    row = page_of({"format": "estate/1", "computers": lines}).matrix.rows[-1]
    assert row.name == "Windows Vista"
    (cell,) = row.cells
    assert cell.state == "chosen disputed"
    assert cell.mark == "■? 40"
    assert cell.words == "activates 40, not plainly documented"


def test_coverage_that_the_sources_leave_open_is_none_and_marked() -> None:
    products = {"windows-10-enterprise-ltsc-2021": 30, "windows-server-2019-standard": 8}
    lines = [{"product": product, "count": count} for product, count in products.items()]
    ltsc, server = page_of({"format": "estate/1", "computers": lines}).matrix.rows
    assert [(cell.mark, cell.words) for cell in ltsc.cells] == [
        (NOT_COVERED + "?", "does not cover, not plainly documented"),
    ]
    assert [cell.mark for cell in server.cells] == ["■ 8"]


def test_a_key_that_only_one_network_needs_has_its_column() -> None:
    """The Windows Server 2019 key covers both groups; the network of Windows 10 has only a host for its own key."""
    networks = [{"name": "Main"}, {"name": "Plant"}]
    lines = [
        {"network": "Main", "product": "windows-10-enterprise", "count": 30},
        {"network": "Plant", "product": "windows-server-2019-standard", "count": 8},
    ]
    page = page_of({"format": "estate/1", "networks": networks, "computers": lines})
    assert page.matrix.keys == ("Volume license for Windows 10", "Volume License for Windows Server 2019")
    assert matrix_of(page) == [
        ("Windows 10", 30, ["■ 30", "□"], 0),
        ("Windows Server 2019", 8, [NOT_COVERED, "■ 8"], 0),
    ]


def test_the_words_of_a_cell_say_what_its_mark_shows() -> None:
    seven, *_ = page_of_example("mixed-generations").matrix.rows
    assert [cell.words for cell in seven.cells] == ["does not cover", "activates 40"]
    seven, *_ = page_of_example("small-office").matrix.rows
    assert [cell.words for cell in seven.cells] == ["needed, too few computers yet"]


def test_other_keys_are_those_that_would_cover_something_and_are_not_in_the_plan() -> None:
    page = page_of_example("small-office")
    assert "Windows Server 2008 R2 KMS C key" in page.others.keys
    assert "Windows 7 KMS key (Client VL)" in page.others.keys
    assert "Windows Server 2008 R2 KMS B key" not in page.others.keys
    assert "Office 2016 KMS host key" not in page.others.keys
    seven, server = page.others.rows
    column = page.others.keys.index("Windows 7 KMS key (Client VL)")
    assert (seven.cells[column].mark, server.cells[column].mark) == ("□", NOT_COVERED)


def test_a_retired_key_is_none_of_the_others() -> None:
    retired = replace(CATALOGUE.keys["kms-windows-7"], retired=True)
    catalogue = replace(CATALOGUE, keys={**CATALOGUE.keys, "kms-windows-7": retired})
    plan = page_of_example("small-office").plan
    assert "Windows 7 KMS key (Client VL)" in plan_page(plan, CATALOGUE).others.keys
    assert "Windows 7 KMS key (Client VL)" not in plan_page(plan, catalogue).others.keys


def test_computers_left_as_they_are_ask_for_no_other_key() -> None:
    left = {"product": "windows-11-enterprise", "count": 3, "activate": False}
    servers = {"product": "windows-server-2008-r2-standard", "count": 8}
    both, alone = (page_of({"format": "estate/1", "computers": lines}) for lines in ([servers, left], [servers]))
    assert both.others == alone.others
