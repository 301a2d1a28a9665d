"""Texts to send to Microsoft, with the facts that it asks for and the numbers of the plan."""

from dataclasses import replace

import pytest

from activation.rules.estate import Estate, HeldKey, Line, Network
from planner.runbook.requests import Request, requests
from tests.runbook.plans import CATALOGUE, CONTOSO, DAY, plan_of

ASKED = (
    "Agreement or enrolment number, or licence ID and authorisation: ",
    "Product, with version and edition: ",
    "Last five characters of the product key: ",
    "Activations required: ",
    "Reason: ",
)


def requests_of(estate: Estate) -> tuple[Request, ...]:
    return requests(plan_of(estate), CATALOGUE)


def test_more_activations_of_a_mak_are_asked_for_with_product_number_and_reason() -> None:
    [more] = requests_of(CONTOSO)
    assert more.title == "2 more activations of the MAK for Windows 7"
    assert "Organisation: Contoso\n" in more.text
    assert "Product, with version and edition: Windows 7 Enterprise\n" in more.text
    assert "Activations required: 2 more activations\n" in more.text
    assert "3 computers cannot use KMS or Active Directory: Plant (3, through the VAMT proxy)." in more.text
    assert "Activations needed: 3; left on the MAK: 1." in more.text


def test_more_than_six_hosts_are_asked_for_with_the_number_missing() -> None:
    estate = replace(CONTOSO, keys=(HeldKey("kms-windows-server-2022", 8), HeldKey("mak-windows-7", 9)))
    [more] = requests_of(estate)
    assert more.title == "More than 6 hosts: Volume License for Windows Server 2022"
    assert "Activations required: 2 more\n" in more.text
    assert "The key is on 8 hosts by now; the plan has 1: Head office." in more.text


def test_an_open_agreement_asks_for_its_kms_host_key_with_the_count_and_the_threshold() -> None:
    lines = (Line("Main", "windows-server-2022-standard", 9),)
    [key] = requests_of(Estate(DAY, (Network("Main"),), lines, organisation="Contoso", agreement="open"))
    assert key.title == "KMS host key under an Open agreement: Volume License for Windows Server 2022"
    assert "Main counts 8 (needed: 5 for servers)" in key.text
    assert "Windows Server 2022 Standard" in key.text


def test_a_key_for_active_directory_alone_is_asked_for_with_what_it_activates() -> None:
    lines = (Line("Main", "office-ltsc-professional-plus-2021", 9, domain_joined=True),)
    networks = (Network("Main", active_directory=True),)
    [key] = requests_of(Estate(DAY, networks, lines, organisation="Contoso", agreement="open"))
    assert "Activations required: 1 host activation\n" in key.text
    assert "\nReason: Active Directory is to activate 9 Office installations of the domain" in key.text


def test_one_activation_is_asked_for_as_one() -> None:
    lines = (Line("Main", "windows-7-enterprise", 1, contact="none"),)
    [more] = requests_of(Estate(DAY, (Network("Main"),), lines))
    assert "Activations required: 1 activation\n" in more.text


def test_an_enterprise_agreement_with_enough_of_all_asks_for_nothing() -> None:
    assert requests_of(replace(CONTOSO, agreement="enterprise", keys=(HeldKey("mak-windows-7", 9),))) == ()


@pytest.mark.parametrize("line", ASKED)
def test_every_request_says_what_microsoft_asks_for(line: str) -> None:
    lines = (Line("Main", "windows-server-2022-standard", 9), Line("Main", "windows-7-enterprise", 2, contact="none"))
    found = requests_of(Estate(DAY, (Network("Main"),), lines, agreement="open"))
    assert len(found) == 2
    assert all(f"\n{line}" in each.text for each in found)
