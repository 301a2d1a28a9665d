"""What the plan's page says below its first sentences: each row worked out by hand from the rules.

The numbers behind them: a client needs a count of 25, a server of 5; a listed host does not count itself; above 50 on
KMS a second host is planned; one key is for 6 hosts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from activation.catalogue import shipped
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend
from planner.examples import examples
from planner.forms.loading import typed_from
from planner.plan_page import KeyCard, PlanPage, plan_page

DAY = "2026-11-24"
NOT_COVERED = "\N{EN DASH}"
CATALOGUE = shipped()
EXAMPLES = {example.slug: example.estate for example in examples()}

#: Names in Japanese, more than a thousand computers, some left as they are, a key used on more hosts than it is for.
ODD = {
    "format": "estate/1",
    "networks": [{"name": "東京"}, {"name": "大阪", "kms_via": "東京"}, {"name": "Lab", "kms": False}],
    "computers": [
        {"network": "東京", "product": "windows-server-2016-standard", "count": 1200},
        {"network": "大阪", "product": "windows-server-2016-standard", "count": 60},
        {"network": "Lab", "product": "windows-10-enterprise", "count": 7, "activate": False},
        {"network": "Lab", "product": "windows-10-enterprise", "count": 2},
        {"network": "Lab", "product": "windows-server-2019-standard", "count": 1, "activate": False},
    ],
    "keys": [{"key": "kms-windows-server-2016", "hosts_used": 7}, {"key": "mak-windows-10", "remaining": 50}],
}


def page_of(estate: Mapping[str, Any]) -> PlanPage:
    return plan_page(recommend(read_estate(dict(estate), CATALOGUE, DAY), CATALOGUE), CATALOGUE)


def page_of_example(slug: str) -> PlanPage:
    return page_of(EXAMPLES[slug])


def install_on(card: KeyCard) -> tuple[str, tuple[str, ...], int, int, int]:
    return card.name, card.hosts, card.planned, card.used, card.limit


# --- Keys --------------------------------------------------------------------------------------------------------


def test_a_key_says_where_it_goes_what_it_activates_here_and_what_it_also_covers() -> None:
    older, newer = page_of_example("mixed-generations").keys
    assert install_on(older) == (
        "Windows Server 2008 KMS C key", ("Main: one of the Windows Server 2008 Datacenter computers",), 1, 0, 6,
    )  # fmt: skip
    assert older.here == ("Windows Server 2008 Group B", "Windows Server 2008 Group C")
    assert older.also == ("Windows Server 2008 Group A", "Windows Vista")
    assert install_on(newer) == (
        "Windows Server 2008 R2 KMS B key",
        ("Main: 2 hosts, each one of the Windows Server 2008 R2 Standard computers",),
        2, 0, 6,
    )  # fmt: skip
    assert newer.here == ("Windows 7", "Windows Server 2008 R2 Group B", "Windows Vista")
    assert newer.also == (
        "Windows Server 2008 Group A", "Windows Server 2008 Group B", "Windows Server 2008 R2 Group A",
    )  # fmt: skip


def test_the_largest_words_say_whether_keys_are_installed_or_only_held() -> None:
    assert page_of_example("mixed-generations").lead == "Install 2 KMS host keys"
    assert page_of_example("active-directory").lead == "Use 1 KMS host key"


def test_each_key_and_each_mak_says_why_with_its_documents() -> None:
    page = page_of_example("branch-and-plant")
    (card,) = page.keys
    assert "goes on the Windows Server 2019 machine that you named for KMS" in " ".join(why.words for why in card.why)
    windows_10, *_ = page.maks
    assert "A MAK activates only its own product group: Windows 10." in [why.words for why in windows_10.why]
    for why in (*card.why, *windows_10.why):
        assert why.sources, why.words


def test_hosts_of_two_kinds_stand_in_a_line_each() -> None:
    (card,) = page_of_example("branch-and-plant").keys
    assert card.hosts == (
        "Head office: the Windows Server 2019 machine named for KMS",
        "Head office: one of the Windows Server 2019 Standard computers",
    )


def test_the_key_of_windows_stands_before_those_of_office() -> None:
    names = [card.name for card in page_of_example("office-versions").keys]
    assert names == ["Volume License for Windows Server 2016", "Office 2016 KMS host key", "Office 2019 KMS host key"]


def test_a_key_held_by_active_directory_has_no_host_and_costs_one_activation() -> None:
    (card,) = page_of_example("active-directory").keys
    assert card.in_directory
    assert install_on(card) == ("Volume License for Windows Server 2022", (), 1, 0, 6)
    assert card.here == ("Windows 11", "Windows Server 2022")


def test_a_key_on_hosts_alone_is_not_said_to_be_in_active_directory() -> None:
    assert [card.in_directory for card in page_of_example("mixed-generations").keys] == [False, False]


def test_hosts_that_the_key_is_in_use_on_are_told() -> None:
    (card,) = page_of(ODD).keys
    assert install_on(card)[1:] == (("東京: 2 hosts, each one of the Windows Server 2016 Standard computers",), 2, 7, 6)


def test_a_key_that_would_activate_nobody_yet_is_needed_and_not_among_the_keys() -> None:
    page = page_of_example("small-office")
    assert page.keys == ()
    assert page.needed == (("kms-windows-server-2008-r2-b", "Windows Server 2008 R2 KMS B key"),)
    assert page_of_example("mixed-generations").needed == ()
    assert page_of_example("office-versions").needed == (("kms-office-2021", "Office LTSC 2021 KMS host key"),)


# --- MAKs and orders ---------------------------------------------------------------------------------------------


def test_a_mak_has_its_computers_its_reserve_what_is_left_and_what_to_request() -> None:
    rows = page_of_example("branch-and-plant").maks
    assert [(row.group, row.computers, row.activations, row.remaining, row.to_request) for row in rows] == [
        ("Windows 10", 4, 5, 3, 2),
        ("Windows 10 Enterprise LTSC 2019", 9, 10, 0, 10),
        ("Windows Server 2016", 2, 3, 0, 3),
    ]
    assert [row.networks for row in rows] == [
        ("Branch: 4 computers, each by Internet or telephone",),
        ("Plant: 9 computers, through the VAMT proxy",),
        ("Plant: 2 computers, through the VAMT proxy",),
    ]


@pytest.mark.parametrize(
    ("slug", "orders"),
    [
        ("datacenter-and-standard", ()),
        ("mixed-generations", ("Buy 1 licence of Windows Server 2008 Datacenter.",)),
        (
            "branch-and-plant",
            (
                "Request 2 more activations of the MAK for Windows 10 (general channel).",
                "Request 10 activations of the MAK for Windows 10 Enterprise LTSC 2019.",
                "Request 3 activations of the MAK for Windows Server 2016 (all editions).",
            ),
        ),
    ],
)
def test_the_orders_name_what_is_missing_and_how_many(slug: str, orders: tuple[str, ...]) -> None:
    assert page_of_example(slug).orders == orders


def test_more_hosts_in_use_than_a_key_is_for_are_to_be_requested() -> None:
    assert page_of(ODD).orders == (
        'Request more hosts for the KMS host key "Volume License for Windows Server 2016": 7 instead of 6.',
    )


def test_a_key_used_on_all_the_hosts_it_is_for_asks_for_none() -> None:
    assert page_of(ODD | {"keys": [{"key": "kms-windows-server-2016", "hosts_used": 6}]}).orders == (
        "Request 2 activations of the MAK for Windows 10 (general channel).",
    )


# --- Coverage ----------------------------------------------------------------------------------------------------


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


# --- Bars --------------------------------------------------------------------------------------------------------


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


# --- Lines, counts, worksheet ------------------------------------------------------------------------------------


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
    assert [(row.pool.pool, row.key, row.pool.hosts, row.pool.counted, row.thresholds) for row in rows] == [
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


# --- What to watch -----------------------------------------------------------------------------------------------


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


# --- The page as it is read aloud -----------------------------------------------------------------------------------

BLOCKS = frozenset({"p", "li", "dt", "dd", "h2", "h3", "h4", "summary", "caption", "figcaption", "th", "td", "tr"})
VOID = frozenset({"input", "meta", "link", "br"})
Read = str | tuple[str, ...]


class Reader(HTMLParser):
    """`sections`: heading -> what is read below it, texts and rows of tables. `ids`: how often each stands there.

    What is closed is left out, unless all is `opened`.
    """

    def __init__(self, html: str, *, opened: bool = False) -> None:
        super().__init__()
        self._opened = opened
        self.sections: dict[str, list[Read]] = {}
        self.ids: Counter[str] = Counter()
        self._path: list[str] = []
        self._text, self._row = "", list[str]()
        self._below: list[Read] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        self.ids.update(filter(None, [about.get("id")]))
        if tag not in VOID:
            self._path.append("hidden" if about.get("aria-hidden") == "true" else tag)
        if tag in BLOCKS and "tr" not in self._path[:-1]:
            self._end_of("text")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_of(tag)
        if tag not in VOID:
            self._path.pop()

    def handle_data(self, data: str) -> None:
        inside = self._path[self._path.index("details") + 1 :] if "details" in self._path else []
        if "hidden" not in self._path and (self._opened or inside[:1] in ([], ["summary"])):
            self._text += data

    def _end_of(self, tag: str) -> None:
        words = " ".join(self._text.split())
        if tag in ("th", "td"):
            self._row.append(words)
        elif "tr" in self._path and tag != "tr":
            self._text += " "
            return
        elif tag == "tr":
            self._below += [tuple(self._row)] if any(self._row) else []
            self._row = []
        elif tag == "h3":
            self._below = self.sections.setdefault(words, [])
        elif words:
            self._below.append(words)
        self._text = ""


def html_of(client: Client, estate: Mapping[str, Any]) -> str:
    return client.get("/", typed_from(dict(estate)) | {"day": DAY}, follow=True).content.decode()


def read(client: Client, estate: Mapping[str, Any], *, opened: bool = False) -> Reader:
    return Reader(html_of(client, estate), opened=opened)


@pytest.mark.django_db
def test_the_page_reads_as_the_plan_section_by_section(client: Client) -> None:
    sections = read(client, EXAMPLES["branch-and-plant"]).sections
    key = "Volume License for Windows Server 2019"
    assert sections["KMS host keys"] == [
        key,
        "Install on",
        "Head office: the Windows Server 2019 machine named for KMS",
        "Head office: one of the Windows Server 2019 Standard computers",
        "Activates",
        "Windows 10, Windows Server 2019",
        "Activations",
        "2 of the 6 that one key allows",
        "Covers 16 more product groups",
        "Why this key",
    ]
    assert sections["MAKs"] == [
        ("Product group", "Computers", "Activations", "Left", "Request"),
        ("Windows 10", "4", "5", "3", "2"),
        ("Branch: 4 computers, each by Internet or telephone Why a MAK for Windows 10",),
        ("Windows 10 Enterprise LTSC 2019", "9", "10", "0", "10"),
        ("Plant: 9 computers, through the VAMT proxy Why a MAK for Windows 10 Enterprise LTSC 2019",),
        ("Windows Server 2016", "2", "3", "0", "3"),
        ("Plant: 2 computers, through the VAMT proxy Why a MAK for Windows Server 2016",),
    ]
    assert sections["Coverage: what each key activates"] == [
        "The keys of this plan: what each key does for each product group",
        ("Product group", key, "MAK"),
        ("Windows 10 82", "activates 78", "4"),
        ("Windows 10 Enterprise LTSC 2019 9", "would cover", "9"),
        ("Windows Server 2016 2", "would cover", "2"),
        ("Windows Server 2019 6", "activates 6", "none"),
        "Other keys that cover some of this: 5",
    ]
    assert sections["Computers by method"] == [
        "Branch 22", "18 KMS", "4 MAK", "Head office 66", "1 KMS host", "65 KMS", "Plant 11", "11 MAK",
        "Every line with its reasons",
    ]  # fmt: skip
    assert sections["Counts on the KMS hosts"] == [
        ("KMS hosts in", "Key", "Hosts", "Count", "Needs"),
        ("Head office with Branch", key, "2", "83", "25 for clients ✓ reached 5 for servers ✓ reached"),
    ]
    assert sections["Worksheet"][:6] == [
        "Windows",
        ("KMS", "84"),
        ("MAK: no contact with the network", "4"),
        ("MAK: isolated network", "11"),
        ("Sum, of 99 in total", "99"),
        "This plan is about activation. It does not check core, processor or CAL licensing, downgrade rights or "
        "Software Assurance.",
    ]


@pytest.mark.django_db
def test_what_to_watch_is_read_with_its_severity_its_title_and_what_to_do(client: Client) -> None:
    first, *_, last = read(client, EXAMPLES["mixed-generations"]).sections["What to watch"]
    assert first == (
        "Do first Licences missing: Windows Server 2008 Datacenter Buy 1 licence, or use it on fewer computers. Details"
    )
    assert last == "Good to know: 5"


@pytest.mark.django_db
def test_what_is_opened_holds_the_reasons_of_keys_maks_and_lines(client: Client) -> None:
    sections = read(client, EXAMPLES["branch-and-plant"], opened=True).sections
    keys = sections["KMS host keys"]
    assert str(keys[keys.index("Covers 16 more product groups") + 1]).startswith("Windows 10 Enterprise LTSB 2015, ")
    assert any("goes on the Windows Server 2019 machine" in words for words in keys[keys.index("Why this key") :])
    assert "A MAK activates only its own product group: Windows 10." in sections["MAKs"][2][0]
    lines = sections["Computers by method"]
    assert "18 Windows 10 Enterprise, Branch: KMS, Volume License for Windows Server 2019" in str(lines)
    plant = next(number for number, words in enumerate(lines) if str(words).startswith("9 Windows 10 Enterprise LTSC"))
    assert "Plant has no way to a KMS host." in lines[plant + 1 : plant + 3]


@pytest.mark.django_db
def test_opened_warnings_hold_their_meaning_both_sides_and_documents(client: Client) -> None:
    watch = read(client, EXAMPLES["mixed-generations"], opened=True).sections["What to watch"]
    texts = [words for words in watch if isinstance(words, str)]
    (one,) = [words.removeprefix("One side ") for words in texts if words.startswith("One side ")]
    (other,) = [words.removeprefix("Other side ") for words in texts if words.startswith("Other side ")]
    assert one != other
    assert sum(words.startswith("Its last support date was ") for words in texts) == 5
    assert "Volume Activation Operations Guide (Windows 7 / 2008 R2) 2009-06" in texts


@pytest.mark.django_db
def test_the_parts_of_a_bar_are_drawn_one_beside_the_other(client: Client) -> None:
    html = html_of(client, EXAMPLES["active-directory"])
    assert re.findall(r'url\(#fill-(\w+)\)" x="([\d.]+%)" y="0" width="([\d.]+%)"', html) == [
        ("adba", "0.00%", "89.00%"),
        ("avma", "89.00%", "8.00%"),
        ("mak", "97.00%", "3.00%"),
    ]


@pytest.mark.django_db
def test_the_other_keys_stand_in_a_table_of_their_own(client: Client) -> None:
    coverage = read(client, EXAMPLES["small-office"], opened=True).sections["Coverage: what each key activates"]
    own, others = [row for row in coverage if isinstance(row, tuple) and row[0] == "Product group"]
    assert own == ("Product group", "Windows Server 2008 R2 KMS B key", "MAK")
    assert "Windows Server 2008 R2 KMS B key" not in others
    assert "Windows Server 2008 R2 KMS C key" in others


@pytest.mark.django_db
def test_what_to_buy_and_to_request_is_a_list_and_hosts_in_use_are_told(client: Client) -> None:
    assert read(client, EXAMPLES["small-office"]).sections["To buy and to request"] == [
        "Request 12 activations of the MAK for Windows 7.",
        "Request 4 activations of the MAK for Windows Server 2008 R2 Group B.",
    ]
    assert "2 of the 6 that one key allows; 7 in use today" in read(client, ODD).sections["KMS host keys"]


@pytest.mark.django_db
def test_the_page_says_for_whom_and_for_which_day_the_plan_is(client: Client) -> None:
    about = read(client, EXAMPLES["small-office"]).sections["Worksheet"]
    assert "Plan of 2026-11-24 for Contoso, catalogue 2026-11-24." in about


@pytest.mark.django_db
def test_a_plan_without_keys_hosts_and_orders_says_so_and_has_no_empty_tables(client: Client) -> None:
    left = {"format": "estate/1", "computers": [{"product": "windows-7-enterprise", "count": 3, "activate": False}]}
    sections = read(client, left).sections
    assert sections["KMS host keys"] == ["No KMS host key is needed."]
    assert sections["MAKs"] == ["No MAK is needed."]
    assert "To buy and to request" not in sections
    assert "Coverage: what each key activates" not in sections
    assert "Counts on the KMS hosts" not in sections
    assert sections["Computers by method"][:2] == ["Main 3", "3 not activated, as asked"]


@pytest.mark.django_db
def test_a_key_that_is_needed_later_says_that_it_activates_nobody_today(client: Client) -> None:
    assert read(client, EXAMPLES["small-office"]).sections["KMS host keys"] == [
        "Windows Server 2008 R2 KMS B key",
        "Needed as soon as there are enough computers. Today it would activate nobody.",
    ]


@pytest.mark.django_db
def test_numbers_above_a_thousand_are_set_apart_in_every_table(client: Client) -> None:
    sections = read(client, ODD).sections
    assert ("Windows Server 2016 1,260", "activates 1,260", "none") in sections["Coverage: what each key activates"]
    assert "東京 1,200" in sections["Computers by method"]
    assert "1,198 KMS" in sections["Computers by method"]
    assert sections["Counts on the KMS hosts"][1][:4] == (
        "東京 with 大阪", "Volume License for Windows Server 2016", "2", "1,258",
    )  # fmt: skip
    assert ("KMS", "1,260") in sections["Worksheet"]
    assert ("Sum, of 1,270 in total", "1,270") in sections["Worksheet"]


@pytest.mark.django_db
def test_networks_that_share_hosts_are_told_apart(client: Client) -> None:
    networks = [{"name": "Head office"}, *({"name": name, "kms_via": "Head office"} for name in ("North", "South"))]
    lines = [{"network": n["name"], "product": "windows-server-2016-standard", "count": 3} for n in networks]
    sections = read(client, {"format": "estate/1", "networks": networks, "computers": lines}).sections
    assert sections["Counts on the KMS hosts"][1][0] == "Head office with North, South"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "names",
    [
        ["東京", "大阪", "札幌"],
        ["Lab", "Lab!", "(Lab)"],
        ["LAB", "lab", "Lab"],
        ["a b", "a/b", "a-b"],
    ],
)
def test_no_id_stands_twice_whatever_the_networks_are_called(client: Client, names: list[str]) -> None:
    lines = [{"network": name, "product": "windows-7-enterprise", "count": 3} for name in names]
    page = read(client, {"format": "estate/1", "networks": [{"name": name} for name in names], "computers": lines})
    assert sum(id.startswith("watch") for id in page.ids) > len(names)
    assert [id for id, times in page.ids.items() if times > 1] == []
    assert [id for id in page.ids if re.search(r"\s", id)] == []


@pytest.mark.django_db
def test_two_updates_of_hosts_in_one_network_have_an_id_each(client: Client) -> None:
    lines = [
        {"product": "windows-server-2012-r2-standard", "count": 8},
        {"product": "windows-10-enterprise", "count": 40},
        {"product": "windows-server-2016-standard", "count": 8},
        {"product": "office-professional-plus-2016", "count": 8},
        {"product": "office-professional-plus-2019", "count": 8},
    ]
    machines = ["windows-server-2012", "windows-server-2012", "windows-server-2012-r2"]
    estate = {
        "format": "estate/1",
        "networks": [{"name": "Main", "kms_host_systems": machines}],
        "computers": lines,
    }
    assert [id for id, times in read(client, estate).ids.items() if times > 1] == []


def test_what_is_open_keeps_its_id_when_only_numbers_change() -> None:
    """A notice that was opened stays open while a count is typed, so its id may not depend on the count."""
    three, four = (
        page_of({"format": "estate/1", "computers": [{"product": "windows-7-enterprise", "count": count}]})
        for count in (3, 4)
    )
    assert [n.slug for n in three.notices["check"]] == [n.slug for n in four.notices["check"]] != []
