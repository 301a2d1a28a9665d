"""Keys, MAKs and orders of the plan's page, each row worked out by hand from the rules.

The numbers behind them: a client needs a count of 25, a server of 5; a listed host does not count itself; above 50 on
KMS a second host is planned; one key is for 6 hosts.
"""

from __future__ import annotations

import pytest

from planner.plan_page import KeyCard
from tests.plan_page.pages import ODD, page_of, page_of_example


def install_on(card: KeyCard) -> tuple[str, tuple[str, ...], str]:
    return card.name, card.hosts, card.host_numbers


def test_a_key_says_where_it_goes_what_it_activates_here_and_what_it_also_covers() -> None:
    older, newer = page_of_example("mixed-generations").keys
    assert install_on(older) == (
        "Windows Server 2008 KMS C key",
        ("Main: one of the Windows Server 2008 Datacenter computers",),
        "1 planned, 0 in use, 6 allowed",
    )
    assert older.here == ("Windows Server 2008 Group B", "Windows Server 2008 Group C")
    assert older.also == ("Windows Server 2008 Group A", "Windows Vista")
    assert install_on(newer) == (
        "Windows Server 2008 R2 KMS B key",
        ("Main: 2 hosts, each one of the Windows Server 2008 R2 Standard computers",),
        "2 planned, 0 in use, 6 allowed",
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
    assert install_on(card) == (
        "Volume License for Windows Server 2022",
        (),
        "0 planned, 0 in use, 6 allowed; Active Directory counts as one",
    )
    assert card.here == ("Windows 11", "Windows Server 2022")


def test_a_key_on_hosts_alone_is_not_said_to_be_in_active_directory() -> None:
    assert [card.in_directory for card in page_of_example("mixed-generations").keys] == [False, False]


def test_hosts_that_the_key_is_in_use_on_are_told() -> None:
    (card,) = page_of(ODD).keys
    assert install_on(card)[1:] == (
        ("東京: 2 hosts, each one of the Windows Server 2016 Standard computers",),
        "2 planned, 7 in use, 6 allowed",
    )


def test_a_key_that_would_activate_nobody_yet_is_needed_and_not_among_the_keys() -> None:
    page = page_of_example("small-office")
    assert page.keys == ()
    assert page.needed == (("kms-windows-server-2008-r2-b", "Windows Server 2008 R2 KMS B key"),)
    assert page_of_example("mixed-generations").needed == ()
    assert page_of_example("office-versions").needed == (("kms-office-2021", "Office LTSC 2021 KMS host key"),)


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
