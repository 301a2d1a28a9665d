"""Words for every code: complete, in plain English, with each param said, and right in number."""

import re
import string

import pytest

from activation.catalogue import shipped
from activation.rules.plan import REASONS, WARNINGS, Param, Reason, Warning
from planner import wording
from planner.wording import reasons, warnings
from planner.wording.filling import FIGURES, fill

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
    "application": ("windows", "Windows"),
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


WORKED_OUT = {"threshold-short": {"missing"}, "thin-margin": {"family", "fewer"}}


def test_templates_ask_for_no_param_that_the_code_has_not():
    for code, words in warnings.TEMPLATES.items():
        asked = {name for text in (words.title, words.meaning, words.action) for name in fields(text)}
        assert asked - set(FIGURES) <= set(WARNINGS[code]) | WORKED_OUT.get(code, set())
    for code, text in reasons.TEMPLATES.items():
        assert fields(text) - set(FIGURES) <= set(REASONS[code]) <= fields(text)


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
