"""End of support by a day, and how plans mark it."""

from dataclasses import replace

import pytest

from activation.catalogue import shipped
from activation.rules.catalogue import SupportDate
from activation.rules.estate import Estate, Line, Network
from activation.rules.plan import Plan
from activation.rules.plan_document import plan_document
from activation.rules.recommend import recommend
from planner.exports.tables import plan_csv
from planner.exports.text import plan_text
from planner.plan_page import plan_page
from planner.suggestions import suggestions
from planner.support import ending_soon, group_support, support_of

CATALOGUE = shipped()


def release(ends: str, updates_until: str | None = None) -> SupportDate:
    return SupportDate("Release", ("group",), None, ends, updates_until, ())


def plan(day: str, *products: str, activate: bool = True) -> Plan:
    """Contoso with eight computers of each product."""
    lines = tuple(Line("Main", product, 8, activate=activate) for product in products)
    return recommend(Estate(as_of=day, organisation="Contoso", networks=(Network("Main"),), lines=lines), CATALOGUE)


@pytest.mark.parametrize(
    ("ends", "today", "state"),
    [
        ("2027-01-12", "2027-01-13", "ended"),
        ("2027-01-12", "2027-01-12", "soon"),
        ("2027-01-12", "2026-01-12", "soon"),
        ("2027-01-12", "2026-01-11", "supported"),
        ("2025-02-28", "2024-02-29", "soon"),
        ("2025-03-01", "2024-02-29", "supported"),
        ("2028-02-29", "2027-02-28", "supported"),
    ],
)
def test_support_is_near_its_end_for_twelve_months_and_ends_after_its_last_day(ends, today, state) -> None:
    assert support_of(release(ends), today).state == state


def test_extended_security_updates_are_said_while_they_are_sold() -> None:
    row = release("2025-10-14", "2028-10-10")
    assert support_of(row, "2026-11-24").words == "support ended 2025-10-14, Extended Security Updates until 2028-10-10"
    assert support_of(row, "2028-10-11").words == "support ended 2025-10-14"


def test_a_group_goes_by_the_release_that_is_supported_longest() -> None:
    support = group_support("windows-11", CATALOGUE, "2026-11-24")
    assert support is not None
    assert (support.state, support.ends) == ("supported", "2029-03-13")


def test_a_group_without_dates_has_no_mark() -> None:
    assert group_support("windows-iot-ltsc", CATALOGUE, "2026-11-24") is None
    assert group_support(None, CATALOGUE, "2026-11-24") is None


def test_a_plan_marks_what_ends_within_twelve_months_of_its_own_day() -> None:
    on = {day: ending_soon(plan(day, "windows-server-2016-standard"), CATALOGUE) for day in DAYS}
    assert {day: [row.group for row in rows] for day, rows in on.items()} == {
        "2026-01-11": [],
        "2026-01-12": ["windows-server-2016"],
        "2027-01-12": ["windows-server-2016"],
        "2027-01-13": [],
    }


DAYS = ("2026-01-11", "2026-01-12", "2027-01-12", "2027-01-13")


def test_what_is_not_to_be_activated_is_not_marked() -> None:
    assert ending_soon(plan("2026-11-24", "windows-server-2016-standard", activate=False), CATALOGUE) == ()


def test_the_mark_is_no_part_of_the_plan() -> None:
    early, late = (plan_document(plan(day, "windows-server-2016-standard")) for day in DAYS[:2])
    assert early | {"as_of": ""} == late | {"as_of": ""}


@pytest.fixture(scope="module")
def marked() -> Plan:
    """Of 2026-11-24: Windows Server 2016 is near its end, Windows 7 past it."""
    return plan("2026-11-24", "windows-server-2016-standard", "windows-7-enterprise")


SOON = "Windows Server 2016: support ends within 12 months"
WHEN = "Its last support date is 2027-01-12; Extended Security Updates are sold until 2030-01-12."


def test_the_page_says_it_with_the_source_and_marks_each_line(marked: Plan) -> None:
    page = plan_page(marked, CATALOGUE)
    notice = next(notice for notice in page.notices["know"] if notice.words.title == SOON)
    assert notice.words.meaning == WHEN
    assert notice.sources[0].slug == "EOL"
    assert {row.slug: row.support.state for row in page.computers if row.support} == {
        "windows-7-enterprise": "ended",
        "windows-server-2016-standard": "soon",
    }


def test_the_text_says_it(marked: Plan) -> None:
    text = " ".join(plan_text(marked, CATALOGUE).split())
    assert f"Good to know: {SOON} {WHEN} > Plan what replaces it." in text
    assert "Windows 7 is out of support" in text


def test_the_text_with_reasons_lists_the_source(marked: Plan) -> None:
    other = replace(marked, warnings=())
    assert "\n[WSD-REL] " in plan_text(other, CATALOGUE, explain=True)
    assert "\n[WSD-REL] " not in plan_text(replace(other, as_of="2020-01-01"), CATALOGUE, explain=True)


def test_the_csv_has_a_row_for_it(marked: Plan) -> None:
    row = f"Support,,{SOON},windows-server-2016,,{WHEN},Plan what replaces it.\r\n"
    assert row in plan_csv(marked, CATALOGUE)


def test_the_suggestions_of_the_form_say_it() -> None:
    about = {one.name: one.about for one in suggestions(CATALOGUE, "2026-11-24")}
    said = "support ends 2027-01-12, Extended Security Updates until 2030-01-12"
    assert about["Windows Server 2016 Standard"] == f"Windows Server 2016, {said}"
    assert about["Windows 11 Pro"] == "Windows 11, supported until 2029-03-13"
