"""The answer in sentences, for estates of Contoso worked out by hand."""

from activation.catalogue import shipped
from activation.rules.estate import Estate, HeldKey, Licence, Line, Network
from activation.rules.recommend import recommend
from planner import wording

CATALOGUE = shipped()
SEVEN, VISTA = "windows-7-enterprise", "windows-vista-business"
R2, OLD = "windows-server-2008-r2-standard", "windows-server-2008-standard"
SERVER_2022 = "windows-server-2022-standard"
OFFICE = "office-professional-plus-2016"


def answer(
    *lines: Line,
    networks: tuple[Network, ...] = (Network("Main"),),
    licences: tuple[Licence, ...] = (),
    keys: tuple[HeldKey, ...] = (),
) -> tuple[str, ...]:
    estate = Estate("2026-11-24", networks, lines, licences, keys)
    return wording.answer(recommend(estate, CATALOGUE), CATALOGUE)


def test_the_answer_says_what_to_install_and_that_no_mak_is_needed():
    licences = (Licence("windows-server-2008-r2-datacenter", 4), Licence(R2, 10))
    assert answer(licences=licences) == (
        "Install the Windows Server 2008 R2 KMS C key on 1 host in Main; it activates all 14 computers there.",
        "No MAK is needed.",
    )


def test_the_answer_names_the_key_when_it_activates_nobody_yet():
    assert answer(Line("Main", R2, 5)) == (
        "You need the Windows Server 2008 R2 KMS B key.",
        "Today it activates nobody in Main: 4 of 5 servers; with 1 more server that this key covers, "
        "it activates them all.",
        "Use a MAK for Windows Server 2008 R2 Group B (5 computers).",
        "Request 5 MAK activations for Windows Server 2008 R2 Group B.",
    )


def test_the_answer_counts_each_network_once_however_many_groups_are_too_few():
    networks = (Network("North"), Network("South"))
    lines = (Line("North", SEVEN, 1), Line("North", R2, 3), Line("South", SEVEN, 2), Line("South", R2, 4))
    said = answer(*lines, networks=networks)
    assert [sentence[:34] for sentence in said[1:3]] == [
        "Today it activates nobody in North",
        "Today it activates nobody in South",
    ]
    assert "networks" not in " ".join(said)


def test_the_answer_tells_clients_and_servers_apart_when_both_are_too_few():
    main = (Network("Main", kms_host_systems=("windows-server-2008-r2",)),)
    assert answer(Line("Main", SEVEN, 10), Line("Main", R2, 3), networks=main) == (
        "You need the Windows Server 2008 R2 KMS B key.",
        "Today it activates nobody in Main: 13 of 25 for clients and 3 of 5 for servers; "
        "with 12 more computers that this key covers, it activates them all.",
        "Use MAKs for Windows 7 (10 computers) and Windows Server 2008 R2 Group B (3 computers).",
        "Request 13 MAK activations: 10 for Windows 7 and 3 for Windows Server 2008 R2 Group B.",
    )


def test_the_answer_has_a_sentence_for_each_network_and_sums_up_many():
    few = tuple(Network(name) for name in "ABC")
    many = tuple(Network(name) for name in "ABCD")
    assert [sentence.split(" in ")[1] for sentence in answer(*lines_on(few), networks=few)[:3]] == [
        "A; it activates all 30 computers there.",
        "B; it activates all 30 computers there.",
        "C; it activates all 30 computers there.",
    ]
    assert answer(*lines_on(many), networks=many)[0] == (
        "Install the Windows 7 KMS key (Client VL) on 4 hosts in 4 networks; it activates 120 computers."
    )


def lines_on(networks: tuple[Network, ...]) -> list[Line]:
    return [Line(network.name, SEVEN, 30) for network in networks]


def test_the_answer_says_who_is_left_out_what_to_request_and_what_to_buy():
    lines = [
        Line("Main", SEVEN, 40, contact="regular"),
        Line("Main", SEVEN, 5, contact="none"),
        Line("Main", SEVEN, 2, activate=False),
        Line("Main", "windows-7-ultimate", 1),
    ]
    assert answer(*lines, licences=(Licence(SEVEN, 44),), keys=(HeldKey("mak-windows-7", 3),)) == (
        "Install the Windows 7 KMS key (Client VL) on 1 host in Main; it activates 40 of the 45 computers there.",
        "Use a MAK for Windows 7 (5 computers).",
        "Request 2 more MAK activations for Windows 7.",
        "2 computers are left as they are, as you asked.",
        "1 computer has no volume activation: Windows 7 Ultimate.",
        "Buy 1 licence for Windows 7 Enterprise.",
    )


def test_the_answer_counts_office_installations_and_names_active_directory():
    main = (Network("Main", active_directory=True, kms_host_systems=("windows-server-2022",)),)
    lines = [
        Line("Main", SERVER_2022, 3, domain_joined=True),
        Line("Main", OFFICE, 4),
    ]
    assert answer(*lines, networks=main) == (
        'Add the KMS host key "Volume License for Windows Server 2022" to Active Directory; '
        "it activates 3 computers in the domain, however few they are.",
        "You need the Office 2016 KMS host key.",
        "Today it activates nobody in Main: 4 of 5 Office 2016 installations; with 1 more, it activates them all.",
        "Use a MAK for Office 2016 (4 Office installations).",
        "Request 4 MAK activations for Office 2016.",
    )


def test_the_answer_is_never_empty():
    assert answer(Line("Main", SEVEN, 2, activate=False)) == ("2 computers are left as they are, as you asked.",)
    assert answer(licences=(Licence(SEVEN, 0),)) == ("Nothing here needs a key.",)


def test_a_key_with_two_groups_of_a_family_has_the_one_count_that_its_host_would_have():
    """The Windows 7 key: 12 + 7 in rare contact, one of the 12 its host. For Vista alone, the C key counts 23."""
    lines = [
        Line("Main", OLD, 24),
        Line("Main", "windows-server-2008-datacenter", 24, contact="rare"),
        Line("Main", SEVEN, 12),
        Line("Main", VISTA, 7, contact="rare"),
    ]
    assert answer(*lines)[1:3] == (
        "You need the Windows 7 KMS key (Client VL).",
        "Today it activates nobody in Main: 11 of 25 clients; with 14 more physical computers that this key covers, "
        "it activates them all.",
    )


def test_only_a_physical_server_is_sure_to_help_where_virtual_ones_are_not_counted():
    assert answer(Line("Main", OLD, 4))[:2] == (
        "You need the Windows Server 2008 KMS B key.",
        "Today it activates nobody in Main: 3 of 5 servers; with 2 more physical servers that this key covers, "
        "it activates them all.",
    )


def test_a_shortage_is_told_under_one_key_even_if_another_covers_the_group_as_well():
    lines = [Line("Main", SEVEN, 5), Line("Main", VISTA, 6), Line("Main", OLD, 3)]
    assert answer(*lines)[:4] == (
        "You need the Windows 7 KMS key (Client VL).",
        "Today it activates nobody in Main: 10 of 25 clients; with 15 more physical computers that this key covers, "
        "it activates them all.",
        "You need the Windows Server 2008 KMS B key.",
        "Today it activates nobody in Main: 2 of 5 servers; with 3 more physical servers that this key covers, "
        "it activates them all.",
    )


def test_a_count_that_would_do_is_not_told_as_a_shortage():
    """The 2022 key takes the R2 servers, and without these the R2 key has only the 20 of Windows Vista."""
    lines = [Line("Main", "windows-11-enterprise", 16), Line("Main", R2, 21), Line("Main", VISTA, 20)]
    said = answer(*lines, Line("Main", SERVER_2022, 5))
    assert said == (
        'Install the KMS host key "Volume License for Windows Server 2022" on 1 host in Main; '
        "it activates 42 of the 62 computers there.",
        "To cover every product group you would need the Windows Server 2008 R2 KMS B key too.",
        "In Main the plan does without it: another key saves as many MAKs there, or more.",
        "Use a MAK for Windows Vista (20 computers).",
        "Request 20 MAK activations for Windows Vista.",
    )


def test_many_networks_that_are_too_small_are_summed_up():
    networks = tuple(Network(f"Site {number:02}") for number in range(1, 11))
    lines = [Line(network.name, R2, 3) for network in networks]
    assert answer(*lines, networks=networks) == (
        "You need the Windows Server 2008 R2 KMS B key.",
        "Today it activates nobody in 10 networks: 30 computers, too few in each.",
        "Use a MAK for Windows Server 2008 R2 Group B (30 computers).",
        "Request 30 MAK activations for Windows Server 2008 R2 Group B.",
    )


def test_all_that_must_be_requested_is_summed_up_whether_the_mak_is_in_hand_or_not():
    networks = (Network("Plant", kms=False),)
    lines = [Line("Plant", SEVEN, 8), Line("Plant", R2, 3)]
    said = answer(*lines, networks=networks, keys=(HeldKey("mak-windows-7", 6),))
    assert said[-1] == "Request 5 MAK activations: 2 for Windows 7 and 3 for Windows Server 2008 R2 Group B."


def test_more_hosts_than_a_key_allows_are_to_be_requested():
    networks = tuple(Network(f"Site {number}") for number in range(1, 8))
    said = answer(*lines_on(networks), networks=networks)
    assert said[-1] == "Request more hosts for the Windows 7 KMS key (Client VL): 7 instead of 6."


def test_active_directory_counts_as_one_of_the_hosts_to_be_requested():
    networks = (Network("AD", active_directory=True), *(Network(f"Site {number}") for number in range(1, 7)))
    lines = [Line("AD", SERVER_2022, 2, domain_joined=True), *(Line(n.name, SERVER_2022, 9) for n in networks[1:])]
    said = answer(*lines, networks=networks)
    assert said[-1] == (
        'Request more hosts for the KMS host key "Volume License for Windows Server 2022": '
        "7 instead of 6, Active Directory included."
    )


def test_hosts_in_use_beyond_the_limit_are_to_be_requested_too():
    said = answer(Line("Main", SEVEN, 30), keys=(HeldKey("kms-windows-7", 8),))
    assert said[-1] == "Request more hosts for the Windows 7 KMS key (Client VL): 8 instead of 6."


def test_thousands_of_hosts_are_written_like_all_numbers():
    said = answer(Line("Main", SEVEN, 30), keys=(HeldKey("kms-windows-7", 1234),))
    assert said[-1] == "Request more hosts for the Windows 7 KMS key (Client VL): 1,234 instead of 6."


def test_as_many_hosts_as_a_key_allows_need_no_request():
    networks = tuple(Network(f"Site {number}") for number in range(1, 7))
    assert answer(*lines_on(networks), networks=networks) == (
        "Install the Windows 7 KMS key (Client VL) on 6 hosts in 6 networks; it activates 180 computers.",
        "No MAK is needed.",
    )


def test_hosts_in_use_are_told_without_active_directory():
    main = (Network("Main", active_directory=True),)
    said = answer(
        Line("Main", SERVER_2022, 3, domain_joined=True), networks=main, keys=(HeldKey("kms-windows-server-2022", 8),)
    )
    assert said[-1] == (
        'Request more hosts for the KMS host key "Volume License for Windows Server 2022": 8 instead of 6.'
    )


def test_a_key_in_use_is_not_called_needed_for_a_network_that_is_too_small():
    networks = (Network("North"), Network("South"))
    assert answer(Line("North", SEVEN, 30), Line("South", SEVEN, 3), networks=networks) == (
        "Install the Windows 7 KMS key (Client VL) on 1 host in North; it activates all 30 computers there.",
        "Use a MAK for Windows 7 (3 computers).",
        "Request 3 MAK activations for Windows 7.",
    )


def test_office_that_is_left_as_it_is_is_no_computer():
    lines = [Line("Main", SEVEN, 2, activate=False), Line("Main", OFFICE, 3, activate=False)]
    assert answer(*lines) == ("2 computers and 3 Office installations are left as they are, as you asked.",)


def test_windows_comes_before_office_in_active_directory_too():
    main = (Network("Main", active_directory=True),)
    lines = [Line("Main", SERVER_2022, 3, domain_joined=True), Line("Main", OFFICE, 4, domain_joined=True)]
    assert answer(*lines, networks=main) == (
        'Add the KMS host key "Volume License for Windows Server 2022" to Active Directory; '
        "it activates 3 computers in the domain, however few they are.",
        "Add the Office 2016 KMS host key to Active Directory; "
        "it activates 4 Office installations in the domain, however few they are.",
        "No MAK is needed.",
    )


def test_an_estate_of_office_alone_says_nothing_of_computers():
    assert answer(Line("Main", OFFICE, 30)) == (
        "Install the Office 2016 KMS host key on 1 host in Main; it activates all 30 Office installations there.",
        "No MAK is needed.",
    )


def test_an_estate_without_computers_needs_no_key():
    assert answer() == ("Nothing here needs a key.",)


def test_four_kinds_of_maks_requests_and_licences_are_summed_up():
    networks = (Network("Plant", kms=False),)
    products = (SEVEN, VISTA, R2, OLD)
    lines = [Line("Plant", product, 3) for product in products]
    licences = tuple(Licence(product, 1) for product in products)
    assert answer(*lines, networks=networks, licences=licences) == (
        "Use MAKs of 4 product groups for 12 activations.",
        "Request 12 MAK activations for 4 product groups.",
        "Buy 8 licences for 4 products.",
    )


def test_guests_and_editions_without_volume_activation_are_told_in_their_number():
    lines = [
        Line("Main", SERVER_2022, 1, virtual=1, avma=1),
        Line("Main", "windows-7-ultimate", 2),
        Line("Main", "windows-10-home", 1),
    ]
    assert answer(*lines) == (
        "1 guest is activated by its Hyper-V host.",
        "3 computers have no volume activation: Windows 10 Home and Windows 7 Ultimate.",
    )
    assert answer(Line("Main", SERVER_2022, 8, virtual=8, avma=8)) == (
        "8 guests are activated by their Hyper-V hosts.",
    )


def test_a_request_is_for_more_only_where_the_mak_is_in_hand():
    plant = (Network("Plant", kms=False),)
    lines = [Line("Plant", SEVEN, 8), Line("Plant", R2, 3)]
    keys = (HeldKey("mak-windows-7", 6), HeldKey("mak-windows-server-2008-r2-b", 1))
    assert answer(*lines, networks=plant, keys=keys)[-1] == (
        "Request 4 more MAK activations: 2 for Windows 7 and 2 for Windows Server 2008 R2 Group B."
    )
    assert answer(*lines, networks=plant, keys=(HeldKey("mak-windows-7", 9),))[-1] == (
        "Request 3 MAK activations for Windows Server 2008 R2 Group B."
    )
