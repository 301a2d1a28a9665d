"""Readings entered, pasted and sent as a file, changed and removed: a table like those of the estate."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from planner.access import Here
from planner.models import Act, Reading
from planner.views.estate import adding
from tests.organisations.conftest import signed_in
from tests.organisations.ledger import KMS, MAK, READINGS, in_days, kept, read
from tests.organisations.pages import seen, value_of

FULL_KEY = "ABCDE-FGHIJ-KLMNO-PQRST-VWXYZ"


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


def test_typed_and_pasted_readings_are_added_in_one_act(client: Client, here: Here) -> None:
    sent = {
        "rows": "1",
        "r1-key": MAK,
        "r1-on": "2026-03-02",
        "r1-used": "50",
        "r1-note": "Counted in the VAMT",
        "text": f"Key;Day;Remaining;Note\nMAK for Windows 7;2026-04-01;45;\n{KMS};2026-04-01;2;second host",
    }
    response = client.post(f"{READINGS}add/", sent)
    act = Act.objects.latest("pk")
    assert response["Location"] == f"{READINGS}?done={act.pk}"
    assert (act.what, act.changes.count()) == ("Added 3 readings", 3)
    assert kept(here) == [
        (MAK, date(2026, 3, 2), 50, "Counted in the VAMT"),
        (KMS, date(2026, 4, 1), 2, "second host"),
        (MAK, date(2026, 4, 1), 45, ""),
    ]
    assert "Added 3 readings. Undo" in seen(client.get(response["Location"]))


@pytest.mark.parametrize(
    "text",
    [
        "mak-windows-7\t2026-03-02\t50\nkms-windows-7\t2026-03-02\t2",
        "mak-windows-7,2026-03-02,50\r\nkms-windows-7,2026-03-02,2",
        "Key\tDay\tActivations left or hosts used\tNote\nmak-windows-7\t2026-03-02\t50\nkms-windows-7\t2026-03-02\t2",
        "on;used;key\n2026-03-02;50;mak-windows-7\n2026-03-02;2;kms-windows-7",
        "\ufeffkey;on;hosts_used;note\nmak-windows-7;2026-03-02;50;\nkms-windows-7;2026-03-02;2;",
    ],
)
def test_readings_are_pasted_with_any_separator_with_and_without_a_header(
    client: Client, here: Here, text: str
) -> None:
    client.post(f"{READINGS}add/", {"text": text})
    assert kept(here) == [(KMS, date(2026, 3, 2), 2, ""), (MAK, date(2026, 3, 2), 50, "")]


def test_everything_wrong_is_said_at_once_with_row_and_column_and_nothing_is_added(client: Client, here: Here) -> None:
    read(here, MAK, (-10, 50))
    there, tomorrow, today = in_days(-10), in_days(1), in_days(0)
    pasted = "\n".join(
        (
            f"{MAK};{there};49",
            f"{MAK};02/03/2026;48",
            f"{MAK};2026-02-30;48",
            f"{MAK};{tomorrow};48",
            f"{MAK};;48",
            "mak-windows-77;2026-03-02;48",
            f"{MAK};2026-03-03;many",
            f"{KMS};2026-03-04;1",
            f"{KMS};2026-03-04;2",
        )
    )
    page = client.post(f"{READINGS}add/", {"rows": "1", "r1-key": MAK, "r1-on": "", "r1-used": "-1", "text": pasted})
    text = seen(page)
    assert page.status_code == 422
    assert "Row 1, Day: Enter the day as YYYY-MM-DD. It is missing." in text
    assert "Row 1, Activations left or hosts used: Enter a whole number from 0 to 10,000,000" in text
    assert f"Pasted row 1, Day: MAK for Windows 7 has a reading of {there} already." in text
    assert f'Pasted row 2, Day: Enter the day as YYYY-MM-DD, such as {today}, not "02/03/2026".' in text
    assert f'Pasted row 3, Day: Enter the day as YYYY-MM-DD, such as {today}, not "2026-02-30".' in text
    assert f'Pasted row 4, Day: Enter a day up to today, {today}, not "{tomorrow}".' in text
    assert "Pasted row 5, Day: Enter the day as YYYY-MM-DD. It is missing." in text
    assert 'Pasted row 6, Key: There is no key "mak-windows-77".' in text
    assert "Pasted row 7, Activations left or hosts used: Enter a whole number" in text
    assert "Pasted row 9, Day: Windows 7 KMS key (Client VL) has a reading of 2026-03-04 already." in text
    assert "Pasted row 8," not in text
    assert "02/03/2026;48" in text
    assert kept(here) == [(MAK, there, 50, "")]


def test_a_full_product_key_is_cut_before_it_is_kept_or_shown(client: Client, here: Here) -> None:
    page = client.post(f"{READINGS}add/", {"text": f"{FULL_KEY};2026-03-02;50\n{MAK};2026-03-02;50;{FULL_KEY}"})
    assert page.status_code == 422
    assert "ABCDE-FGHIJ" not in page.content.decode()
    client.post(f"{READINGS}add/", {"text": f"{MAK};2026-03-02;50;{FULL_KEY}"})
    assert all("ABCDE" not in note for _, _, _, note in kept(here))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_as_what_is_pasted(client: Client, here: Here, encoding: str) -> None:
    text = "Key;Day;Remaining;Note\r\nMAK for Windows 7;2026-03-02;50;Größe\r\n"
    client.post(f"{READINGS}add/", {"file": SimpleUploadedFile("x.csv", text.encode(encoding))})
    assert kept(here) == [(MAK, date(2026, 3, 2), 50, "Größe")]


def test_what_is_wrong_in_a_file_is_told_by_row_and_its_text_comes_back_to_be_mended(
    client: Client, here: Here
) -> None:
    text = f"{MAK};2026-03-02;50;{FULL_KEY}\n{MAK};2026-03-03;few"
    page = client.post(f"{READINGS}add/", {"file": SimpleUploadedFile("x.csv", text.encode())})
    assert page.status_code == 422
    assert "Pasted row 2, Activations left or hosts used: Enter a whole number" in seen(page)
    assert "2026-03-03;few" in seen(page)
    assert "ABCDE-FGHIJ" not in page.content.decode()
    assert kept(here) == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.csv", b"PK\x03\x04rest", "File: This is an Excel workbook or a ZIP file. Save it as CSV UTF-8."),
        ("x.xls", b"\xd0\xcf\x11\xe0rest", "File: This is an old or protected Excel workbook."),
        ("x.csv", b"\xef\xbb\xbf\r\n", "File: The selected file is empty. Select one with rows."),
        ("x.csv", b"mak-windows-7;2026-03-02;50;Gr\xf6\xdfe", "File: Save the file as UTF-8: line 1 holds a byte"),
        ("x.csv", b"x" * 2_000_001, "File: Select a file smaller than 2 MB."),
    ],
)
def test_a_file_that_holds_no_rows_is_told_so(client: Client, here: Here, name: str, data: bytes, words: str) -> None:
    page = client.post(f"{READINGS}add/", {"file": SimpleUploadedFile(name, data)})
    assert page.status_code == 422
    assert words in seen(page)


def test_of_a_file_and_pasted_rows_one_is_chosen_and_the_pasted_ones_stay(client: Client, here: Here) -> None:
    row = f"{MAK};2026-03-02;50"
    page = client.post(f"{READINGS}add/", {"text": row, "file": SimpleUploadedFile("x.csv", row.encode())})
    assert "File: Select a file or paste rows, not both at once." in seen(page)
    assert row in seen(page)
    assert kept(here) == []


def test_a_file_without_the_token_is_refused(olga: User, here: Here) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga)
    row = f"{MAK};2026-03-02;50"
    assert client.post(f"{READINGS}add/", {"file": SimpleUploadedFile("x.csv", row.encode())}).status_code == 403
    assert kept(here) == []


def test_the_form_of_a_new_reading_holds_today_and_a_row_with_nothing_else_is_no_row(
    client: Client, here: Here
) -> None:
    page = client.get(f"{READINGS}add/")
    assert value_of(page, "r1-on") == in_days(0).isoformat()
    sent = {"rows": "2", "r1-key": MAK, "r1-on": "2026-03-02", "r1-used": "50", "r2-key": "", "r2-on": "2026-03-02"}
    client.post(f"{READINGS}add/", sent)
    assert kept(here) == [(MAK, date(2026, 3, 2), 50, "")]


def test_a_form_that_comes_twice_adds_its_readings_once(client: Client, here: Here) -> None:
    sent = {"once": "a" * 32, "rows": "1", "r1-key": MAK, "r1-on": "2026-03-02", "r1-used": "50"}
    client.post(f"{READINGS}add/", sent)
    again = client.post(f"{READINGS}add/", sent)
    assert again["Location"] == f"{READINGS}?done={Act.objects.latest('pk').pk}"
    assert kept(here) == [(MAK, date(2026, 3, 2), 50, "")]


def test_who_adds_the_same_reading_at_the_same_moment_is_told_so(
    client: Client, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_rows = adding.read

    def read_before_somebody_adds(*arguments: Any) -> Any:
        result = read_rows(*arguments)
        if not here.organisation.readings.exists():
            Reading.objects.create(organisation=here.organisation, key=MAK, on=date(2026, 3, 2), used=40)
        return result

    monkeypatch.setattr(adding, "read", read_before_somebody_adds)
    page = client.post(f"{READINGS}add/", {"text": f"{MAK};2026-03-02;50"})
    assert page.status_code == 422
    assert "MAK for Windows 7 has a reading of 2026-03-02 already." in seen(page)


def test_a_reading_is_changed_in_its_place_and_an_outdated_form_shows_both_versions(
    client: Client, here: Here, edgar: User
) -> None:
    (row,) = read(here, MAK, (-10, 50))
    sent = {"do": "save", "version": "1", f"e{row.pk}-key": MAK, f"e{row.pk}-on": "2026-03-02", f"e{row.pk}-used": "40"}
    assert client.post(f"{READINGS}{row.pk}/", sent)["Location"].startswith(READINGS)
    assert kept(here) == [(MAK, date(2026, 3, 2), 40, "")]
    page = signed_in(edgar).post(f"{READINGS}{row.pk}/", sent | {f"e{row.pk}-used": "39"})
    assert page.status_code == 409
    assert "As it is now As you want it" in seen(page)
    assert kept(here) == [(MAK, date(2026, 3, 2), 40, "")]


def test_removed_readings_come_back_by_undo(client: Client, here: Here) -> None:
    rows = read(here, MAK, (-20, 60), (-10, 50))
    before = kept(here)
    sent = {"do": "delete", "row": [f"{row.pk}:1" for row in rows]}
    removed = client.post(f"{READINGS}chosen/", sent)
    assert kept(here) == []
    act = Act.objects.latest("pk")
    assert act.what == "Removed 2 readings"
    client.post(f"/o/contoso/acts/{act.pk}/undo/", {"next": removed["Location"]})
    assert kept(here) == before


def test_one_field_of_many_readings_is_changed_at_once_but_never_to_two_of_a_day(client: Client, here: Here) -> None:
    rows = read(here, MAK, (-20, 60), (-10, 50))
    ticked = {"do": "save", "row": [f"{row.pk}:1" for row in rows]}
    page = client.post(f"{READINGS}chosen/", ticked | {"field": "on", "on": "2026-03-02"})
    assert page.status_code == 422
    assert "MAK for Windows 7 has a reading of 2026-03-02 already." in seen(page)
    client.post(f"{READINGS}chosen/", ticked | {"field": "note", "note": "By the VAMT"})
    assert [note for _, _, _, note in kept(here)] == ["By the VAMT", "By the VAMT"]


def test_the_newest_reading_stands_first_and_the_note_is_found(client: Client, here: Here) -> None:
    read(here, MAK, (-30, 60), (-10, 50), (-20, 55))
    text = seen(client.get(READINGS))
    assert text.index(str(in_days(-10))) < text.index(str(in_days(-20))) < text.index(str(in_days(-30)))
    client.post(f"{READINGS}add/", {"text": f"{KMS};2026-03-02;1;Größe geprüft"})
    found = seen(client.get(f"{READINGS}?q=grosse")) + seen(client.get(f"{READINGS}?q=grösse"))
    assert found.count("1 reading found.") >= 1
    assert "Windows 7 KMS key" in seen(client.get(f"{READINGS}?type=kms"))
    assert "3 readings found." in seen(client.get(f"{READINGS}?type=mak"))
