"""The history of Contoso as its people read it, narrow it, export it; and that nobody can alter it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client

from activation.models.history import HistoryIsFixedError
from planner import plans
from planner.access import Here
from planner.members import change_role
from planner.models import Act, Change, ComputerLine, HeldKey, Network, Organisation, Role
from planner.recording import recorded
from tests.organisations.conftest import here_as, signed_in

HISTORY = "/o/contoso/history/"


def line_of(here: Here) -> ComputerLine:
    return here.estate().computers.get()


def changed(here: Here, why: str = "", /, **values: object) -> Act:
    line = line_of(here)
    with recorded(here, "Changed the computers", why) as act:
        act.change(line, values, line.version)
    return act.made


def text_of(client: Client, url: str) -> str:
    """The page's words with single blanks, without its tags."""
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().split("<main", 1)[1]).split())


def csv_of(client: Client, query: str = "") -> list[dict[str, str]]:
    body = b"".join(client.get(f"/o/contoso/history.csv{query}").streaming_content).decode()
    assert body.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(body[1:], newline="")))


def test_the_newest_act_stands_first_and_each_opens_to_its_own_page(here: Here, olga: User, office: Network) -> None:
    act = changed(here, count=45)
    page = signed_in(olga).get(HISTORY).content.decode()
    assert page.index("Changed the computers") < page.index("Added a network") < page.index("Made the organisation")
    assert f'href="/o/contoso/acts/{act.pk}/"' in page


def test_an_act_says_who_when_in_which_request_why_and_each_field_before_and_after(
    here: Here, olga: User, office: Network
) -> None:
    act = changed(here, "New branch", count=1045, domain_joined=True)
    Act._base_manager.filter(pk=act.pk).update(at=datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC))
    text = text_of(signed_in(olga), f"/o/contoso/acts/{act.pk}/")
    assert "Person olga@contoso.com" in text
    assert "Time 2026-03-01 09:30:05 UTC" in text
    assert f"Request {here.request_id}" in text
    assert "Note New branch" in text
    assert "Changed: 1,045 Windows 7 Enterprise in Head office" in text
    assert "Field Before After Computers 40 1,045 In the domain no yes" in text


def test_products_keys_and_networks_stand_by_name_and_never_by_slug_or_id(
    here: Here, olga: User, office: Network
) -> None:
    line, plant = line_of(here), Network(estate=here.estate(), name="Plant")
    with recorded(here, "Moved") as act:
        act.add(plant)
        act.change(line, {"network": plant, "product": "windows-10-pro", "contact": "rare"}, line.version)
        act.add(HeldKey(estate=here.estate(), key="mak-windows-7", used=50))
    text = text_of(signed_in(olga), f"/o/contoso/acts/{act.made.pk}/")
    assert "Product Windows 7 Enterprise Windows 10 Pro" in text
    assert "Network Head office Plant" in text
    assert "Contact in 30 days 180 days" in text
    assert "Added: MAK for Windows 7" in text
    for slug in ("windows-10-pro", "windows-7-enterprise", "mak-windows-7", "network_id"):
        assert slug not in text


def test_a_plan_that_was_removed_and_brought_back_is_told_as_that(here: Here, olga: User, office: Network) -> None:
    act = plans.remove(here, plans.save(here, here.estate(), "Spring", ""))
    assert "Removed: saved plan Spring" in text_of(signed_in(olga), f"/o/contoso/acts/{act.pk}/")
    signed_in(olga).post(f"/o/contoso/acts/{act.pk}/undo/")
    newest = Act.objects.first()
    assert "Brought back: saved plan Spring" in text_of(signed_in(olga), f"/o/contoso/acts/{newest.pk}/")


def test_the_role_of_a_member_is_told_in_the_words_of_the_form(here: Here, olga: User, edgar: User) -> None:
    row = here.organisation.members.select_related("person").get(person=edgar)
    change_role(here, row, Role.VIEWER, row.version)
    text = text_of(signed_in(olga), f"/o/contoso/acts/{Act.objects.first().pk}/")
    assert "member edgar@contoso.com" in text
    assert "Role editor: changes the estate and the plans viewer: reads and exports" in text


def test_the_history_of_one_row_shows_its_acts_with_what_changed_in_it(here: Here, olga: User, office: Network) -> None:
    changed(here, count=45)
    changed(here, count=50)
    with recorded(here, "Renamed a network") as act:
        act.change(office, {"name": "Berlin"}, office.version)
    text = text_of(signed_in(olga), f"{HISTORY}?kind=computers&row={line_of(here).pk}")
    assert "Of 50 Windows 7 Enterprise in Head office" in text
    assert "Computers 45 50" in text
    assert "Computers 40 45" in text
    assert "Renamed a network" not in text


def test_the_page_of_a_row_of_a_plan_and_of_the_members_lead_to_their_history(
    here: Here, olga: User, vera: User, office: Network
) -> None:
    plan, line = plans.save(here, here.estate(), "Spring", ""), line_of(here)
    member = here.organisation.members.get(person=vera)
    for url, kind, row in (
        (f"/o/contoso/estate/computers/{line.pk}/", "computers", line.pk),
        ("/o/contoso/estate/settings/", "estate", here.estate().pk),
        (f"/o/contoso/plans/{plan.pk}/", "plan", plan.pk),
        ("/o/contoso/members/", "member", member.pk),
    ):
        assert f'href="{HISTORY}?kind={kind}&amp;row={row}"' in signed_in(olga).get(url).content.decode(), url


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("kind=estate", (), ("Added a network", "Renamed the plan")),
        ("kind=computers", ("Added a network",), ("Made the organisation", "Edgar was here")),
        ("person=edgar@contoso.com", ("Edgar was here",), ("Added a network",)),
        ("day=2026-03-01", ("Added a network",), ("Made the organisation", "Edgar was here")),
        ("day=2026-02-28", (), ("Added a network",)),
    ],
)
def test_the_list_is_narrowed_by_kind_person_and_day(
    query: str, there: tuple[str, ...], gone: tuple[str, ...], contoso: Organisation, office: Network, edgar: User
) -> None:
    with recorded(here_as(contoso, edgar), "Edgar was here") as act:
        act.add(Network(estate=office.estate, name="Plant"))
    added = Act.objects.get(what="Added a network")
    Act._base_manager.filter(pk=added.pk).update(at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    response = signed_in(edgar).get(f"{HISTORY}?{query}")
    for what in there:
        assert what in response.content.decode()
    for what in gone:
        assert what not in response.content.decode()


@pytest.mark.parametrize("day", ["01/03/2026", "2026-13-01", "0001-01-01", "9999-12-31", "x" * 9000])
def test_a_day_that_cannot_be_read_is_told_with_an_example(day: str, olga: User, contoso: Organisation) -> None:
    response = signed_in(olga).get(HISTORY, {"day": day})
    assert response.status_code == 422
    assert "Enter the day as YYYY-MM-DD, such as" in response.content.decode()
    assert "Made the organisation" in response.content.decode()


@pytest.mark.parametrize("query", ["kind=secret", "person=nobody", "row=0", "row=9" * 40, "row=9223372036854775808"])
def test_what_the_address_cannot_ask_is_answered_and_no_error_of_the_site(
    query: str, olga: User, contoso: Organisation
) -> None:
    assert signed_in(olga).get(f"{HISTORY}?{query}").status_code == 422
    assert signed_in(olga).get(f"/o/contoso/history.csv?{query}").status_code == 404


def test_pages_have_addresses_and_one_beyond_the_last_is_the_last(here: Here, olga: User, office: Network) -> None:
    for number in range(60):
        changed(here, count=number + 100)
    first, second = (signed_in(olga).get(f"{HISTORY}?page={page}").content.decode() for page in (1, 2))
    assert first.count("Changed the computers") == 50
    assert second.count("Changed the computers") == 10
    assert 'href="?page=2"' in first
    assert signed_in(olga).get(f"{HISTORY}?page=999999").content.decode().count("Changed the computers") == 10
    assert signed_in(olga).get(f"{HISTORY}?page={'9' * 5000}").status_code == 200


def test_a_page_takes_as_many_queries_with_fifty_acts_as_with_three(
    here: Here, olga: User, office: Network, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        changed(here, count=number + 100)
    client, line = signed_in(olga), line_of(here)
    for url in (HISTORY, f"{HISTORY}?kind=computers&row={line.pk}", f"/o/contoso/acts/{Act.objects.first().pk}/"):
        with django_assert_max_num_queries(12):
            client.get(url)
    with django_assert_max_num_queries(7):
        b"".join(client.get("/o/contoso/history.csv").streaming_content)


def test_an_act_of_many_rows_comes_in_pages(here: Here, olga: User, office: Network) -> None:
    rows = [
        ComputerLine(estate=office.estate, network=office, product="windows-10-pro", count=number)
        for number in range(1, 151)
    ]
    with recorded(here, "Added 150 lines") as act:
        act.add_all(rows)
    client, url = signed_in(olga), f"/o/contoso/acts/{act.made.pk}/"
    assert text_of(client, url).count("Added: ") == 100
    assert text_of(client, f"{url}?page=2").count("Added: ") == 50


def test_who_edits_undoes_from_the_page_of_the_act_and_a_viewer_sees_no_button(
    here: Here, edgar: User, vera: User, office: Network
) -> None:
    url = f"/o/contoso/acts/{changed(here, count=45).pk}/"
    assert "Undo this" not in signed_in(vera).get(url).content.decode()
    assert "Undo this" in signed_in(edgar).get(url).content.decode()
    response = signed_in(edgar).post(f"{url}undo/", {"next": url}, follow=True)
    assert response.redirect_chain[0][0].startswith(url)
    assert line_of(here).count == 40
    assert "Undo this" not in signed_in(edgar).get(url).content.decode()
    assert "Undone later" in signed_in(vera).get(HISTORY).content.decode()


def test_an_act_about_members_has_no_undo(here: Here, olga: User, edgar: User) -> None:
    row = here.organisation.members.select_related("person").get(person=edgar)
    change_role(here, row, Role.VIEWER, row.version)
    assert "Undo this" not in signed_in(olga).get(f"/o/contoso/acts/{Act.objects.first().pk}/").content.decode()


def test_the_csv_has_a_line_for_each_field_and_no_cell_that_runs(here: Here, vera: User, office: Network) -> None:
    changed(here, "=1+1", count=45, note="@SUM(A1)")
    rows = csv_of(signed_in(vera), "?kind=computers")
    assert [(row["field"], row["before"], row["after"]) for row in rows[:2]] == [
        ("Computers", "40", "45"),
        ("Note", "", "'@SUM(A1)"),
    ]
    assert rows[0]["note"] == "'=1+1"
    assert rows[0]["person"] == "olga@contoso.com"
    assert rows[0]["request"] == here.request_id
    assert rows[0]["row"] == "45 Windows 7 Enterprise in Head office"


def test_the_json_lines_have_each_change_whole(here: Here, vera: User, office: Network) -> None:
    changed(here, "Why", count=45)
    response = signed_in(vera).get("/o/contoso/history.jsonl")
    assert response["Content-Disposition"].startswith('attachment; filename="contoso-history-')
    first = json.loads(b"".join(response.streaming_content).decode().splitlines()[0])
    assert (first["person"], first["note"], first["request"]) == ("olga@contoso.com", "Why", here.request_id)
    assert (first["before"]["count"], first["after"]["count"]) == (40, 45)
    assert first["after"]["product"] == "windows-7-enterprise"


def test_a_file_holds_what_the_page_is_narrowed_to(here: Here, olga: User, office: Network) -> None:
    changed(here, count=45)
    assert {row["act"] for row in csv_of(signed_in(olga), "?kind=member")} == {"Made the organisation"}


def test_text_that_people_typed_is_text_in_the_history(here: Here, olga: User, office: Network) -> None:
    act = changed(here, "<img src=x>", note='"><script>alert(1)</script>')
    page = signed_in(olga).get(f"/o/contoso/acts/{act.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;" in page


def test_the_history_cannot_be_changed_or_deleted(here: Here, office: Network) -> None:
    act, change = Act.objects.first(), Change.objects.first()
    for row in (act, change):
        with pytest.raises(HistoryIsFixedError):
            row.save()
        with pytest.raises(HistoryIsFixedError):
            row.delete()
    for rows, field in (
        (here.organisation.acts.all(), "what"),
        (Act.objects.all(), "what"),
        (act.changes.all(), "label"),
        (here.organisation.acts.all().changes(), "label"),
    ):
        with pytest.raises(HistoryIsFixedError):
            rows.update(**{field: "Nothing happened"})
        with pytest.raises(HistoryIsFixedError):
            rows.delete()


def test_the_admin_has_no_page_for_the_history() -> None:
    assert not {Act, Change} & set(site._registry)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_method_writes_at_the_addresses_of_the_history(method: str, here: Here, olga: User, office: Network) -> None:
    act = Act.objects.first()
    for url in (HISTORY, "/o/contoso/history.csv", "/o/contoso/history.jsonl", f"/o/contoso/acts/{act.pk}/"):
        assert getattr(signed_in(olga), method)(url).status_code == 405
