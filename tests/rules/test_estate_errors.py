"""estate/1: which errors a wrong document has. The paths were written from the format's rules."""

import pytest

from tests.rules.documents import CONTOSO, Document, changed, errors, networks, one_network, paths

WRONG: dict[str, tuple[object, list[str]]] = {
    "a list": ([], ["$"]),
    "a text": ("estate/1", ["$"]),
    "null": (None, ["$"]),
    "nothing in it": ({}, ["format", "computers"]),
    "another format": (changed(format="estate/2"), ["format"]),
    "format as a number": (changed(format=1), ["format"]),
    "unknown field": (changed(colour="blue"), ["colour"]),
    "a field without a name": (changed(**{"": 1}), ['""']),
    "unknown fields at every level": (
        {
            **one_network(colour=1),
            "x": 1,
            "settings": {"y": 1},
            "networks": [{"name": "A", "z": 1}],
            "keys": [{"key": "mak-windows-7", "remaining": 1, "v": 1}],
            "licences": [{"product": "windows-7-enterprise", "quantity": 1, "w": 1}],
        },
        ["x", "settings.y", "networks[0].z", "computers[0].colour", "licences[0].w", "keys[0].v"],
    ),
    "organisation null": (changed(organisation=None), ["organisation"]),
    "organisation with a line break": (changed(organisation="Con\ntoso"), ["organisation"]),
    "organisation half a letter": (changed(organisation="\ud800"), ["organisation"]),
    "organisation too long": (changed(organisation="C" * 201), ["organisation"]),
    "organisation turned around": (changed(organisation="Con\u202etoso"), ["organisation"]),
    "as_of null": (changed(as_of=None), ["as_of"]),
    "as_of a day that is none": (changed(as_of="2026-02-30"), ["as_of"]),
    "as_of without dashes": (changed(as_of="20261124"), ["as_of"]),
    "as_of in Arabic digits": (changed(as_of="\u0662\u0660\u0662\u0666-\u0661\u0661-\u0662\u0664"), ["as_of"]),
    "as_of with a time": (changed(as_of="2026-11-24T10:00"), ["as_of"]),
    "unknown agreement": (changed(agreement="oem"), ["agreement"]),
    "settings null": (changed(settings=None), ["settings"]),
    "settings wrong": (
        changed(settings={"evidence": "none", "count_old_virtual": 1, "mak_reserve_percent": 1001}),
        ["settings.evidence", "settings.count_old_virtual", "settings.mak_reserve_percent"],
    ),
    "no networks in the list": ({**one_network(), "networks": []}, ["networks"]),
    "networks null": ({**one_network(), "networks": None}, ["networks"]),
    "a network that is a text": ({**one_network(), "networks": ["A"]}, ["networks[0]"]),
    "a network without name": ({**one_network(), "networks": [{}]}, ["networks[0].name"]),
    "an empty name": ({**one_network(), "networks": [{"name": "  "}]}, ["networks[0].name"]),
    "a name that nobody sees": ({**one_network(), "networks": [{"name": "\u200b"}]}, ["networks[0].name"]),
    "a name with a NUL": ({**one_network(), "networks": [{"name": "A\0"}]}, ["networks[0].name"]),
    "flags of a network as text": (
        networks({"name": "A", "kms": "yes", "isolated": 0, "active_directory": None, "microsoft": None}),
        ["networks[0].kms", "networks[0].microsoft", "networks[0].isolated", "networks[0].active_directory"],
    ),
    "two networks of one name": (networks({"name": "A"}, {"name": " A"}), ["networks[1].name"]),
    "computers and licences empty": ({"format": "estate/1", "computers": [], "licences": []}, ["computers"]),
    "licences null": ({"format": "estate/1", "licences": None}, ["licences"]),
    "computers an object": ({"format": "estate/1", "computers": {}}, ["computers"]),
    "a line that is null": ({"format": "estate/1", "computers": [None]}, ["computers[0]"]),
    "an empty line": (
        {"format": "estate/1", "computers": [{}]},
        ["computers[0].product", "computers[0].count"],
    ),
    "unknown product": (one_network(product="windows-2000-professional"), ["computers[0].product"]),
    "product as a number": (one_network(product=7), ["computers[0].product"]),
    "a group is no product": (one_network(product="windows-7"), ["computers[0].product"]),
    "count 0": (one_network(count=0), ["computers[0].count"]),
    "count above the most": (one_network(count=10_000_001), ["computers[0].count"]),
    "count true": (one_network(count=True), ["computers[0].count"]),
    "count 3.0": (one_network(count=3.0), ["computers[0].count"]),
    "count as text": (one_network(count="30"), ["computers[0].count"]),
    "count null": (one_network(count=None), ["computers[0].count"]),
    "count not a number": (one_network(count=float("nan")), ["computers[0].count"]),
    "count of 5,000 digits": (one_network(count=10**5000), ["computers[0].count"]),
    "virtual above count": (one_network(virtual=31), ["computers[0].virtual"]),
    "virtual beside a wrong count": (one_network(count=-3, virtual=7), ["computers[0].count"]),
    "avma above virtual": (
        one_network(product="windows-server-2022-standard", virtual=3, avma=4),
        ["computers[0].avma"],
    ),
    "avma on a client": (one_network(virtual=3, avma=1), ["computers[0].avma"]),
    "avma on a product without a group": (
        one_network(product="windows-server-2003", virtual=3, avma=1),
        ["computers[0].avma"],
    ),
    "avma beside an unknown product": (one_network(product="x", virtual=3, avma=1), ["computers[0].product"]),
    "contact with a capital": (one_network(contact="Regular"), ["computers[0].contact"]),
    "flags of a line as text": (
        one_network(activate="no", domain_joined=1),
        ["computers[0].activate", "computers[0].domain_joined"],
    ),
    "unknown network": (one_network(network="B"), ["computers[0].network"]),
    "network null": (one_network(network=None), ["computers[0].network"]),
    "network in another case": (
        {**networks({"name": "A"}), "computers": one_network(network="a")["computers"]},
        ["computers[0].network"],
    ),
    "network left out of two": (
        {**networks({"name": "A"}, {"name": "B"}), "computers": one_network()["computers"]},
        ["computers[0].network"],
    ),
    "network left out of two, one of them without a name": (
        {**networks({"name": "A"}, {}), "computers": one_network()["computers"]},
        ["networks[1].name", "computers[0].network"],
    ),
    "a reference to a network whose name could not be read": (
        {**one_network(network="A"), "networks": [{"name": 5}]},
        ["networks[0].name"],
    ),
    "licence without quantity": (
        {"format": "estate/1", "licences": [{"product": "windows-7-enterprise"}]},
        ["licences[0].quantity"],
    ),
    "licences alone and two networks": (
        {"format": "estate/1", "networks": [{"name": "A"}, {"name": "B"}], "licences": CONTOSO["licences"]},
        ["networks"],
    ),
    "key unknown": ({**one_network(), "keys": [{"key": "mak-windows-95", "remaining": 1}]}, ["keys[0].key"]),
    "key missing": ({**one_network(), "keys": [{"remaining": -1}]}, ["keys[0].key", "keys[0].remaining"]),
    "MAK without remaining": ({**one_network(), "keys": [{"key": "mak-windows-7"}]}, ["keys[0].remaining"]),
    "MAK with hosts_used": (
        {**one_network(), "keys": [{"key": "mak-windows-7", "hosts_used": 1}]},
        ["keys[0].remaining", "keys[0].hosts_used"],
    ),
    "KMS host key with remaining": (
        {**one_network(), "keys": [{"key": "kms-windows-7", "remaining": 1}]},
        ["keys[0].hosts_used", "keys[0].remaining"],
    ),
    "a key named twice": (
        {**one_network(), "keys": [{"key": k, "remaining": 1} for k in ("mak-windows-7", "MAK-Windows-7 ")]},
        ["keys[1].key"],
    ),
}


@pytest.mark.parametrize(("document", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_document_has_exactly_these_errors(document: object, expected: list[str]):
    assert paths(document) == expected


WAYS: dict[str, tuple[Document, list[str]]] = {
    "in a circle": (
        networks({"name": "A", "kms_via": "B"}, {"name": "B", "kms_via": "A"}),
        ["networks[0].kms_via", "networks[1].kms_via"],
    ),
    "to itself": (networks({"name": "A", "kms_via": "A"}), ["networks[0].kms_via"]),
    "into a circle": (
        networks({"name": "A", "kms_via": "B"}, {"name": "B", "kms_via": "C"}, {"name": "C", "kms_via": "B"}),
        ["networks[1].kms_via", "networks[2].kms_via"],
    ),
    "to a network without KMS": (
        networks({"name": "A", "kms_via": "B"}, {"name": "B", "kms": False}),
        ["networks[0].kms_via"],
    ),
    "past one that leads to a network without KMS": (
        networks({"name": "A", "kms_via": "B"}, {"name": "B", "kms_via": "C"}, {"name": "C", "kms": False}),
        ["networks[1].kms_via"],
    ),
    "to a network that does not exist": (networks({"name": "A", "kms_via": "B"}), ["networks[0].kms_via"]),
    "of a wrong type": (networks({"name": "A", "kms_via": 5}), ["networks[0].kms_via"]),
    "from a network with host machines": (
        networks({"name": "A"}, {"name": "B", "kms_via": "A", "kms_host_systems": ["windows-7"]}),
        ["networks[1].kms_host_systems"],
    ),
    "from a network without KMS but with host machines": (
        networks({"name": "A", "kms": False, "kms_host_systems": ["windows-7"]}),
        ["networks[0].kms_host_systems"],
    ),
    "with unknown host machines": (
        networks({"name": "A", "kms_host_systems": ["windows-7", "windows-server-2020", 7, None]}),
        [f"networks[0].kms_host_systems[{i}]" for i in (1, 2, 3)],
    ),
}


@pytest.mark.parametrize(("document", "expected"), WAYS.values(), ids=WAYS)
def test_a_way_to_kms_hosts_that_leads_nowhere_is_an_error(document: Document, expected: list[str]):
    assert paths(document) == expected


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (one_network(count=-3), "Enter a whole number from 1 to 10,000,000, not -3."),
        (one_network(count="30"), 'Enter a whole number from 1 to 10,000,000 without quotes, not "30".'),
        (one_network(count=3.0), "Enter a whole number from 1 to 10,000,000 without a decimal point, not 3.0."),
        (one_network(virtual=31), "Enter a whole number from 0 to 30 (the computers of this line), not 31."),
        (one_network(contact="no"), 'Enter regular, rare or none, not "no".'),
        (one_network(product="Windows 7 Enterprize"), 'Did you mean "Windows 7 Enterprise"?'),
        (one_network(network="Mian"), 'Did you mean "Main"?'),
        (one_network(conut=3), 'Did you mean "count"?'),
        (changed(agreement="oem"), 'Enter enterprise, select, open, open-value, campus, spla or null, not "oem".'),
        (changed(as_of="24.11.2026"), "YYYY-MM-DD"),
    ],
)
def test_a_message_says_what_would_be_right(document: Document, said: str):
    assert said in errors(document)[0][1]


def test_all_messages_are_one_short_line_without_blame():
    for document, _ in [*WRONG.values(), *WAYS.values()]:
        for path, message in errors(document):
            assert message.isprintable()
            assert path.isprintable()
            assert len(message) < 300
            assert not {"invalid", "valid", "please", "sorry", "oops"} & set(message.lower().replace(".", "").split())


def test_a_message_uses_no_word_of_the_files_alone():
    said = "".join(message for document, _ in [*WRONG.values(), *WAYS.values()] for _, message in errors(document))
    assert "slug" not in said
    assert "kms_via" not in said.replace("The fields are name, kms, kms_via", "")


def test_twenty_thousand_wrong_lines_are_all_reported():
    lines = [{"product": f"Windows {i} Contoso", "count": 0} for i in range(20_000)]
    assert len(errors({"format": "estate/1", "computers": lines})) == 40_000
