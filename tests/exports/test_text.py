"""The plan as text for a terminal."""

import pytest

from activation.catalogue import shipped
from activation.rules.estate import Estate, HeldKey, Licence, Line, Network
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from planner.exports.text import WIDTH, plan_text

CATALOGUE = shipped()
SEVEN, R2 = "windows-7-enterprise", "windows-server-2008-r2-datacenter"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Contoso: a KMS host in the head office, a plant behind a proxy, one licence short."""
    estate = Estate(
        as_of="2026-11-24",
        organisation="Contoso",
        networks=(Network("Head office"), Network("Plant", kms=False, microsoft="proxy")),
        lines=(Line("Head office", SEVEN, 30), Line("Head office", R2, 6), Line("Plant", SEVEN, 3)),
        licences=(Licence(SEVEN, 32), Licence(R2, 6)),
        keys=(HeldKey("mak-windows-7", 1), HeldKey("kms-windows-server-2008-r2-c", 2)),
    )
    return recommend(estate, CATALOGUE)


@pytest.fixture(scope="module")
def text(plan: Plan) -> str:
    return plan_text(plan, CATALOGUE)


LATER = ["To buy and to request", "Worksheet", "What to watch", "Computers", "Requests to send to Microsoft"]


def section(text: str, title: str) -> list[str]:
    start = text.index(f"\n{title}\n{'-' * len(title)}\n")
    return text[start:].strip("\n").split("\n\n")[0].split("\n")[2:]


def test_the_answer_comes_before_everything_else(text: str):
    assert text.split("\n")[:6] == [
        "Activation plan for Contoso",
        "===========================",
        "Day 2026-11-24, catalogue 2026-11-24.",
        "",
        "Install the Windows Server 2008 R2 KMS C key on 1 host in Head office; it activates all",
        "36 computers there.",
    ]


def test_the_sections_stand_in_the_order_of_what_is_to_do(text: str):
    titles = [line for line, under in zip(text.split("\n"), text.split("\n")[1:], strict=False) if under[:3] == "---"]
    assert titles == ["KMS host keys", "MAKs", "Licences", *LATER]


def test_a_key_is_told_with_its_host_its_count_and_its_limit(text: str):
    lines = section(text, "KMS host keys")
    assert lines[:3] == [
        "Windows Server 2008 R2 KMS C key",
        "  Head office: one of the Windows Server 2008 R2 Datacenter computers.",
        "  Head office: 35 counted with 1 host (clients need 25, servers need 5).",
    ]
    assert "  Hosts: 1 planned, 2 in use, 6 allowed." in lines


def test_a_mak_is_told_with_what_to_request(text: str):
    assert section(text, "MAKs") == [
        "MAK for Windows 7: 3 activations, 1 left; request 2 more.",
        "  Plant: 3, through the VAMT proxy",
    ]


def test_a_request_stands_there_ready_to_send(text: str):
    request = text[text.index("Requests to send to Microsoft") :].splitlines()[2:]
    assert request[:3] == ["Request: 2 more activations of a MAK", "", "Organisation: Contoso"]
    assert "Product, with version and edition: Windows 7 Enterprise" in request
    assert "Activations required: 2 more activations" in request


def test_what_to_buy_and_to_request_stands_together(text: str):
    assert section(text, "To buy and to request") == [
        "Buy 1 licence of Windows 7 Enterprise.",
        "Request 2 more activations of the MAK for Windows 7.",
    ]


def test_nothing_to_buy_or_to_request_has_no_section():
    estate = Estate("2026-11-24", (Network("Main"),), (Line("Main", SEVEN, 30),))
    assert "To buy and to request" not in plan_text(recommend(estate, CATALOGUE), CATALOGUE)


def test_hosts_beyond_what_the_key_allows_are_to_be_requested():
    networks = tuple(Network(f"Site {number}") for number in range(1, 8))
    lines = tuple(Line(network.name, SEVEN, 30) for network in networks)
    text = plan_text(recommend(Estate("2026-11-24", networks, lines), CATALOGUE), CATALOGUE)
    assert section(text, "To buy and to request") == [
        "Request more hosts for the Windows 7 KMS key (Client VL): 7 instead of 6.",
    ]
    assert "  Hosts: 7 planned, 0 in use, 6 allowed." in section(text, "KMS host keys")


def test_thousands_of_hosts_are_written_like_all_numbers():
    held = (HeldKey("kms-windows-7", 1234),)
    estate = Estate("2026-11-24", (Network("Main"),), (Line("Main", SEVEN, 30),), keys=held)
    text = plan_text(recommend(estate, CATALOGUE), CATALOGUE)
    assert "  Hosts: 1 planned, 1,234 in use, 6 allowed." in section(text, "KMS host keys")


def test_a_key_for_active_directory_alone_has_no_host():
    main = Network("Main", active_directory=True)
    line = Line("Main", "windows-server-2022-standard", 3, domain_joined=True)
    text = plan_text(recommend(Estate("2026-11-24", (main,), (line,)), CATALOGUE), CATALOGUE)
    lines = section(text, "KMS host keys")
    assert lines[1] == "  Active Directory: add it once for the forest."
    assert lines[-1] == "  Hosts: 0 planned, 0 in use, 6 allowed; Active Directory counts as one."


def test_a_document_is_told_with_its_publisher_in_words():
    estate = Estate("2026-11-24", (Network("Main"),), (Line("Main", R2, 14),))
    explained = plan_text(recommend(estate, CATALOGUE), CATALOGUE, explain=True)
    sources = " ".join(" ".join(section(explained, "Sources")).split())
    assert "[L.DEPKMS] Deploy KMS Activation. Microsoft, no date." in sources
    assert "certification (German edition) p.580. Microsoft Press, 2008." in sources


def test_licences_and_worksheet_are_tables_with_their_numbers_to_the_right(text: str):
    assert section(text, "Licences") == [
        "Product                            Computers  Licences  To buy",
        "Windows 7 Enterprise                      33        32       1",
        "Windows Server 2008 R2 Datacenter          6         6       0",
    ]
    assert section(text, "Worksheet") == [
        "                                      Windows",
        "In total                                   39",
        "KMS                                        36",
        "MAK: no way to KMS, or no key for it        3",
        "Remaining                                   0",
    ]


def test_warnings_say_what_to_do_most_severe_first(text: str):
    lines = section(text, "What to watch")
    assert lines[0] == "Do first: MAK activations missing for Windows 7"
    assert "  > Buy 1 licence, or use it on fewer computers." in lines
    kinds = [line.split(":")[0] for line in lines if not line.startswith(" ")]
    assert kinds == sorted(kinds, key=["Do first", "Check", "Good to know"].index)


def test_a_plan_with_servers_says_what_it_is_not(text: str):
    assert "does not check core, processor or CAL licensing" in text
    clients = recommend(Estate("2026-11-24", (Network("Main"),), (Line("Main", SEVEN, 30),)), CATALOGUE)
    assert "CAL" not in plan_text(clients, CATALOGUE)


def test_reasons_and_sources_come_only_when_asked_for(plan: Plan, text: str):
    assert "Why:" not in text
    explained = plan_text(plan, CATALOGUE, explain=True)
    assert "  Why: A MAK activates only its own product group: Windows 7." in explained
    sources = "\n".join(section(explained, "Sources"))
    assert "[WSD-PLAN] KMS activation planning" in sources
    assert "windowsserverdocs" in sources


def test_every_source_that_a_reason_names_is_in_the_list(plan: Plan):
    explained = plan_text(plan, CATALOGUE, explain=True)
    listed = {line.split("]")[0][1:] for line in section(explained, "Sources") if line.startswith("[")}
    named = {slug for line in [*plan.kms_host_keys, *plan.maks] for reason in line.reasons for slug in reason.sources}
    assert named
    assert named <= listed


def test_a_disputed_point_shows_both_sides_when_asked_for():
    many = Estate("2026-11-24", (Network("Main"),), (Line("Main", SEVEN, 60),))
    explained = plan_text(recommend(many, CATALOGUE), CATALOGUE, explain=True)
    assert "Sources disagree: how many KMS hosts" in explained
    assert explained.count("  One side: ") == 1
    assert explained.count("  Other side: ") == 1


def test_two_hosts_alike_are_one_line():
    many = Estate("2026-11-24", (Network("Main"),), (Line("Main", SEVEN, 60),))
    lines = section(plan_text(recommend(many, CATALOGUE), CATALOGUE), "KMS host keys")
    assert lines[1] == "  Main: 2 hosts, each on one of the Windows 7 Enterprise computers."


def test_lines_fit_a_terminal(text: str):
    assert max(map(len, text.split("\n"))) <= WIDTH == 88


def test_a_plan_for_nobody_is_short():
    nobody = Estate("2026-11-24", (Network("Main"),), (Line("Main", SEVEN, 1, activate=False),))
    text = plan_text(recommend(nobody, CATALOGUE), CATALOGUE)
    assert "1 computer is left as it is, as you asked." in text
    assert "KMS host keys" not in text
    assert "MAKs" not in text
