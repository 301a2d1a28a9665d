"""Words for every code: complete, in plain English, with each param said, and right in number."""

import re
import string

import pytest

from activation.catalogue import shipped
from activation.rules.estate import Estate, HeldKey, Licence, Line, Network
from activation.rules.plan import REASONS, WARNINGS, Param, Reason, Warning
from activation.rules.recommend import recommend
from planner import wording
from planner.wording import reasons, warnings
from planner.wording.filling import fill

CATALOGUE = shipped()
KEY, OTHER = "kms-windows-server-2008-r2-c", "kms-windows-7"
R2, SEVEN = "windows-server-2008-r2-standard", "windows-7-enterprise"

#: One value for each param, and what a reader must see of it.
SAMPLES: dict[str, tuple[Param, str]] = {
    "product": (SEVEN, "Windows 7 Enterprise"),
    "count": (3, "3 computers"),
    "group": ("windows-7", "Windows 7"),
    "groups": (["windows-7", "windows-vista"], "Windows 7"),
    "key": (KEY, "Windows Server 2008 R2 KMS C key"),
    "keys": ([KEY, OTHER], "Windows Server 2008 R2 KMS C key or Windows 7 KMS key"),
    "others": ([OTHER], "Windows 7 KMS key"),
    "evidence": ("derived", "derived from a stated rule"),
    "conflict": ("L.C07", "how many KMS hosts"),
    "pool": ("Contoso HQ", "Contoso HQ"),
    "network": ("Contoso plant", "Contoso plant"),
    "application": ("office-2016", "Office 2016"),
    "computers": (41, "41 computers"),
    "counted": (42, "42"),
    "needed": (43, "43"),
    "short": (44, "44 more computers"),
    "system": ("windows-server-2012", "Windows Server 2012"),
    "systems": (["windows-server-2012", "windows-server-2016"], "Windows Server 2012 or Windows Server 2016"),
    "update": ("KB2885698", "KB2885698"),
    "planned": (45, "45 hosts"),
    "used": (46, "46"),
    "limit": (6, "6 hosts"),
    "to_request": (47, "47"),
    "shortfall": (48, "48"),
    "date": ("2020-01-14", "2020-01-14"),
    "on_kms": (49, "49"),
    "above": (50, "50"),
    "hosts": (6, "6 hosts"),
    "activations": (10, "10 times"),
    "percent": (51, "51 %"),
    "reserve": (52, "52 more activations"),
    "family": ("server", "servers"),
}
FORBIDDEN = ("valid", "invalid", "please", "sorry", "oops", "n/a", "error", "failed", "utilize", "ensure")


def params(names: tuple[str, ...]) -> dict[str, Param]:
    return {name: SAMPLES[name][0] for name in names}


def words_of(code: str) -> str:
    words = wording.warning_words(Warning(code, params(WARNINGS[code]), ()), CATALOGUE)
    return f"{words.title} | {words.meaning} | {words.action}"


def reason_of(code: str) -> str:
    return wording.reason_words(Reason(code, params(REASONS[code]), ()), CATALOGUE)


def test_exactly_the_codes_of_the_rules_have_words():
    assert list(warnings.TEMPLATES) == list(WARNINGS)
    assert list(reasons.TEMPLATES) == list(REASONS)


@pytest.mark.parametrize("code", WARNINGS)
def test_a_warning_says_each_of_its_params(code: str):
    for name in WARNINGS[code]:
        assert SAMPLES[name][1] in words_of(code)


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_says_each_of_its_params(code: str):
    said = {"groups": "Windows 7", "key": "Windows Server 2008 R2 KMS C key"}
    for name in REASONS[code]:
        assert said.get(name, SAMPLES[name][1]).lower() in reason_of(code).lower()


@pytest.mark.parametrize("code", WARNINGS)
def test_a_warning_has_a_title_a_meaning_and_an_act(code: str):
    words = wording.warning_words(Warning(code, params(WARNINGS[code]), ()), CATALOGUE)
    assert words.severity in ("act", "check", "know")
    assert len(words.title) <= 100
    assert words.meaning.endswith(".")
    assert words.action.endswith(".")
    assert not words.title.endswith(".")


@pytest.mark.parametrize("text", [*map(words_of, WARNINGS), *map(reason_of, REASONS)])
def test_words_are_plain_and_blame_nobody(text: str):
    assert not set(FORBIDDEN) & set(re.findall(r"[a-z/]+", text.lower()))
    assert "{" not in text
    assert text.isascii()  # a terminal may know no more
    assert text[0].isupper()


def test_templates_ask_for_no_param_that_the_code_has_not():
    for code, words in warnings.TEMPLATES.items():
        asked = {name for text in (words.title, words.meaning, words.action) for name in fields(text)}
        assert asked <= set(WARNINGS[code])
    for code, text in reasons.TEMPLATES.items():
        assert fields(text) == set(REASONS[code])


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 hosts"), (1, "1 host"), (2, "2 hosts"), (1200, "1,200 hosts"), (10**7, "10,000,000 hosts")],
)
def test_numbers_have_their_plural_and_their_thousands(number: int, said: str):
    assert wording.count(number, "host") == said
    assert fill("{limit:host|hosts}", {"limit": number}, CATALOGUE) == said


def test_a_count_of_one_needs_one_computer():
    words = wording.warning_words(Warning("unsupported-product", {"product": SEVEN, "count": 1}, ()), CATALOGUE)
    assert words.meaning.startswith("1 computer with it")


def test_a_key_that_nobody_sells_leaves_the_mak():
    words = wording.warning_words(Warning("not-covered", {"group": "windows-iot-ltsc", "keys": []}, ()), CATALOGUE)
    assert words.action == "No KMS host key for it is known: stay with the MAK."


def test_slugs_that_the_catalogue_no_longer_has_are_shown_as_they_are():
    reason = Reason("comes-with", {"key": "kms-contoso", "groups": ["contoso-1", "contoso-2"]}, ())
    assert "kms-contoso" in wording.reason_words(reason, CATALOGUE)
    assert "contoso-1 or contoso-2" in wording.reason_words(reason, CATALOGUE)


def test_a_network_name_is_text_not_a_template():
    reason = Reason("mak-no-kms", {"network": "{key} %s {0.__class__}"}, ())
    assert wording.reason_words(reason, CATALOGUE) == "{key} %s {0.__class__} has no way to a KMS host."


def test_names_inside_sentences():
    assert wording.key_in_words("kms-office-2016", CATALOGUE) == "the Office 2016 KMS host key"
    assert wording.key_in_words("kms-windows-server-2022", CATALOGUE) == (
        'the KMS host key "Volume License for Windows Server 2022"'
    )
    assert wording.group_name("windows-server-2012-r2", CATALOGUE) == "Windows Server 2012 R2"
    assert wording.group_name("office-2016", CATALOGUE) == "Office 2016"
    assert wording.listing(["a", "b", "c"], "or") == "a, b or c"


def test_the_most_severe_warning_comes_first_and_equals_keep_their_order():
    codes = ["evidence", "out-of-support", "thin-margin", "licence-short"]
    sorted_codes = [w.code for w in wording.by_severity(Warning(code, {}, ()) for code in codes)]
    assert sorted_codes == ["licence-short", "evidence", "thin-margin", "out-of-support"]


# --- The answer ---


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
        "Today it activates nobody in Main: 4 of 5 servers; with 1 more it activates all.",
        "Use a MAK for Windows Server 2008 R2 Group B (5 computers).",
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
        "with 12 more it activates all.",
        "Use MAKs for Windows 7 (10 computers) and Windows Server 2008 R2 Group B (3 computers).",
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
        Line("Main", "windows-server-2022-standard", 3, domain_joined=True),
        Line("Main", "office-professional-plus-2016", 4),
    ]
    assert answer(*lines, networks=main) == (
        'Add the KMS host key "Volume License for Windows Server 2022" to Active Directory; '
        "it activates 3 computers in the domain, however few they are.",
        "You need the Office 2016 KMS host key.",
        "Today it activates nobody in Main: 4 of 5 Office 2016 installations; with 1 more it activates all.",
        "Use a MAK for Office 2016 (4 installations).",
    )


def test_the_answer_is_never_empty():
    assert answer(Line("Main", SEVEN, 2, activate=False)) == ("2 computers are left as they are, as you asked.",)
    assert answer(licences=(Licence(SEVEN, 0),)) == ("Nothing here needs a key.",)


def test_a_count_that_would_do_is_not_called_too_small():
    enough = Reason("mak-below-threshold", {"pool": "Main", "group": "windows-7", "counted": 26, "needed": 25}, ())
    assert "another key saves more MAKs" in wording.reason_words(enough, CATALOGUE)
    short = {"pool": "Main", "application": "windows", "group": "windows-7", "computers": 3, "counted": 26}
    words = wording.warning_words(Warning("threshold-short", {**short, "needed": 25, "short": 0}, ()), CATALOGUE)
    assert "another key there saves more MAKs" in words.action
