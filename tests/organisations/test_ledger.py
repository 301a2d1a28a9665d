"""What the ledger says of each key: its readings, the shortage ahead, and what the plan needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planner.access import Here
from planner.models import Act, Network, Reading
from planner.recording import recorded
from tests.organisations.conftest import here_as, signed_in
from tests.organisations.ledger import KMS, LEDGER, MAK, READINGS, hold, in_days, kept, read
from tests.organisations.pages import seen, value_of


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


def test_a_viewer_reads_the_ledger_and_is_offered_no_change(client: Client, here: Here, vera: User) -> None:
    (row,) = read(here, MAK, (-10, 50))
    viewer = signed_in(vera)
    for address in (LEDGER, READINGS):
        page = viewer.get(address)
        assert "MAK for Windows 7" in seen(page)
        assert 'method="post"' not in page.content.decode().split('<div class="work">')[1]
        assert "Add readings" not in seen(page)
    assert viewer.post(f"{READINGS}add/", {"text": f"{MAK};2026-03-02;50"}).status_code == 403
    assert viewer.post(f"{LEDGER}{row.pk}/take/").status_code == 403
    assert viewer.get(f"{READINGS}{row.pk}/").status_code == 403


def test_an_empty_ledger_says_what_to_do_first(client: Client, here: Here, vera: User) -> None:
    assert "No keys yet" in seen(client.get(LEDGER))
    assert f'href="{READINGS}add/"' in client.get(LEDGER).content.decode()
    assert "An editor of Contoso enters the first reading." in seen(signed_in(vera).get(LEDGER))
    assert "No readings yet" in seen(client.get(READINGS))


def test_a_steady_fall_tells_the_day_on_which_the_mak_runs_out(client: Client, here: Here) -> None:
    read(here, MAK, (-40, 100), (-20, 60), (0, 20))  # 2 a day: the last 20 go in 10 days
    day, since = in_days(10), in_days(-40)
    words = f"At this pace the MAK for Windows 7 runs out about {day.day} {day:%B %Y}, by 3 readings since"
    assert f"{words} {since.day} {since:%B %Y}." in seen(client.get(LEDGER))


def test_a_rising_number_of_hosts_tells_the_day_of_the_last_one(client: Client, here: Here) -> None:
    read(here, KMS, (-40, 1), (-20, 2), (0, 3))  # a host in 20 days: the last 3 of 6 in 60
    day, text = in_days(60), seen(client.get(LEDGER))
    assert f"At this pace all 6 hosts of the Windows 7 KMS key (Client VL) are used about {day.day} {day:%B %Y}" in text
    assert "3 of 6 hosts used, read on" in text
    assert "Each host can be activated up to 10 times." in text


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(-30, 50), (0, 40)], "No forecast yet: it takes 3 readings over 14 days, and there are 2."),
        ([(-9, 50), (-5, 45), (0, 40)], "No forecast yet: it takes 3 readings over 14 days, and these begin on"),
        ([(-30, 50), (-15, 50), (0, 50)], "No forecast: the number is the same since"),
        ([(-30, 50), (-15, 90), (0, 80)], "and there are 2 since the number last rose."),
        ([(-30, 9_000), (-15, 9_000), (0, 8_999)], "At this pace it lasts more than 10 years."),
    ],
)
def test_where_the_readings_allow_no_day_the_page_says_why(
    client: Client, here: Here, pairs: list[tuple[int, int]], words: str
) -> None:
    read(here, MAK, *pairs)
    text = seen(client.get(LEDGER))
    assert words in text
    assert "runs out" not in text


def test_what_is_used_up_is_told_at_once(client: Client, here: Here) -> None:
    read(here, MAK, (0, 0))
    read(here, KMS, (0, 7))
    text = seen(client.get(LEDGER))
    assert "Nothing is left: request activations." in text
    assert "All 6 hosts are used: request more." in text


def test_a_day_that_is_past_asks_for_a_new_reading(client: Client, here: Here) -> None:
    read(here, MAK, (-100, 50), (-80, 30), (-60, 10))  # 1 a day: the last 10 were used 50 days ago
    day = in_days(-50)
    text = seen(client.get(LEDGER))
    assert f"At this pace the MAK for Windows 7 ran out about {day.day} {day:%B %Y}" in text
    assert "Enter a reading of today." in text


def test_what_the_plan_needs_stands_beside_what_is_left(client: Client, here: Here, office: Network) -> None:
    """40 computers with Windows 7 that never reach a KMS host: 40 activations of the MAK."""
    line = here.estate().computers.get()
    with recorded(here, "No contact") as act:
        act.change(line, {"contact": "none"}, line.version)
    assert "No reading yet. The plan needs 40 activations: request 40." in seen(client.get(LEDGER))
    read(here, MAK, (-1, 32))
    assert "The plan needs 40 activations: request 8." in seen(client.get(LEDGER))
    read(here, MAK, (0, 40))
    assert "The plan needs 40 of them." in seen(client.get(LEDGER))


def test_a_reading_is_taken_into_the_estate_and_back_by_undo(client: Client, here: Here) -> None:
    held = hold(here, MAK, 50)
    (row,) = read(here, MAK, (0, 32))
    page = client.get(LEDGER)
    assert "The estate says 50 activations left, and the plan goes by the estate." in seen(page)
    done = client.post(f"{LEDGER}{row.pk}/take/", {"version": value_of(page, "version")})
    held.refresh_from_db()
    assert (held.used, held.version) == (32, 2)
    page = client.get(done["Location"])
    assert "Took 32 of MAK for Windows 7 into the estate. Undo" in seen(page)
    assert "The estate says" not in seen(page)
    client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/")
    held.refresh_from_db()
    assert held.used == 50


def test_a_key_that_the_estate_does_not_name_is_entered_there_once(client: Client, here: Here) -> None:
    (row,) = read(here, KMS, (0, 2))
    assert "The estate does not name this key, so the plan does not know of it." in seen(client.get(LEDGER))
    for _ in range(2):
        assert client.post(f"{LEDGER}{row.pk}/take/", {"version": "0"}).status_code == 302
    assert list(here.estate().keys.values_list("key", "used")) == [(KMS, 2)]


def test_a_held_key_that_somebody_changed_meanwhile_is_not_overwritten(client: Client, here: Here, edgar: User) -> None:
    held = hold(here, MAK, 50)
    (row,) = read(here, MAK, (0, 32))
    with recorded(here_as(here.organisation, edgar), "Counted again") as act:
        act.change(held, {"used": 45}, 1)
    page = client.post(f"{LEDGER}{row.pk}/take/", {"version": "1"})
    held.refresh_from_db()
    assert (page.status_code, held.used) == (409, 45)
    assert "Nothing was taken." in seen(page)
    assert "The estate says 45 activations left" in seen(page)


def test_the_line_is_described_in_words_and_needs_no_style(client: Client, here: Here) -> None:
    read(here, MAK, (-40, 100), (-20, 60), (0, 20))
    html = client.get(LEDGER).content.decode()
    first, last, out = in_days(-40), in_days(0), in_days(10)
    assert f"From 100 on {first.day} {first:%B %Y} to 20 on {last.day} {last:%B %Y}, 3 readings." in html
    assert f"The dashed line goes on to {out.day} {out:%B %Y}." in html
    assert "style=" not in html


def test_the_readings_as_a_file_can_be_pasted_again(client: Client, here: Here, stan: User) -> None:
    client.post(f"{READINGS}add/", {"text": f"{MAK};2026-03-02;50;=SUM(A1)\n{KMS};2026-03-03;2;second host"})
    response = client.get(f"{LEDGER}readings.csv")
    assert response["Content-Disposition"].startswith('attachment; filename="contoso-readings-')
    text = response.content.decode("utf-8-sig")
    assert text == (
        "key,on,used,note\r\nmak-windows-7,2026-03-02,50,'=SUM(A1)\r\nkms-windows-7,2026-03-03,2,second host\r\n"
    )
    signed_in(stan).post("/o/fabrikam/ledger/readings/add/", {"text": text})
    assert Reading.objects.filter(organisation__slug="fabrikam").count() == 2


def test_the_readings_of_another_organisation_stay_there(client: Client, here: Here, stan: User) -> None:
    (row,) = read(here, MAK, (0, 32))
    stranger = signed_in(stan)
    for address in ("ledger/", "ledger/readings/", "ledger/readings.csv"):
        assert "32" not in seen(stranger.get(f"/o/fabrikam/{address}")).replace("2032", "")
    sent = {"do": "delete", "row": f"{row.pk}:1"}
    stranger.post("/o/fabrikam/ledger/readings/chosen/", sent)
    assert stranger.post(f"/o/fabrikam/ledger/{row.pk}/take/", {"version": "0"}).status_code == 404
    assert len(kept(here)) == 1


def test_readings_are_no_table_of_an_estate_or_a_scenario(client: Client, here: Here) -> None:
    assert client.get("/o/contoso/estate/readings/").status_code == 404


def test_the_ledger_takes_as_many_queries_with_many_readings_as_with_few(
    client: Client, here: Here, django_assert_num_queries: Any
) -> None:
    read(here, MAK, (0, 1_000))
    client.get(LEDGER)
    with CaptureQueriesContext(connection) as few:
        client.get(LEDGER)
    read(here, MAK, *((-day, 1_000 - day) for day in range(1, 200)))
    read(here, KMS, *((-day, 1) for day in range(200)))
    with django_assert_num_queries(len(few)):
        page = client.get(LEDGER)
    assert "176 still older ones stand in the table of readings" in seen(page)
    assert "60 readings." in page.content.decode()
