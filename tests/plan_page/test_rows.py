"""Bars, lines, counts, worksheets and warnings of the plan's page, each row worked out by hand from the rules."""

from __future__ import annotations

from tests.plan_page.pages import ODD, page_of, page_of_example


def test_a_bar_holds_the_computers_of_a_network_by_method_one_beside_the_other() -> None:
    (bar,) = page_of_example("active-directory").bars
    assert (bar.network, bar.computers) == ("Main", 100)
    assert [(part.method, part.computers, part.start, part.width) for part in bar.segments] == [
        ("adba", 89, "0.00%", "89.00%"),
        ("avma", 8, "89.00%", "8.00%"),
        ("mak", 3, "97.00%", "3.00%"),
    ]
    assert [part.words for part in bar.segments] == ["Active Directory", "AVMA (by the Hyper-V host)", "MAK"]


def test_each_network_has_a_bar_with_its_own_computers() -> None:
    bars = page_of_example("branch-and-plant").bars
    assert [(bar.network, bar.computers, [(p.method, p.computers) for p in bar.segments]) for bar in bars] == [
        ("Branch", 22, [("kms", 18), ("mak", 4)]),
        ("Head office", 66, [("kms-host", 1), ("kms", 65)]),
        ("Plant", 11, [("mak", 11)]),
    ]


def test_no_computer_is_missing_from_the_bars() -> None:
    (bar,) = page_of({"format": "estate/1", "computers": [{"product": "windows-server-2003", "count": 2}]}).bars
    assert [(part.method, part.computers) for part in bar.segments] == [("unsupported", 2)]
    lab, *_ = page_of(ODD).bars
    assert [(part.method, part.computers) for part in lab.segments] == [("mak", 2), ("none", 8)]


def test_each_line_of_computers_says_how_and_with_which_key() -> None:
    rows = page_of_example("active-directory").computers
    assert [(row.network, row.count, row.product, row.method, row.key) for row in rows] == [
        ("Main", 80, "Windows 11 Enterprise", "Active Directory", "Volume License for Windows Server 2022"),
        ("Main", 3, "Windows 11 Enterprise", "MAK", "MAK for Windows 11 (general channel)"),
        ("Main", 4, "Windows Server 2022 Datacenter", "Active Directory", "Volume License for Windows Server 2022"),
        ("Main", 8, "Windows Server 2022 Datacenter", "AVMA (by the Hyper-V host)", ""),
        ("Main", 5, "Windows Server 2022 Standard", "Active Directory", "Volume License for Windows Server 2022"),
    ]  # fmt: skip
    assert all(row.why for row in rows)


def test_a_line_out_of_support_is_marked_on_the_day_of_the_plan() -> None:
    vista = next(row for row in page_of_example("mixed-generations").computers if row.slug == "windows-vista-business")
    assert vista.support is not None
    assert (vista.support.state, vista.support.ends) == ("ended", "2017-04-11")


def test_the_counts_of_a_pool_stand_with_what_each_family_needs() -> None:
    rows = page_of_example("mixed-generations").pools
    assert [(row.pool, row.key, row.hosts, row.counted, row.thresholds) for row in rows] == [
        ("Main", "Windows Server 2008 KMS C key", 1, 5, (("servers", 5, True),)),
        ("Main", "Windows Server 2008 R2 KMS B key", 2, 58, (("clients", 25, True), ("servers", 5, True))),
    ]


def test_the_worksheet_has_the_rows_that_hold_computers_and_their_sum() -> None:
    (sheet,) = page_of_example("active-directory").worksheets
    assert (sheet.name, sheet.total, sheet.sum) == ("Windows", 100, 100)
    assert sheet.rows == (
        ("MAK: too few computers for KMS", 3),
        ("Active Directory", 89),
        ("AVMA (by the Hyper-V host)", 8),
    )


def test_windows_and_each_office_version_have_a_worksheet_of_their_own() -> None:
    sheets = page_of_example("office-versions").worksheets
    assert [(sheet.name, sheet.rows, sheet.sum) for sheet in sheets] == [
        ("Windows", (("KMS", 48),), 48),
        ("Office 2016", (("KMS", 34),), 34),
        ("Office 2019", (("KMS", 12),), 12),
        ("Office LTSC 2021", (("MAK: too few computers for KMS", 3),), 3),
    ]


def test_each_warning_stands_once_under_its_severity_with_its_mark() -> None:
    notices = page_of_example("mixed-generations").notices
    assert list(notices) == ["act", "check", "know"]
    assert [(n.mark, n.label, n.words.title) for n in notices["act"]] == [
        ("▲", "Do first", "Licences missing: Windows Server 2008 Datacenter"),
    ]
    assert [(n.mark, n.label) for n in notices["check"]] == [("△", "Check")] * 3
    assert [(n.mark, n.label, n.words.title.split(" is ")[0]) for n in notices["know"]] == [
        ("○", "Good to know", "Windows Vista"),
        ("○", "Good to know", "Windows 7"),
        ("○", "Good to know", "Windows Server 2008 Group B"),
        ("○", "Good to know", "Windows Server 2008 Group C"),
        ("○", "Good to know", "Windows Server 2008 R2 Group B"),
    ]


def test_a_disputed_point_tells_both_sides_and_its_documents() -> None:
    (dispute,) = [n for n in page_of_example("mixed-generations").notices["check"] if n.sides]
    assert "hosts" in dispute.words.title
    assert dispute.sides[0]
    assert dispute.sides[1]
    assert dispute.sources


def test_support_that_ends_within_a_year_is_good_to_know_with_its_document() -> None:
    server = {"product": "windows-server-2016-standard", "count": 8}
    page = page_of({"format": "estate/1", "as_of": "2026-11-24", "computers": [server]})
    (notice,) = [n for n in page.notices["know"] if "Windows Server 2016" in n.words.title]
    assert "2027-01-12" in notice.words.meaning
    assert notice.sources


def test_the_live_region_counts_keys_maks_and_what_to_do_first() -> None:
    assert page_of_example("branch-and-plant").summary == "Plan updated: 1 KMS host key, 3 MAKs, 2 points to do first."
    assert page_of_example("small-office").summary == "Plan updated: 0 KMS host keys, 2 MAKs, 0 points to do first."
