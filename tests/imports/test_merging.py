"""What a tally means and what it changes: every row is accounted for, one act, nothing twice."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from activation.catalogue import current
from activation.identify import Recogniser
from activation.rules.catalogue import Catalogue
from activation.shipped import shipped
from planner.access import Here
from planner.imports.meaning import Choices, Meant, NetworkRule, meant
from planner.imports.merging import changes, confirm
from planner.imports.tally import Group, Refusal, Said, Tally, Where
from planner.models import ComputerLine, HeldKey, LicenceLine, Network
from planner.recording import DoneAlreadyError, recorded
from planner.scenarios import InventoryChangedError
from planner.undoing import undo
from tests.organisations.conftest import contoso, here, office, olga, stan

__all__ = ["contoso", "here", "office", "olga", "stan"]

WINDOWS_7, SERVER_2019 = Said("Windows 7 Enterprise"), Said("Windows Server 2019 Standard")
LINUX, RIDDLE = Said("Ubuntu 22.04"), Said("Thing 5")
BERLIN = "OU=Berlin,OU=Computers,DC=contoso,DC=com"


def group(said: Said, rows: int = 1, ou: str = "", **more: Any) -> Group:
    plain = {"enabled": None, "virtual": None, "idle_days": None, "pattern": None, "last_five": "", "remaining": None}
    return Group(**{"said": said, "where": Where(ou), "rows": rows, "count": rows} | plain | more)


def tally(*groups: Group, content: str = "computers", refused: dict[Refusal, int] | None = None) -> Tally:
    wrong = Counter(refused or {})
    return Tally(content, sum(each.rows for each in groups) + wrong.total(), groups, wrong, patterns=("BER-*",))


def read(read_from: Tally, choices: Choices | None = None, catalogue: Catalogue | None = None) -> Meant:
    catalogue = catalogue or current()
    return meant(read_from, choices or Choices(), recogniser(catalogue.digest).identify, catalogue)


@cache
def recogniser(digest: str) -> Recogniser:
    """Of the catalogue with this digest: the shipped one is the one in use here."""
    assert digest == shipped().digest
    return Recogniser(shipped())


def amounts(found: Meant) -> dict[tuple[str, str], tuple[int, int | None]]:
    return {key: (amount.count, amount.virtual) for key, amount in found.computers.items()}


def import_into(here: Here, found: Meant, replace: bool = False) -> Any:
    return confirm(here, "Imported computers.csv", found, replace, current(), here.estate().revision)


def kept(here: Here) -> list[tuple[str, str, int, int]]:
    lines = here.estate().computers.order_by("network__name", "product")
    return list(lines.values_list("network__name", "product", "count", "virtual"))


def test_groups_become_computers_by_product_and_network(db: None) -> None:
    rules = (NetworkRule("ou", "ou=berlin,OU=Computers,DC=contoso,DC=com", "Berlin"),)
    below = f"OU=Laptops,{BERLIN}"
    found = read(
        tally(group(WINDOWS_7, 3, BERLIN), group(WINDOWS_7, 2, below, virtual=True), group(SERVER_2019, 4, "OU=Other")),
        Choices(rules=rules, network="Head office"),
    )
    assert amounts(found) == {
        ("Berlin", "windows-7-enterprise"): (5, 2),
        ("Head office", "windows-server-2019-standard"): (4, None),
    }


@pytest.mark.parametrize(
    ("rule", "where", "pattern", "fits"),
    [
        (NetworkRule("ou", "OU=Berlin", "B"), Where("OU=North-OU=Berlin"), None, False),
        (NetworkRule("ou", "contoso.com/Berlin", "B"), Where("contoso.com/Berlin/Laptops"), None, True),
        (NetworkRule("ou", "contoso.com/Berlin", "B"), Where("contoso.com/Berlin-East"), None, False),
        (NetworkRule("domain", "CONTOSO.com", "B"), Where(domain="contoso.com"), None, True),
        (NetworkRule("site", "Berlin", "B"), Where(), None, False),
        (NetworkRule("pattern", "ber-*", "B"), Where(), 0, True),
        (NetworkRule("pattern", "ber-*", "B"), Where(), None, False),
    ],
)
def test_a_rule_gives_its_network_to_what_it_names_and_nothing_else(
    db: None, rule: NetworkRule, where: Where, pattern: int | None, fits: bool
) -> None:
    found = read(tally(group(WINDOWS_7, where=where, pattern=pattern)), Choices(rules=(rule,)))
    assert [network for network, _ in found.computers] == ["B" if fits else "Main"]


def test_a_string_that_nobody_knows_is_asked_and_then_taken_as_answered(db: None) -> None:
    asked = tally(group(RIDDLE, 7), group(LINUX, 2), group(Said("Thing 6"), 9))
    assert list(read(asked).open.items()) == [(Said("Thing 6"), 9), (RIDDLE, 7)]
    told = read(asked, Choices(products={RIDDLE: "windows-7-enterprise", Said("Thing 6"): ""}))
    assert (told.open, told.left_out) == (Counter(), Counter({"not-in-plan": 11}))
    assert amounts(told) == {("Main", "windows-7-enterprise"): (7, None)}


def test_the_filters_leave_rows_out_by_name(db: None) -> None:
    found = read(
        tally(
            group(SERVER_2019, 1, enabled=False),
            group(SERVER_2019, 2, idle_days=90),
            group(SERVER_2019, 3, idle_days=60),
            group(WINDOWS_7, 4),
            group(SERVER_2019, 5, enabled=True),
        ),
        Choices(skip_disabled=True, idle_days=90, servers_only=True),
    )
    assert found.left_out == Counter({"disabled": 1, "idle": 2, "not-server": 4})
    assert amounts(found) == {("Main", "windows-server-2019-standard"): (8, None)}


groups = st.builds(
    group,
    st.sampled_from([WINDOWS_7, SERVER_2019, LINUX, RIDDLE]),
    st.integers(1, 1000),
    st.sampled_from(["", BERLIN]),
    enabled=st.sampled_from([None, True, False]),
    idle_days=st.sampled_from([None, 0, 90]),
)


@given(
    st.lists(groups, max_size=12),
    st.dictionaries(st.sampled_from([Refusal("cells"), Refusal("quantity", "Qty")]), st.integers(1, 50)),
    st.booleans(),
    st.sampled_from([None, 30, 90]),
    st.booleans(),
    st.sampled_from(["computers", "licences", "keys"]),
)
def test_rows_in_are_rows_counted_and_left_out_and_refused(
    rows: list[Group], refused: dict[Refusal, int], disabled: bool, idle: int | None, servers: bool, content: str
) -> None:
    choices = Choices(skip_disabled=disabled, idle_days=idle, servers_only=servers)
    found = read(tally(*rows, content=content, refused=refused), choices, shipped())
    assert found.rows == found.counted + found.left_out.total() + sum(found.refused.values())
    if content == "computers":
        assert found.counted == sum(amount.count for amount in found.computers.values())


def test_nothing_is_written_before_it_is_confirmed_and_then_in_one_act(here: Here, office: Network) -> None:
    found = read(tally(group(WINDOWS_7, 45), group(SERVER_2019, 6)), Choices(network="head  office."))
    before, acts = kept(here), here.organisation.acts.count()
    shown = changes(here.estate(), found, replace=False, catalogue=current())
    assert (len(shown.networks), len(shown.added), len(shown.changed), len(shown.gone)) == (0, 1, 1, 0)
    assert (kept(here), here.organisation.acts.count()) == (before, acts)
    import_into(here, found)
    assert kept(here) == [
        ("Head office", "windows-7-enterprise", 45, 0),
        ("Head office", "windows-server-2019-standard", 6, 0),
    ]
    assert here.organisation.acts.count() == acts + 1


def test_the_same_file_again_changes_nothing(here: Here, office: Network) -> None:
    found = read(tally(group(WINDOWS_7, 45, BERLIN, virtual=True), group(SERVER_2019, 6)), Choices(network="Berlin"))
    assert import_into(here, found, replace=True) is not None
    assert import_into(here, found, replace=True) is None
    again = changes(here.estate(), found, replace=True, catalogue=current())
    assert (again.nothing, again.same) == (True, 2)


def test_an_undo_takes_the_whole_import_back(here: Here, office: Network) -> None:
    before = kept(here)
    act = import_into(here, read(tally(group(SERVER_2019, 6)), Choices(network="Berlin")), replace=True)
    assert kept(here) == [("Berlin", "windows-server-2019-standard", 6, 0)]
    undo(here, act)
    assert kept(here) == before
    assert list(here.estate().networks.values_list("name", flat=True)) == ["Head office"]


def test_replacing_computers_with_windows_leaves_office_and_merging_leaves_all(here: Here, office: Network) -> None:
    with recorded(here, "Added Office") as act:
        act.add(ComputerLine(estate=office.estate, network=office, product="office-professional-plus-2016", count=9))
    found = read(tally(group(SERVER_2019, 6)), Choices(network="Head office"))
    import_into(here, found)
    assert len(kept(here)) == 3
    import_into(here, found, replace=True)
    assert kept(here) == [
        ("Head office", "office-professional-plus-2016", 9, 0),
        ("Head office", "windows-server-2019-standard", 6, 0),
    ]


def test_lines_that_a_file_cannot_tell_apart_keep_what_people_wrote(here: Here, office: Network) -> None:
    with recorded(here, "Added laptops") as act:
        laptops = ComputerLine(estate=office.estate, network=office, product="windows-7-enterprise", count=5)
        laptops.contact, laptops.note = "rare", "laptops"
        act.add(laptops)
    import_into(here, read(tally(group(WINDOWS_7, 50)), Choices(network="Head office")))
    lines = here.estate().computers.order_by("count").values_list("count", "contact", "note")
    assert list(lines) == [(5, "rare", "laptops"), (45, "regular", "")]
    import_into(here, read(tally(group(WINDOWS_7, 4)), Choices(network="Head office")))
    assert kept(here) == [("Head office", "windows-7-enterprise", 4, 0)]


def test_an_estate_that_changed_since_it_was_shown_is_not_written_to(here: Here, office: Network) -> None:
    found, seen = read(tally(group(SERVER_2019, 6))), here.estate().revision
    with recorded(here, "Changed a line") as act:
        act.change(here.estate().computers.select_related("network").get(), {"count": 41}, 1)
    with pytest.raises(InventoryChangedError):
        confirm(here, "Imported", found, True, current(), seen)
    assert kept(here) == [("Head office", "windows-7-enterprise", 41, 0)]


def test_a_confirmation_that_comes_twice_writes_once(here: Here, office: Network) -> None:
    found, seen = read(tally(group(SERVER_2019, 6))), here.estate().revision
    confirm(here, "Imported", found, False, current(), seen, "a" * 32)
    with pytest.raises(DoneAlreadyError):
        confirm(here, "Imported", found, False, current(), seen, "a" * 32)
    assert [line[2] for line in kept(here)] == [40, 6]


def test_a_network_of_another_organisation_is_a_name_like_any_other(here: Here, office: Network, stan: User) -> None:
    theirs = stan.memberships.get().organisation.estates.get()
    secret = Network.objects.create(estate=theirs, name="Secret")
    import_into(here, read(tally(group(SERVER_2019, 6)), Choices(network="Secret")))
    assert not secret.computers.exists()
    assert here.estate().networks.get(name="Secret").computers.get().count == 6


def test_licences_and_keys_come_the_same_way(here: Here, office: Network) -> None:
    bought = tally(group(SERVER_2019, 2, count=30), group(SERVER_2019, 1, count=12), content="licences")
    import_into(here, read(bought))
    assert here.estate().licences.values_list("product", "quantity").get() == ("windows-server-2019-standard", 42)
    mak, host = Said("Windows 7 Enterprise", key_type="MAK"), Said("Windows 7 Enterprise", key_type="CSVLK")
    held = tally(
        group(mak, last_five="8QCQ2", remaining=30),
        group(host, last_five="3XKQ7", remaining=5),
        group(Said("Windows 7 Enterprise", key_type="Retail")),
        content="keys",
    )
    found = read(held)
    assert found.left_out == Counter({"no-key": 1})
    import_into(here, found)
    rows = here.estate().keys.order_by("-key").values_list("key", "used", "last_five")
    assert list(rows) == [("mak-windows-7", 30, "8QCQ2"), ("kms-windows-7", 0, "3XKQ7")]
    assert import_into(here, found) is None


def test_replacing_licences_or_keys_leaves_the_other_tables(here: Here, office: Network) -> None:
    with recorded(here, "Added") as act:
        act.add(LicenceLine(estate=office.estate, product="windows-7-enterprise", quantity=3))
        act.add(HeldKey(estate=office.estate, key="mak-windows-10", used=3))
    import_into(here, read(tally(group(SERVER_2019, 6), content="licences")), replace=True)
    assert list(here.estate().licences.values_list("product", "quantity")) == [("windows-server-2019-standard", 6)]
    assert (here.estate().keys.count(), here.estate().computers.count()) == (1, 1)
