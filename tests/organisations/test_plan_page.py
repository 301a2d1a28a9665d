"""The plan of the inventory is the first page of an organisation."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from planner.access import Here
from planner.estates import planned
from planner.models import ComputerLine, Network, Organisation
from planner.organisations import found
from planner.recording import recorded
from tests.organisations.conftest import signed_in


def page(who: User, name: str, *args: Any, **query: str) -> Any:
    return signed_in(who).get(reverse(name, args=("contoso", *args)), query)


def test_the_answer_of_the_inventory_leads(olga: User, office: Network) -> None:
    text = page(olga, "organisation").content.decode()
    assert "Install 1 KMS host key" in text
    assert "it activates all 40 computers there" in text


def test_an_empty_inventory_says_what_to_do_first(olga: User, contoso: Organisation) -> None:
    text = page(olga, "organisation").content.decode()
    assert "Enter computers or licences, then the plan stands here." in text
    assert reverse("estate", args=("contoso",)) in text


def test_a_viewer_is_not_offered_to_save(vera: User, office: Network) -> None:
    assert "Save the plan" not in page(vera, "organisation").content.decode()


@pytest.mark.parametrize("kind", ["json", "csv", "txt"])
def test_the_plan_is_downloaded_under_organisation_and_day(vera: User, office: Network, kind: str) -> None:
    response = page(vera, "plan-file", kind)
    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="contoso-plan-20')
    assert name.endswith(f'.{kind}"')
    assert "no-store" in response["Cache-Control"]
    assert "Head office" in response.content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "zip", "md", "txt", "json", "csv"])
def test_each_file_is_a_download_that_nothing_keeps_or_guesses_about(vera: User, office: Network, kind: str) -> None:
    response = page(vera, "plan-file", kind)
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_file_is_of_the_organisation_in_its_address_whatever_was_looked_at_since(olga: User, office: Network) -> None:
    client = signed_in(olga)
    client.get(reverse("organisation", args=("contoso",)))
    found("Fabrikam", olga, uuid4().hex)
    client.get(reverse("organisation", args=("fabrikam",)))
    response = client.get(reverse("plan-file", args=("contoso", "json")))
    assert 'filename="contoso-plan-' in response["Content-Disposition"]
    assert json.loads(response.content)["organisation"] == "Contoso"


def test_the_json_is_plan_1(vera: User, office: Network) -> None:
    assert json.loads(page(vera, "plan-file", "json").content)["format"] == "plan/1"


def test_a_kind_of_file_that_there_is_not_is_not_found(vera: User, office: Network) -> None:
    assert page(vera, "plan-file", "exe").status_code == 404


def test_an_estate_without_a_plan_has_no_file(vera: User, contoso: Organisation) -> None:
    assert page(vera, "plan-file", "json").status_code == 404


def test_the_proposals_stand_as_a_page_and_as_a_part(vera: User, here: Here, office: Network) -> None:
    client, address = signed_in(vera), reverse("proposals", args=("contoso",))
    assert "<html" in client.get(address).content.decode()
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_the_plan_bears_the_new_name_of_an_organisation_that_was_renamed(here: Here, office: Network) -> None:
    assert json.loads(planned(here.estate()).document)["organisation"] == "Contoso"
    with recorded(here, "Renamed") as act:
        act.change(here.organisation, {"name": "Contoso Europe"}, here.organisation.version)
    renamed = planned(here.estate())
    assert json.loads(renamed.document)["organisation"] == "Contoso Europe"
    assert renamed.plan.organisation == "Contoso Europe"


def test_what_stops_the_plan_leads_to_the_row_that_is_to_be_mended(
    edgar: User, vera: User, here: Here, office: Network
) -> None:
    line = ComputerLine(estate=office.estate, network=office, product="gone-product", count=3)
    with recorded(here, "Added") as act:
        act.add(line)
    text = page(edgar, "organisation").content.decode()
    assert f'<a href="/o/contoso/estate/computers/{line.pk}/">3 gone-product in Head office, Product</a>: ' in text
    assert "computers[1]" not in text
    assert f"/estate/computers/{line.pk}/" not in page(vera, "organisation").content.decode()


def test_a_network_that_stops_the_plan_is_led_to(edgar: User, here: Here, office: Network) -> None:
    with recorded(here, "Changed") as act:
        act.change(office, {"kms_host_systems": ["gone-system"]}, office.version)
    text = page(edgar, "organisation").content.decode()
    place = "Head office, Machines for KMS hosts outside the list"
    assert f'<a href="/o/contoso/estate/networks/{office.pk}/">{place}</a>: ' in text


def test_of_many_mistakes_the_first_fifty_are_told(edgar: User, here: Here, office: Network) -> None:
    rows = [
        ComputerLine(estate=office.estate, network=office, product=f"gone-{number}", count=1) for number in range(60)
    ]
    with recorded(here, "Added") as act:
        act.add_all(rows)
    text = page(edgar, "organisation").content.decode()
    assert text.count("in Head office, Product") == 50
    assert "And 10 more." in text
