"""Which steps a plan has, where, and in which order."""

from dataclasses import replace

import pytest

from activation.rules.estate import Estate, HeldKey, Line, Network
from planner.runbook.steps import Runbook, documents, kinds, source_links_of
from tests.runbook.parser import parsed
from tests.runbook.plans import CATALOGUE, CONTOSO, DAY, part, plan_of, runbook_of, step

SERVER_2022 = HeldKey("kms-windows-server-2022", 0)


@pytest.fixture(scope="module")
def contoso() -> Runbook:
    return runbook_of(CONTOSO)


def titles(runbook: Runbook, place: str) -> list[str]:
    return [step.title for step in part(runbook, place).steps]


def test_a_network_comes_after_the_one_whose_hosts_it_uses_and_what_goes_comes_last(contoso: Runbook) -> None:
    assert [(part.number, part.title) for part in contoso.parts] == [
        (1, "Head office"),
        (2, "Branch"),
        (3, "Plant"),
        (4, "When a KMS host is replaced"),
    ]


def test_a_host_is_updated_before_its_key_and_opened_and_published_before_its_clients(contoso: Runbook) -> None:
    assert titles(contoso, "Head office") == [
        "Add the role Volume Activation Services",
        'Install the update that the KMS host key "Volume License for Windows Server 2022" needs',
        'Install the KMS host key "Volume License for Windows Server 2022"',
        "Activate the host with Microsoft",
        "Install the volume licence pack of Office LTSC 2021",
        "Install the Office LTSC 2021 KMS host key",
        "Activate the host for Office LTSC 2021",
        "Open TCP 1688 in the firewall",
        "Publish the host in DNS",
        "Activate Windows 11 Enterprise by KMS",
        "Activate Windows Server 2022 Standard by KMS",
        "Activate Office LTSC Professional Plus 2021 by KMS",
        "See the count of Windows on the hosts",
        "See the count of Office LTSC 2021 on the hosts",
    ]


def test_the_update_the_activation_id_and_the_setup_keys_are_those_of_the_catalogue(contoso: Runbook) -> None:
    assert "Get-HotFix -Id 'KB5003646'" in step(contoso, "Install the update").check
    assert step(contoso, "Activate the host for Office LTSC 2021").do.endswith(
        "/ato 47F3B983-7C53-4D45-ABC6-BCD91E2DD90A"
    )
    assert "/ipk NPPR9-FWDCX-D2C8J-H872K-2YT43" in step(contoso, "Activate Windows 11 Enterprise by KMS").do
    assert "/inpkey:FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH" in step(contoso, "Activate Office LTSC Professional Plus 2021").do
    assert "id=103446" in step(contoso, "Install the volume licence pack").do


def test_a_later_update_that_replaces_the_named_one_is_seen_too(contoso: Runbook) -> None:
    check = step(contoso, "Install the update").check.splitlines()
    assert check[0] == "Get-HotFix -Id 'KB5003646' -ErrorAction SilentlyContinue"
    assert check[1] == "Get-HotFix | Sort-Object -Property InstalledOn | Select-Object -Last 20"


@pytest.mark.parametrize("title", ["Stop the replaced host", "Remove the DNS record", "Turn the replaced host"])
def test_a_machine_that_gets_the_new_key_is_not_switched_off(contoso: Runbook, title: str) -> None:
    assert "Not for a machine that stays a KMS host" in step(contoso, title).why


def test_a_secret_key_is_asked_for_and_forgotten_and_a_public_one_stands_there(contoso: Runbook) -> None:
    for title in ("Install the KMS host key", "Install the Office LTSC 2021 KMS host key", "Install the MAK"):
        lines = step(contoso, title).do.splitlines()
        assert "-AsSecureString" in next(line for line in lines if "Read-Host" in line)
        assert any(line.startswith("Remove-Variable -Name Key") for line in lines)


def test_a_network_without_hosts_sees_first_that_it_reaches_them(contoso: Runbook) -> None:
    reach, name = part(contoso, "Branch").steps[:2]
    assert "Test-NetConnection -ComputerName $KmsHost -Port 1688" in reach.check
    assert '/skms "${KmsHost}:1688"' in name.do
    assert name.undo.endswith("/ckms")


def test_no_check_changes_anything() -> None:
    changes = ("/ipk", "/ato", "/skms", "/ckms", "/sdns", "/cdns", "/upk", "/inpkey", "/sethst", "Set-", "Remove-Dns")
    assert not [(kind, word) for kind, said in kinds().items() for word in changes if word in said["check"]]


def test_office_is_told_of_a_host_of_another_network_by_its_own_script() -> None:
    networks = (Network("Branch", kms=False, kms_via="Main"), Network("Main"))
    lines = (Line("Branch", "office-ltsc-professional-plus-2021", 9), Line("Main", "windows-server-2022-standard", 9))
    branch = part(runbook_of(Estate(DAY, networks, lines)), "Branch")
    assert [each.title for each in branch.steps[:2]] == [
        "See that the KMS host can be reached",
        "Name the KMS host to Office LTSC 2021, where DNS does not show it",
    ]
    assert '"/sethst:$KmsHost"' in branch.steps[1].do
    assert branch.steps[1].do.endswith("/setprt:1688")
    assert branch.steps[1].undo.endswith("/remhst")


def test_a_mak_behind_a_proxy_goes_through_vamt(contoso: Runbook) -> None:
    assert titles(contoso, "Plant") == [
        "Find the computers with VAMT",
        "Install the MAK for Windows 7 through VAMT",
        "Export the installation IDs",
        "Get the confirmation IDs from Microsoft",
        "Put the confirmation IDs onto the computers",
    ]
    assert step(contoso, "Get the confirmation IDs").why.endswith("3 activations.")


def test_keys_in_use_that_the_plan_does_without_are_switched_off(contoso: Runbook) -> None:
    assert (
        "Windows Server 2008 R2 KMS C key and Office 2013 KMS host key" in step(contoso, "Stop the replaced host").why
    )
    assert step(contoso, "Take the Office keys out").do.endswith("/upk 2E28138A-847F-42BC-9752-61B03FFF33CD")
    assert "_vlmcs._tcp" in step(contoso, "Remove the DNS record").do


def test_windows_and_office_are_both_freed_from_a_host_that_goes(contoso: Runbook) -> None:
    assert titles(contoso, "When a KMS host is replaced")[-2:] == [
        "Let clients forget a host that was named to them",
        "Let Office LTSC 2021 forget a host that was named to it",
    ]
    assert "/remhst" in step(contoso, "Let Office LTSC 2021 forget").do


def test_only_the_key_goes_where_an_office_key_alone_is_given_up() -> None:
    office = runbook_of(replace(CONTOSO, keys=(HeldKey("kms-office-2013", 1), SERVER_2022)))
    assert titles(office, "When a KMS host is replaced") == ["Take the Office keys out of the host"]


@pytest.mark.parametrize("hosts", [0, 2])
def test_nothing_is_switched_off_where_the_plan_keeps_what_is_in_use(hosts: int) -> None:
    kept = replace(CONTOSO, keys=(HeldKey("kms-windows-server-2022", hosts), HeldKey("mak-windows-7", 9)))
    assert "When a KMS host is replaced" not in [place.title for place in runbook_of(kept).parts]


def test_active_directory_comes_before_all_networks_and_its_clients_ask_it() -> None:
    joined = Line("Main", "windows-11-enterprise", 30, domain_joined=True)
    apart = Line("Main", "windows-server-2016-standard", 9)
    networks = (Network("Main", active_directory=True),)
    directory = runbook_of(Estate(DAY, networks, (joined, apart), keys=(SERVER_2022,)))
    assert directory.parts[0].title == "Active Directory"
    role, add = directory.parts[0].steps
    assert role.title == "Add the role Volume Activation Services"
    assert role.on.startswith("A domain controller")
    assert "/ad-activation-online $Key" in add.do
    assert add.why.startswith("One activation object in the forest activates: Windows 11. ")
    assert "Activate Windows 11 Enterprise by Active Directory" in titles(directory, "Main")
    assert "0xC004F038" not in step(directory, "Activate Windows 11 Enterprise by Active Directory").look
    assert step(directory, "Install the KMS host key").why.startswith(
        "The key makes this computer a KMS host for: Windows Server 2016. "
    )


def test_guests_of_hyper_v_get_the_guest_key_and_not_the_setup_key() -> None:
    guests = Line("Main", "windows-server-2022-datacenter", 8, virtual=8, avma=8)
    found = step(runbook_of(Estate(DAY, (Network("Main"),), (guests,))), "Activate Windows Server 2022 Datacenter")
    assert found.do.endswith("/ipk W3GNR-8DDXR-2TFRP-H8P33-DV9BG")
    assert found.undo.endswith("/ipk WX4NM-KYWYW-QJJR4-XV3QB-6VM33")


def test_a_second_host_gets_its_own_record() -> None:
    machines = Network("Main", kms_host_systems=("windows-server-2022",) * 2)
    two = Estate(DAY, (machines,), (Line("Main", "windows-11-enterprise", 60),), keys=(SERVER_2022,))
    assert "Add-DnsServerResourceRecord -Srv" in step(runbook_of(two), "Add the DNS record of the second host").do


def test_office_takes_its_activation_from_active_directory_once_its_pack_is_there() -> None:
    office = Line("Main", "office-ltsc-professional-plus-2021", 9, domain_joined=True)
    found = runbook_of(Estate(DAY, (Network("Main", active_directory=True),), (office,)))
    assert titles(found, "Active Directory") == [
        "Add the role Volume Activation Services",
        "Install the volume licence pack of Office LTSC 2021",
        "Add the Office LTSC 2021 KMS host key to Active Directory",
    ]
    assert titles(found, "Main") == ["Activate Office LTSC Professional Plus 2021 by Active Directory"]


def test_office_gets_its_mak_by_its_own_script() -> None:
    few = runbook_of(Estate(DAY, (Network("Main"),), (Line("Main", "office-ltsc-professional-plus-2021", 3),)))
    found = step(few, "Activate Office LTSC Professional Plus 2021 with the MAK for Office LTSC 2021")
    assert '"/inpkey:$Key"' in found.do
    assert '"/inpkey:FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH"' in found.undo


@pytest.mark.parametrize(
    ("product", "folder"),
    [
        ("office-professional-plus-2010", "Office14"),
        ("office-professional-plus-2013", "Office15"),
        ("office-professional-plus-2019", "Office16"),
    ],
)
def test_each_office_version_is_looked_for_in_its_own_folder(product: str, folder: str) -> None:
    found = runbook_of(Estate(DAY, (Network("Main"),), (Line("Main", product, 9),)))
    do = step(found, "Activate Office Professional Plus").do
    assert do.count(f"\\Microsoft Office\\{folder}\\ospp.vbs") == 2
    assert f"throw 'No ospp.vbs in {folder}" in do


def test_only_rows_with_a_mak_are_confirmed_and_every_step_of_vamt_loads_its_module(contoso: Runbook) -> None:
    assert "Out-GridView" in step(contoso, "Export the installation IDs").do
    assert "Where-Object { $_.ConfirmationId }" in step(contoso, "Put the confirmation IDs onto").do
    assert all(each.do.startswith("Import-Module -Name") for each in part(contoso, "Plant").steps)


def test_old_hosts_get_the_old_command_for_the_firewall_and_no_role() -> None:
    old = Estate(DAY, (Network("Main"),), (Line("Main", "windows-server-2008-r2-datacenter", 8),))
    assert "netsh.exe advfirewall" in step(runbook_of(old), "Open TCP 1688").do
    assert not any(each.title.startswith("Add the role") for each in runbook_of(old).parts[0].steps)


def test_hosts_of_both_kinds_are_told_apart_where_the_port_is_opened() -> None:
    hosts = Network("Main", kms_host_systems=("windows-server-2012",))
    clients = Line("Main", "windows-7-enterprise", 30), Line("Main", "windows-10-enterprise", 30)
    lines = (*clients, Line("Main", "windows-server-2008-r2-standard", 6))
    opened = [each for each in part(runbook_of(Estate(DAY, (hosts,), lines)), "Main").steps if "TCP 1688" in each.title]
    assert [each.on for each in opened] == [
        "Each KMS host here with Windows 8, Windows Server 2012 or later, as administrator",
        "Each KMS host here with Windows 7, Windows Server 2008 R2 or older, as administrator",
    ]


def test_a_machine_to_be_provided_gets_the_role_and_its_systems_and_updates_are_said() -> None:
    clients = Line("Main", "windows-11-enterprise", 60)
    made = runbook_of(Estate(DAY, (Network("Main"),), (clients,), keys=(SERVER_2022,)))
    assert titles(made, "Main")[:3] == [
        'Provide a machine for the KMS host key "Volume License for Windows Server 2022"',
        "Add the role Volume Activation Services",
        'Install the KMS host key "Volume License for Windows Server 2022"',
    ]
    assert "Windows Server 2019 (first KB5003646" in step(made, "Provide a machine").why


def test_two_keys_on_two_machines_need_two_records() -> None:
    windows = Line("Main", "windows-10-enterprise", 30)
    office = Line("Main", "office-professional-plus-2013", 9)
    older = Line("Main", "windows-7-enterprise", 9)
    made = runbook_of(Estate(DAY, (Network("Main"),), (windows, older, office)))
    assert "Add the DNS record of the second host" in titles(made, "Main")


def test_the_service_is_restarted_by_the_name_that_it_has_on_the_host() -> None:
    old = Estate(DAY, (Network("Main"),), (Line("Main", "windows-server-2008-standard", 8),))
    restarted = step(runbook_of(old), "Install the Windows Server 2008 KMS B key").do.splitlines()[-1]
    assert restarted == "Get-Service -Name 'sppsvc', 'slsvc' -ErrorAction SilentlyContinue | Restart-Service"


@pytest.mark.parametrize(
    "title", ["Activate Windows 11 Enterprise by KMS", "Activate Office LTSC Professional Plus 2021"]
)
def test_the_first_clients_of_a_host_know_why_they_are_not_activated_yet(contoso: Runbook, title: str) -> None:
    assert "0xC004F038" in step(contoso, title).look


def test_every_step_says_why_what_to_see_and_how_to_go_back_and_has_documents(contoso: Runbook) -> None:
    for each in (each for place in contoso.parts for each in place.steps):
        assert all((each.on, each.why, each.do, each.look, each.check, each.back)), each.title
        assert source_links_of(each, CATALOGUE), each.title


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_sources_of_every_kind_of_step_exist(kind: str) -> None:
    known = {*CATALOGUE.sources, *CATALOGUE.rules, *documents()}
    assert set(kinds()[kind]["sources"]) <= known
    assert kinds()[kind]["sources"]


def test_documents_of_their_own_are_cited_and_stand_in_no_catalogue() -> None:
    cited = {source for kind in kinds().values() for source in kind["sources"]}
    assert documents().keys() <= cited
    assert not documents().keys() & CATALOGUE.sources.keys()


def test_every_command_of_every_step_parses_by_itself(contoso: Runbook) -> None:
    for each in (each for place in contoso.parts for each in place.steps):
        for code in filter(None, (each.do, each.check, each.undo)):
            assert not parsed(code + "\n").has_error, (each.title, code)


def test_a_plan_without_anything_to_do_has_no_steps() -> None:
    nothing = Estate(DAY, (Network("Main"),), (Line("Main", "windows-11-enterprise", 2, activate=False),))
    assert plan_of(nothing).computers
    assert runbook_of(nothing).parts == ()
