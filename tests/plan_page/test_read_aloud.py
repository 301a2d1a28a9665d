"""The rendered page, read as headings, texts and tables."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.plan_page.pages import EXAMPLES, ODD, page_of
from tests.plan_page.reader import html_of, read


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
        "Hosts",
        "2 planned, 0 in use, 6 allowed",
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
    assert "2 planned, 7 in use, 6 allowed" in read(client, ODD).sections["KMS host keys"]


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
        "Covers this mix, but this plan does without it today: see what to watch.",
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
        ["Lab", "Láb", "L-ab"],
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
