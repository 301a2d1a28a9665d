"""What each warning and reason says, typed out: true in number, in kind and in cause."""

from dataclasses import replace

from activation.catalogue import shipped
from activation.rules.estate import Estate, Licence, Line, Network
from activation.rules.plan import Param, Reason, Warning
from activation.rules.recommend import recommend
from planner import wording
from planner.wording.names import PUBLISHERS

CATALOGUE = shipped()
KEY, OTHER = "kms-windows-server-2008-r2-c", "kms-windows-7"


def warned(code: str, **params: Param) -> tuple[str, str, str]:
    words = wording.warning_words(Warning(code, params, ()), CATALOGUE)
    return words.title, words.meaning, words.action


def short(group: str, computers: int, counted: int, needed: int, application: str = "windows") -> tuple[str, str, str]:
    missing = max(0, needed - counted)
    rest = {"computers": computers, "counted": counted, "needed": needed, "short": missing}
    return warned("threshold-short", pool="Main", application=application, group=group, **rest)


def test_too_few_clients_need_computers_that_the_same_key_covers():
    assert short("windows-7", 12, 15, 25) == (
        "Main: too few computers for Windows 7 on KMS",
        "For Windows, a KMS host there would count 15; Windows 7 needs 25. So 12 computers use a MAK.",
        "KMS works there with 10 more computers in regular contact that the same key covers.",
    )


def test_too_few_servers_need_servers_since_clients_leave_the_count():
    assert short("windows-server-2008-r2-b", 5, 4, 5)[2] == (
        "KMS works there with 1 more server in regular contact that the same key covers."
    )


def test_where_virtual_computers_are_not_counted_physical_ones_are_asked_for():
    assert short("windows-server-2008-b", 4, 3, 5)[2] == (
        "KMS works there with 2 more physical servers in regular contact that the same key covers."
    )
    assert short("windows-vista", 20, 19, 25)[2] == (
        "KMS works there with 6 more physical computers in regular contact that the same key covers."
    )


def test_too_few_office_installations_are_not_called_computers():
    assert short("office-2016", 4, 4, 5, application="office-2016") == (
        "Main: too few installations of Office 2016 on KMS",
        "A KMS host there would count 4 installations; 5 are needed. So 4 installations use a MAK.",
        "KMS works there with 1 more installation in regular contact.",
    )


def test_a_count_that_would_do_is_not_called_too_small():
    enough = Reason("mak-below-threshold", {"pool": "Main", "group": "windows-7", "counted": 29, "needed": 25}, ())
    assert wording.reason_words(enough, CATALOGUE) == (
        "In Main, a KMS host could count 29 for Windows 7, which needs 25; "
        "but another key saves as many MAKs there, or more."
    )
    assert short("windows-7", 3, 29, 25) == (
        "Main: MAKs for Windows 7, though there are enough computers",
        "A KMS host there could count 29; Windows 7 needs 25. But another key saves as many MAKs there, or more. "
        "So 3 computers use a MAK.",
        "Nothing to do: no other choice of keys saves more MAKs.",
    )


def test_where_nothing_is_to_do_the_warning_is_only_good_to_know():
    params = {"pool": "Main", "application": "windows", "group": "windows-7", "computers": 3, "needed": 25}
    enough = Warning("threshold-short", {**params, "counted": 29, "short": 0}, ())
    lacking = Warning("threshold-short", {**params, "counted": 9, "short": 16}, ())
    assert wording.by_severity([enough, lacking]) == (lacking, enough)
    assert wording.warning_words(enough, CATALOGUE).severity == "know"


def test_a_thin_margin_says_how_many_fewer_lose_whom():
    clients = warned("thin-margin", pool="Main", key=OTHER, counted=27, needed=25)
    assert clients[1] == (
        "The host with the Windows 7 KMS key (Client VL) counts 27; clients need 25. "
        "With 3 computers fewer it activates none of its clients."
    )
    assert clients[2] == "Add clients that the host counts, or keep MAK activations in reserve."
    servers = warned("thin-margin", pool="Main", key=KEY, counted=5, needed=5)
    assert servers[1] == (
        "The host with the Windows Server 2008 R2 KMS C key counts 5; servers need 5. "
        "With 1 computer fewer it activates none of its servers."
    )


def test_a_second_host_without_an_activation_is_told_whose_hosts_come_first():
    title, meaning, _ = warned("second-host-no-activation", pool="Main", key=OTHER)
    assert title == "Main: no host left on the Windows 7 KMS key (Client VL) for a second one"
    assert meaning == (
        "The key is for 6 hosts: first the first hosts of all networks, then second ones by network name."
    )


def test_too_many_hosts_says_what_active_directory_takes():
    assert warned("too-many-hosts", key=OTHER, planned=7, used=0, limit=6)[1] == (
        "Planned: 7 hosts, in use: 0. One key is for 6 hosts; Active Directory counts as one."
    )


def test_a_missing_machine_is_not_called_a_free_one():
    _, meaning, action = warned("needs-host", pool="Main", key=KEY, systems=["windows-server-2008-r2"])
    assert meaning == "No computer there may carry this key, or each that may carries another one."
    assert action == "Provide one of: Windows Server 2008 R2."
    lacking = Reason("host-additional", {"pool": "Main", "key": KEY}, ())
    assert wording.reason_words(lacking, CATALOGUE) == (
        "In Main, no computer may carry the Windows Server 2008 R2 KMS C key, or each that may carries another: "
        "it needs one more machine."
    )


def test_a_disputed_point_says_which_side_the_plan_is_on():
    assert warned("disputed", conflict="C2")[1] == (
        "Tables of the Windows Server 2012 R2 time list them, no table since 2018 does. "
        "In the plan, keys of Windows Server 2016 and later activate neither."
    )
    assert warned("disputed", conflict="L.C07")[1] == (
        "Sources name different numbers of computers from which a second host is due. The plan has one above 50."
    )


def test_figures_are_the_catalogues():
    rules = dict(CATALOGUE.rules)
    for slug, params in (
        ("R-2HOSTS", {"clients": 70}),
        ("R-HOSTS", {"hosts": 9, "activations_per_host": 10}),
        ("R-VALID", {"valid_days": 90}),
    ):
        rules[slug] = replace(rules[slug], params=params)
    edited = replace(CATALOGUE, rules=rules)
    second = Warning("second-host-needs-computer", {"pool": "Main", "key": KEY}, ())
    assert "more than 70 computers" in wording.warning_words(second, edited).meaning
    refused = Warning("second-host-no-activation", {"pool": "Main", "key": KEY}, ())
    assert "for 9 hosts" in wording.warning_words(refused, edited).meaning
    assert "lasts 90 days" in wording.reason_words(Reason("mak-no-contact", {}, ()), edited)


def test_reasons_say_who_is_meant():
    assert wording.reason_words(Reason("mak-no-contact", {}, ()), CATALOGUE) == (
        "A KMS activation lasts 180 days: computers without contact for longer need a MAK."
    )
    joined = Reason("adba-joined", {"network": "Main", "key": "kms-office-2016"}, ())
    assert wording.reason_words(joined, CATALOGUE) == (
        "In the domain of Main, Active Directory activates with the Office 2016 KMS host key, at any count."
    )


def test_a_count_is_the_keys_and_not_one_hosts_since_two_hosts_share_it():
    params = {"pool": "Main", "key": OTHER, "family": "client", "counted": 60, "needed": 25}
    assert wording.reason_words(Reason("threshold-met", params, ()), CATALOGUE) == (
        "In Main, the count for the Windows 7 KMS key (Client VL) is 60; clients need 25."
    )


def test_a_missing_licence_is_of_computers_and_of_office_alike():
    assert warned("licence-short", product="office-professional-plus-2016", shortfall=2) == (
        "Licences missing: Office Professional Plus 2016",
        "2 of its installations have no licence.",
        "Buy 2 licences, or use it on fewer computers.",
    )


def test_a_missing_licence_cites_no_document_since_it_rests_on_what_was_entered():
    seven = "windows-7-enterprise"
    lines, licences = (Line("Main", seven, 30),), (Licence(seven, 29),)
    plan = recommend(Estate("2026-11-24", (Network("Main"),), lines, licences), CATALOGUE)
    assert [warning.sources for warning in plan.warnings if warning.code == "licence-short"] == [()]


def test_every_publisher_of_the_catalogue_has_words():
    publishers = {source.publisher for source in CATALOGUE.sources.values()}
    assert publishers <= set(PUBLISHERS)
    assert wording.publisher_name("microsoft_text_quoted_by_third_party") == "Third party, quoting Microsoft"
    assert wording.publisher_name("Contoso Press") == "Contoso Press"
