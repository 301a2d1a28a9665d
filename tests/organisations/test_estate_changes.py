"""Rows of an estate added, changed and removed: everything wrong said at once, nothing lost, nothing overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from planner.access import Here
from planner.models import Act, ComputerLine, HeldKey, Network
from planner.recording import recorded
from tests.organisations.conftest import here_as, signed_in

ESTATE = "/o/contoso/estate/"
COMPUTERS = f"{ESTATE}computers/"
NETWORKS = f"{ESTATE}networks/"
KEYS = f"{ESTATE}keys/"
KEY = "ABCDE-FGHIJ-KLMNO-PQRST-VWXYZ"
HTMX = {"HX-Request": "true"}


def seen(response: HttpResponse) -> str:
    """The text of a page as a person reads it: no tags, single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def value_of(response: HttpResponse, name: str) -> str:
    """What a field of the page holds."""
    return unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', response.content.decode())[1])


def counts(here: Here) -> list[int]:
    return list(here.estate().computers.values_list("count", flat=True))


def line(here: Here) -> ComputerLine:
    return here.estate().computers.select_related("network").first()


def fields(row: ComputerLine, **changes: str) -> dict[str, str]:
    """What the form of a line sends."""
    typed = {
        "product": "Windows 7 Enterprise",
        "count": str(row.count),
        "network": row.network.name,
        "virtual": "0",
        "contact": "regular",
        "activate": "yes",
        "domain_joined": "no",
        "avma": "0",
        "note": "",
    }
    return {"version": str(row.version), "do": "save"} | {
        f"e{row.pk}-{name}": text for name, text in (typed | changes).items()
    }


def somebody_changes(edgar: User, here: Here, count: int) -> None:
    with recorded(here_as(here.organisation, edgar), "Counted again") as act:
        act.change(line(here), {"count": count}, line(here).version)


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


def test_typed_and_pasted_rows_are_added_in_one_act(client: Client, here: Here, office: Network) -> None:
    sent = {
        "rows": "2",
        "r1-product": "windows 11 enterprise",
        "r1-count": "5",
        "r1-network": "Head office",
        "r2-product": "",
        "r2-count": "",
        "text": "Product;Computers;Note\nMicrosoft® Windows 11 Enterprise;6;first\nwindows-10-enterprise;7;second",
    }
    response = client.post(f"{COMPUTERS}add/", sent)
    act = Act.objects.latest("pk")
    assert response["Location"] == f"{COMPUTERS}?done={act.pk}"
    assert (act.what, act.changes.count()) == ("Added 3 lines of computers", 3)
    assert counts(here) == [40, 5, 6, 7]
    assert "Added 3 lines of computers. Undo" in seen(client.get(response["Location"]))


@pytest.mark.parametrize(
    "text",
    [
        "windows-11-enterprise\t5\nwindows-10-enterprise\t6",
        "windows-11-enterprise;5\r\nwindows-10-enterprise;6",
        "windows-11-enterprise,5\rwindows-10-enterprise,6\r\r",
        "count,product\n5,windows-11-enterprise\n6,windows-10-enterprise",
        '\ufeffProduct\tComputers\n"windows-11-enterprise"\t5\n\nwindows-10-enterprise\t 6 \n',
        "network;product;count;virtual\nHead office;windows-11-enterprise;5;\n;windows-10-enterprise;6;0",
    ],
)
def test_rows_are_pasted_with_any_separator_with_and_without_a_header(
    client: Client, here: Here, office: Network, text: str
) -> None:
    client.post(f"{COMPUTERS}add/", {"text": text})
    added = here.estate().computers.order_by("pk").values_list("product", "count")[1:]
    assert list(added) == [("windows-11-enterprise", 5), ("windows-10-enterprise", 6)]


def test_everything_wrong_is_said_at_once_with_row_and_column_and_nothing_is_added(
    client: Client, here: Here, office: Network
) -> None:
    pasted = "windows-10-enterprise;12\nwindows-10-enterprise;1,000\nWindows 12;3\nwindows-11-enterprise;4;Nowhere"
    page = client.post(
        f"{COMPUTERS}add/",
        {"rows": "1", "r1-product": "Windows 11 Enterprise", "r1-count": "-1", "r1-virtual": "x", "text": pasted},
    )
    assert page.status_code == 422
    text = seen(page)
    assert 'Row 1, Computers: Enter a whole number from 1 to 10,000,000, not "-1".' in text
    assert "Row 1, Virtual: Enter a whole number from 0 to 10,000,000 in digits only" in text
    assert "Pasted row 2, Computers: Enter a whole number from 1 to 10,000,000 in digits only" in text
    assert 'Pasted row 3, Product: There is no product "Windows 12".' in text
    assert 'Pasted row 4, Network: There is no network "Nowhere".' in text
    assert "<title>Error: " in page.content.decode()
    assert pasted in unescape(page.content.decode())
    assert value_of(page, "r1-count") == "-1"
    assert counts(here) == [40]


@pytest.mark.parametrize(
    "number", ["0", "-1", "1e3", "1.5", "1,000", "1_000", "NaN", "\u0663", "\uff11\uff12", "9" * 5000, str(2**80)]
)
def test_what_is_no_number_of_computers_is_told_beside_its_field(
    client: Client, here: Here, office: Network, number: str
) -> None:
    page = client.post(f"{COMPUTERS}add/", {"rows": "1", "r1-product": "Windows 11 Enterprise", "r1-count": number})
    assert page.status_code == 422
    assert 'id="r1-count_error"' in page.content.decode()
    assert counts(here) == [40]


def test_an_unclosed_quote_and_an_unknown_column_are_told(client: Client, here: Here, office: Network) -> None:
    page = client.post(f"{COMPUTERS}add/", {"text": 'product,count,colour\nwindows-11-enterprise,1,red\n"windows,2'})
    assert 'Pasted row 1: There is no column "colour".' in seen(page)
    assert "Pasted row 3: A quote that opens here is not closed" in seen(page)
    assert counts(here) == [40]


def test_the_first_computers_make_a_network_named_main(client: Client, here: Here) -> None:
    client.post(f"{COMPUTERS}add/", {"text": "windows-11-enterprise,5"})
    assert [network.name for network in here.estate().networks.all()] == ["Main"]


def test_a_form_that_is_sent_twice_adds_once(client: Client, here: Here, office: Network) -> None:
    sent = {"once": value_of(client.get(f"{COMPUTERS}add/"), "once"), "text": "windows-11-enterprise,5"}
    first, second = client.post(f"{COMPUTERS}add/", sent), client.post(f"{COMPUTERS}add/", sent)
    assert first["Location"] == second["Location"]
    assert counts(here) == [40, 5]


def test_more_rows_come_without_losing_what_was_typed(client: Client, here: Here) -> None:
    page = client.post(f"{COMPUTERS}add/", {"do": "more", "rows": "1", "r1-product": "abc", "text": "kept"})
    assert value_of(page, "rows") == "6"
    assert value_of(page, "r1-product") == "abc"
    assert ">kept</textarea>" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "table"), [("r1-note", COMPUTERS), ("text", COMPUTERS), ("r1-key", KEYS), ("r1-name", NETWORKS)]
)
def test_a_full_product_key_is_cut_wherever_it_is_typed(
    client: Client, here: Here, caplog: pytest.LogCaptureFixture, field: str, table: str
) -> None:
    page = client.post(
        f"{table}add/", {"rows": "1", "r1-product": "windows-11-enterprise", "r1-count": "1", field: KEY}
    )
    assert b"FGHIJ" not in page.content
    assert "FGHIJ" not in caplog.text
    kept = [str(row) for model in (ComputerLine, Network, HeldKey) for row in model.objects.values()]
    assert not [row for row in kept if "FGHIJ" in row]


def test_of_a_full_key_in_its_own_field_the_last_five_characters_stay(client: Client, here: Here) -> None:
    client.post(f"{KEYS}add/", {"rows": "1", "r1-key": "mak-windows-7", "r1-used": "30", "r1-last_five": KEY})
    assert here.estate().keys.get().last_five == "VWXYZ"


def test_a_key_is_held_once(client: Client, here: Here) -> None:
    page = client.post(f"{KEYS}add/", {"text": "mak-windows-7,3\nmak-windows-7,4"})
    assert "Pasted row 2, Key:" in seen(page)
    assert "is in the list already" in seen(page)
    assert here.estate().keys.count() == 0


def test_a_line_is_changed_and_the_list_says_so(client: Client, here: Here, office: Network) -> None:
    back = {"back": "q=windows&sort=-count"}
    response = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), count="41") | back)
    act = Act.objects.latest("pk")
    assert response["Location"] == f"{COMPUTERS}?q=windows&sort=-count&done={act.pk}"
    assert act.what == "Changed 40 Windows 7 Enterprise in Head office"
    assert counts(here) == [41]


def test_htmx_gets_the_changed_row_with_totals_undo_and_the_focus(client: Client, here: Here, office: Network) -> None:
    fragment = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), count="41"), headers=HTMX)
    html = fragment.content.decode()
    assert html.startswith(f'<tr id="r{line(here).pk}">')
    assert "autofocus" in html
    assert '<span id="sum-count" hx-swap-oob="innerHTML">41</span>' in html
    assert fragment["HX-Trigger"] == "estate-changed"


def test_a_mistake_in_a_row_keeps_what_was_typed(client: Client, here: Here, office: Network) -> None:
    sent = fields(line(here), count="10", virtual="11", note="as typed")
    page = client.post(f"{COMPUTERS}{line(here).pk}/", sent)
    assert page.status_code == 422
    assert 'Virtual: Enter a whole number from 0 to 10 (the computers of this line), not "11".' in seen(page)
    assert value_of(page, f"e{line(here).pk}-note") == "as typed"
    assert counts(here) == [40]


def test_extra_fields_change_nothing(client: Client, here: Here, office: Network, stan: User) -> None:
    theirs = stan.memberships.get().organisation
    more = {"organisation": str(theirs.pk), "estate": str(theirs.estates.get().pk), "id": "1", "note_folded": "x"}
    before = line(here)
    prefixed = {f"e{before.pk}-{name}": text for name, text in more.items()}
    client.post(f"{COMPUTERS}{before.pk}/", fields(before, count="41") | more | prefixed)
    after = line(here)
    assert (after.pk, after.estate_id, after.count, after.note_folded) == (before.pk, before.estate_id, 41, "")


def test_a_network_of_another_organisation_cannot_be_chosen(
    client: Client, here: Here, office: Network, stan: User
) -> None:
    there = here_as(stan.memberships.get().organisation, stan)
    with recorded(there, "Added") as act:
        act.add(Network(estate=there.estate(), name="Fabrikam lab"))
    elsewhere = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), network="Fabrikam lab"))
    nowhere = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), network="Fabrikam lap"))
    assert 'Network: There is no network "Fabrikam lab". There is "Head office".' in seen(elsewhere)
    assert 'Network: There is no network "Fabrikam lap". There is "Head office".' in seen(nowhere)


def test_who_saves_second_sees_both_versions_and_chooses(
    client: Client, here: Here, office: Network, edgar: User
) -> None:
    old = fields(line(here), count="41", note="mine")
    somebody_changes(edgar, here, 50)
    page = client.post(f"{COMPUTERS}{line(here).pk}/", old)
    assert page.status_code == 409
    assert "Somebody changed this meanwhile" in seen(page)
    assert "edgar@contoso.com changed it at" in seen(page)
    assert "Computers (differs) 50 41" in seen(page)
    assert counts(here) == [50]
    client.post(f"{COMPUTERS}{line(here).pk}/", old | {"version": value_of(page, "version")})
    assert (line(here).count, line(here).note) == (41, "mine")


def test_who_changes_a_row_that_was_removed_may_add_it_again(
    client: Client, here: Here, office: Network, edgar: User
) -> None:
    old, pk = fields(line(here), count="41"), line(here).pk
    with recorded(here_as(here.organisation, edgar), "Removed") as act:
        act.remove_all([line(here)])
    page = client.post(f"{COMPUTERS}{pk}/", old)
    assert page.status_code == 409
    assert "edgar@contoso.com removed it at" in seen(page)
    names = re.findall(r'name="(r1-\w+)"', page.content.decode())
    client.post(f"{COMPUTERS}add/", {"rows": "1"} | {name: value_of(page, name) for name in names})
    assert counts(here) == [41]


def test_a_row_that_somebody_changed_is_not_removed_unseen(
    client: Client, here: Here, office: Network, edgar: User
) -> None:
    old = {"version": str(line(here).version), "do": "delete"}
    somebody_changes(edgar, here, 50)
    page = client.post(f"{COMPUTERS}{line(here).pk}/", old)
    assert page.status_code == 409
    assert counts(here) == [50]
    client.post(f"{COMPUTERS}{line(here).pk}/", old | {"version": value_of(page, "version")})
    assert counts(here) == []


def test_a_removed_row_comes_back_by_undo(client: Client, here: Here, office: Network) -> None:
    before = line(here)
    fragment = client.post(
        f"{COMPUTERS}{before.pk}/", {"version": str(before.version), "do": "delete"}, headers=HTMX
    ).content.decode()
    assert "Removed 40 Windows 7 Enterprise in Head office." in fragment
    assert counts(here) == []
    undo = re.search(r'action="(/o/contoso/acts/\d+/undo/)"', fragment)[1]
    response = client.post(undo, {"next": f"{COMPUTERS}?q=windows"})
    assert response["Location"].startswith(f"{COMPUTERS}?q=windows&done=")
    assert (line(here).pk, line(here).count) == (before.pk, 40)


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example/o/contoso/", "/o/contoso/\r\nX: y", "/o/other/"]
)
def test_an_undo_leads_nowhere_else(client: Client, here: Here, office: Network, wanted: str) -> None:
    response = client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/", {"next": wanted})
    assert response["Location"].startswith("/o/contoso/?done=")


def test_what_somebody_changed_since_is_not_undone(client: Client, here: Here, office: Network, edgar: User) -> None:
    added = Act.objects.latest("pk")
    somebody_changes(edgar, here, 50)
    page = client.post(f"/o/contoso/acts/{added.pk}/undo/")
    assert page.status_code == 409
    assert "Somebody changed some of it since. Nothing was undone." in seen(page)
    assert counts(here) == [50]


def test_an_act_of_another_organisation_is_neither_shown_nor_undone(client: Client, here: Here, stan: User) -> None:
    theirs = stan.memberships.get().organisation.acts.first()
    assert client.post(f"/o/contoso/acts/{theirs.pk}/undo/").status_code == 404
    assert theirs.what not in seen(client.get(COMPUTERS, {"done": theirs.pk})) or theirs.what == "Made the organisation"
    assert 'class="done"' not in client.get(COMPUTERS, {"done": theirs.pk}).content.decode()


@pytest.fixture
def three(here: Here, office: Network) -> list[ComputerLine]:
    rows = [
        ComputerLine(estate=here.estate(), network=office, product="windows-11-enterprise", count=number)
        for number in (1, 2)
    ]
    with recorded(here, "Added") as act:
        act.add_all(rows)
    return list(here.estate().computers.order_by("pk"))


def ticked(rows: list[ComputerLine]) -> list[str]:
    return [f"{row.pk}:{row.version}" for row in rows]


def test_one_field_is_changed_in_all_ticked_rows(client: Client, here: Here, three: list[ComputerLine]) -> None:
    chosen = {"row": ticked(three[1:]), "field": "contact", "back": "q=11"}
    page = client.post(f"{COMPUTERS}chosen/", chosen | {"do": "change"})
    assert "Change 2 lines of computers" in seen(page)
    response = client.post(f"{COMPUTERS}chosen/", chosen | {"do": "save", "contact": "rare"})
    assert response["Location"].startswith(f"{COMPUTERS}?q=11&done=")
    assert list(here.estate().computers.values_list("contact", flat=True)) == ["regular", "rare", "rare"]


def test_a_change_of_many_rows_that_one_cannot_have_changes_none(
    client: Client, here: Here, three: list[ComputerLine]
) -> None:
    sent = {"row": ticked(three), "field": "virtual", "virtual": "2", "do": "save"}
    page = client.post(f"{COMPUTERS}chosen/", sent)
    assert page.status_code == 422
    assert "1 Windows 11 Enterprise in Head office, Virtual: Enter a whole number from 0 to 1" in seen(page)
    assert set(here.estate().computers.values_list("virtual", flat=True)) == {0}


def test_the_ticked_rows_are_removed_and_come_back(client: Client, here: Here, three: list[ComputerLine]) -> None:
    client.post(f"{COMPUTERS}chosen/", {"row": ticked(three[:2]), "do": "delete"})
    assert counts(here) == [2]
    client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/")
    assert sorted(counts(here)) == [1, 2, 40]


@pytest.mark.parametrize("do", ["delete", "save"])
def test_of_many_rows_those_that_somebody_changed_are_chosen_one_by_one(
    client: Client, here: Here, three: list[ComputerLine], edgar: User, do: str
) -> None:
    sent = {"row": ticked(three), "field": "note", "note": "mine", "do": do}
    somebody_changes(edgar, here, 50)
    page = client.post(f"{COMPUTERS}chosen/", sent)
    assert page.status_code == 409
    assert "50 Windows 7 Enterprise in Head office" in seen(page)
    assert (counts(here), here.estate().computers.exclude(note="").count()) == ([50, 1, 2], 0)
    rest = re.findall(r'name="row" value="([^"]+)"', page.content.decode())
    client.post(f"{COMPUTERS}chosen/", sent | {"row": rest, f"row-{three[0].pk}": "", "decided": "yes"})
    left = {"delete": ([50], 0), "save": ([50, 1, 2], 2)}[do]
    assert (counts(here), here.estate().computers.exclude(note="").count()) == left


def test_rows_of_another_organisation_are_not_touched_and_not_named(
    client: Client, here: Here, three: list[ComputerLine], stan: User
) -> None:
    there = here_as(stan.memberships.get().organisation, stan)
    lab = Network(estate=there.estate(), name="Fabrikam lab")
    theirs = ComputerLine(estate=there.estate(), network=lab, product="windows-11-enterprise", count=9)
    with recorded(there, "Added") as act:
        act.add(lab)
        act.add(theirs)
    page = client.post(f"{COMPUTERS}chosen/", {"row": [*ticked(three), f"{theirs.pk}:1"], "do": "delete"})
    assert "Fabrikam" not in seen(page)
    assert there.estate().computers.count() == 1
    assert client.get(f"{COMPUTERS}{theirs.pk}/").status_code == 404


@pytest.mark.parametrize("row", [[], ["x"], ["1"], ["9" * 50 + ":1"], ["1:" + "9" * 50]])
def test_without_ticked_rows_the_list_says_what_to_do(
    client: Client, here: Here, office: Network, row: list[str]
) -> None:
    page = client.post(f"{COMPUTERS}chosen/", {"row": row, "do": "delete"})
    assert page.status_code == 422
    assert "Tick one or more rows first." in seen(page)


def test_a_network_in_use_is_removed_only_with_its_lines(client: Client, here: Here, office: Network) -> None:
    sent = {"version": str(office.version), "do": "delete"}
    page = client.post(f"{NETWORKS}{office.pk}/", sent)
    assert page.status_code == 409
    assert "1 line with 40 computers is on Head office" in seen(page)
    assert here.estate().networks.count() == 1
    rows = re.findall(r'name="row" value="([^"]+)"', page.content.decode())
    client.post(f"{NETWORKS}chosen/", {"row": rows, "do": "delete", "with_lines": "yes"})
    assert (here.estate().networks.count(), counts(here)) == (0, [])
    client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/")
    assert (here.estate().networks.count(), counts(here)) == (1, [40])


@pytest.mark.parametrize("many", [False, True], ids=["one row", "ticked rows"])
def test_a_network_that_gets_a_line_just_before_it_goes_is_in_use(
    many: bool, client: Client, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = Network(estate=here.estate(), name="Plant")
    with recorded(here, "Added") as act:
        act.add(plant)

    @contextmanager
    def after_somebody_added_a_line(*args: Any) -> Iterator[Any]:
        with recorded(here, "Added a line") as act:
            act.add(ComputerLine(estate=plant.estate, network=plant, product="windows-10-pro", count=7))
        with recorded(*args) as act:
            yield act

    monkeypatch.setattr(f"planner.views.estate.{'chosen' if many else 'row'}.recorded", after_somebody_added_a_line)
    sent = {"row": f"{plant.pk}:1", "version": "1", "do": "delete"}
    page = client.post(f"{NETWORKS}chosen/" if many else f"{NETWORKS}{plant.pk}/", sent)
    assert page.status_code == 409
    assert "1 line with 7 computers is on Plant" in seen(page)
    assert here.estate().networks.filter(name="Plant").exists()
    assert counts(here) == [7]


def test_a_network_whose_kms_hosts_others_use_is_not_removed(client: Client, here: Here, office: Network) -> None:
    with recorded(here, "Added") as act:
        act.add(Network(estate=here.estate(), name="Branch", kms_via=office))
    sent = {"row": f"{office.pk}:1", "do": "delete", "with_lines": "yes"}
    page = client.post(f"{NETWORKS}chosen/", sent)
    assert page.status_code == 409
    assert "Branch uses the KMS hosts of Head office." in seen(page)
    assert here.estate().networks.count() == 2


def test_networks_are_pasted_in_any_order(client: Client, here: Here) -> None:
    client.post(f"{NETWORKS}add/", {"text": "name,kms_via\nBranch,Head office\nHead office,\nShop,Branch"})
    assert dict(here.estate().networks.values_list("name", "kms_via__name")) == {
        "Head office": None,
        "Branch": "Head office",
        "Shop": "Branch",
    }


def test_a_way_that_leads_in_a_circle_is_told_at_its_field(client: Client, here: Here) -> None:
    page = client.post(f"{NETWORKS}add/", {"text": "name,kms_via\nA,B\nB,A"})
    assert "Pasted row 3, Uses the KMS hosts of: This way leads in a circle." in seen(page)
    assert "Pasted row 2, Uses the KMS hosts of: This way leads in a circle." in seen(page)
    assert here.estate().networks.count() == 0


def test_a_change_that_leaves_another_network_without_a_way_is_told(
    client: Client, here: Here, office: Network
) -> None:
    with recorded(here, "Added") as act:
        act.add(Network(estate=here.estate(), name="Branch", kms_via=office))
    before = f"e{office.pk}-"
    typed = {"name": "Head office", "kms": "no", "kms_via": "", "microsoft": "direct"}
    sent = {"version": "1", "do": "save"} | {before + name: text for name, text in typed.items()}
    page = client.post(f"{NETWORKS}{office.pk}/", sent)
    assert 'Branch: "Head office" has no KMS.' in seen(page)
    assert here.estate().networks.get(pk=office.pk).kms


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Head office", 'There is a network "Head office" already'),
        ("HEAD OFFICE", 'This looks like the network "Head office"'),
        (" Head  office", 'This looks like the network "Head office"'),
        ("\uff28ead office", 'This looks like the network "Head office"'),
        ("Head\u00a0office", 'This looks like the network "Head office"'),
    ],
)
def test_a_name_that_a_reader_takes_for_another_one_is_told(
    client: Client, here: Here, office: Network, name: str, words: str
) -> None:
    page = client.post(f"{NETWORKS}add/", {"rows": "1", "r1-name": name})
    assert page.status_code == 422
    assert words in seen(page)


def test_the_row_that_is_renamed_is_told_whichever_is_first(client: Client, here: Here, office: Network) -> None:
    client.post(f"{NETWORKS}add/", {"rows": "1", "r1-name": "Branch"})
    page = client.post(f"{NETWORKS}{office.pk}/", {"version": office.version, f"e{office.pk}-name": "Branch"})
    assert 'There is a network "Branch" already' in seen(page)


def test_the_settings_are_changed_and_undone(client: Client, here: Here) -> None:
    page, pk = client.get(f"{ESTATE}settings/"), here.estate().pk
    typed = {"agreement": "select", "evidence": "documented", "mak_reserve_percent": "10", "count_old_virtual": "yes"}
    sent = {"version": value_of(page, "version")} | {f"e{pk}-{name}": text for name, text in typed.items()}
    response = client.post(f"{ESTATE}settings/", sent)
    assert (here.estate().agreement, here.estate().mak_reserve_percent) == ("select", 10)
    assert "Changed the settings. Undo" in seen(client.get(response["Location"]))
    again = client.post(f"{ESTATE}settings/", sent | {f"e{pk}-mak_reserve_percent": "20"})
    assert again.status_code == 409
    assert here.estate().mak_reserve_percent == 10


def test_a_scenario_has_the_same_tables_and_leaves_the_inventory_alone(
    client: Client, here: Here, office: Network
) -> None:
    scenario = here.organisation.estates.create(name="With a new lab", scenario=True)
    at = f"/o/contoso/scenarios/{scenario.pk}/estate/computers/"
    client.post(f"{at}add/", {"text": "windows-11-enterprise,5"})
    assert "With a new lab" in seen(client.get(at))
    assert list(scenario.computers.values_list("count", flat=True)) == [5]
    assert counts(here) == [40]
