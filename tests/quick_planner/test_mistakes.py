"""What is to be mended: each mistake at its field, in the words of the form, with the input kept."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.quick_planner.pages import LINE, mistakes, seen

FORBIDDEN = re.compile(r"\b(valid|invalid|please|sorry|oops|N/A|error occurred)\b", re.IGNORECASE)

pytestmark = pytest.mark.django_db


def test_errors_are_said_in_the_summary_and_beside_the_field_with_the_input_kept(client: Client) -> None:
    html = client.get("/", {"c1-product": "Windows 7 Enterprize", "c1-count": "1e3"}).content.decode()
    assert "<title>Error: " in html
    words = unescape(re.findall(r'<a href="#c1-count">Line 1, count: ([^<]+)</a>', html)[0])
    beside = unescape(re.findall(r'id="c1-count_error">Count: ([^<]+)</p>', html)[0])
    assert words == beside == 'Enter a whole number from 1 to 10,000,000 in digits only, not "1e3".'
    assert 'value="1e3"' in html
    assert 'value="Windows 7 Enterprize"' in html
    assert "Did you mean" in html


def test_a_form_sent_empty_asks_for_computers_or_licences(client: Client) -> None:
    html = client.get("/", {"c1-product": "", "c1-count": ""}).content.decode()
    assert '<a href="#c1-product">Line 1, product: Enter computers or licences' in html


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"c1-product": "x"}, "c1-product"),
        ({"c1-count": "5"}, "c1-product"),
        ({"c1-virtual": "5"}, "c1-virtual"),
        ({"c1-contact": "sometimes"}, "c1-contact"),
        ({"c1-avma": "1"}, "c1-avma"),
        ({"n1-name": " "}, "n1-name"),
        ({"n2-name": "Main"}, "n2-name"),
        ({"n2-name": "B", "n2-kms": "via3", "n3-name": "C", "n3-kms": "none"}, "n2-kms"),
        ({"n2-name": "B", "n2-kms": "via9"}, "n2-kms"),
        ({"n2-name": "B", "c1-network": "7"}, "c1-network"),
        ({"n1-host": "windows-95"}, "n1-host"),
        ({"n1-microsoft": "by-pigeon"}, "n1-microsoft"),
        ({"l1-product": "windows-7-enterprise", "l1-quantity": "-1"}, "l1-quantity"),
        ({"l1-quantity": "3"}, "l1-product"),
        ({"k1-key": "kms-nothing"}, "k1-key"),
        ({"k1-key": "mak-windows-7", "k1-used": "many"}, "k1-used"),
        ({"day": "31.12.2026"}, "day"),
        ({"agreement": "handshake"}, "agreement"),
        ({"reserve": "1001"}, "reserve"),
        ({"evidence": "rumours"}, "evidence"),
        ({"organisation": "x" * 300}, "organisation"),
    ],
)
def test_each_wrong_field_is_named_and_marked(client: Client, fields: dict[str, str], field: str) -> None:
    start = {"c1-product": "windows-7-enterprise", "c1-count": "3"} if "c1-count" not in fields else {}
    html = client.get("/", start | fields).content.decode()
    assert f'<a href="#{field}">' in html
    assert f'id="{field}_error"' in html
    assert not FORBIDDEN.search(seen(client.get("/", start | fields)))


@pytest.mark.parametrize("name", ["c0-product", "c99999-product", "c100000-count", "x1-product", "c1-", "c1-nothing"])
def test_fields_that_are_not_there_are_passed_over(client: Client, name: str) -> None:
    assert client.get("/", {name: "1"}).status_code == 200


TWO = LINE | {"n2-name": "Branch"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"n1-kms": "nonsense"},
            'Main, KMS hosts: Choose "In this network", "Those of Main", "Those of Branch" or "None", not "nonsense".',
        ),
        ({"n2-kms": "via9"}, 'Branch, KMS hosts: Choose "In this network", "Those of Main", "Those of Branch" or '
                             '"None", not "via9".'),
        ({"n1-microsoft": "pigeon"}, 'Main, way to Microsoft: Choose "Internet or telephone" or "Only through a VAMT '
                                     'proxy", not "pigeon".'),
        ({"n1-host": "windows-7,windows-95"}, "Main, machines outside your list that may carry a KMS host key: Choose "
                                              'one of the list: "windows-95" is not in it.'),
        ({"c1-contact": "sometimes"}, 'Main, line 1, contact in: Choose "30 days", "180 days" or "never", not '
                                      '"sometimes".'),
        ({"c1-network": "7"}, 'Main, line 1, network: Choose "Main" or "Branch", not "7".'),
        ({"k1-key": "kms-nothing", "k1-used": "1"}, 'Key 1, key: Choose one of the list: "kms-nothing" is not in it.'),
        ({"agreement": "handshake"}, 'Volume agreement: Choose "Not named", "Enterprise Agreement", "Select", "Open", '
                                     '"Open Value", "Campus" or "SPLA (service provider)", not "handshake".'),
        ({"c1-activate": "x"}, 'Main, line 1, not to be activated (a lab that is rebuilt): Tick it or leave it. What '
                               'ticks it is "no", not "x".'),
        ({"c1-activate": "yes"}, 'Main, line 1, not to be activated (a lab that is rebuilt): Tick it or leave it. What '
                                 'ticks it is "no", not "yes".'),
        ({"c1-joined": "no"}, 'Main, line 1, joined to the Active Directory domain: Tick it or leave it. What ticks it '
                              'is "yes", not "no".'),
        ({"n2-ad": "true"}, 'Branch, Active Directory-based activation may be used: Tick it or leave it. What ticks it '
                            'is "yes", not "true".'),
        ({"n2-isolated": "1"}, 'Branch, isolated from the other networks: Tick it or leave it. What ticks it is "yes", '
                               'not "1".'),
        ({"oldvirtual": "on"}, 'Count virtual Windows Vista and Windows Server 2008 computers: Tick it or leave it. '
                               'What ticks it is "yes", not "on".'),
        ({"evidence": "rumours"}, 'Use only coverage that a current Microsoft document states: Tick it or leave it. '
                                  'What ticks it is "documented", not "rumours".'),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)  # fmt: skip
def test_what_a_list_or_a_box_does_not_offer_is_no_guess_but_a_mistake(
    client: Client, fields: dict[str, str], said: str
) -> None:
    answer = client.get("/", TWO | fields)
    assert mistakes(answer) == {next(iter(fields)): said}
    assert f'id="{next(iter(fields))}_error"' in answer.content.decode()
    assert client.get("/plan.json", TWO | fields).status_code == 422


def test_what_is_not_offered_is_not_summed_up_as_if_it_held(client: Client) -> None:
    wrong = {"agreement": "handshake", "n1-ad": "true", "evidence": "rumours"}
    summaries = re.findall(
        r"<summary>(?:Network|Organisation and settings)(.*?)</summary>", client.get("/", LINE | wrong).content.decode()
    )
    assert summaries == ["", ""]


def test_a_line_on_a_network_that_is_not_there_is_said_also_where_there_is_but_one(client: Client) -> None:
    answer = client.get("/", LINE | {"c1-network": "7"})
    assert mistakes(answer) == {"c1-network": 'Line 1, network: Choose "Main", not "7".'}
    assert 'id="c1-network"' in answer.content.decode()


def test_what_the_lists_do_not_offer_and_other_mistakes_are_told_together_in_the_order_of_the_form(
    client: Client,
) -> None:
    wrong = {"day": "soon", "c1-count": "x", "c1-contact": "x", "n1-kms": "x", "l1-product": "windows-7-enterprise"}
    assert list(mistakes(client.get("/", LINE | wrong))) == ["n1-kms", "c1-count", "c1-contact", "l1-quantity", "day"]


IN_DIGITS = "Enter a whole number from 1 to 10,000,000 in digits only, not "
IN_RANGE = "Enter a whole number from 1 to 10,000,000, not "


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("-1", f'{IN_DIGITS}"-1".'),
        ("0", f"{IN_RANGE}0."),
        ("10000001", f"{IN_RANGE}10,000,001."),
        ("999999999999999", f"{IN_RANGE}999,999,999,999,999."),
        (str(2**80), f'{IN_DIGITS}"1208925819614629174706176".'),
        ("1e3", f'{IN_DIGITS}"1e3".'),
        ("1.5", f'{IN_DIGITS}"1.5".'),
        ("1.0", f'{IN_DIGITS}"1.0".'),
        ("1,000", f'{IN_DIGITS}"1,000".'),
        ("1.000", f'{IN_DIGITS}"1.000".'),
        ("1 000", f'{IN_DIGITS}"1 000".'),
        ("1_000", f'{IN_DIGITS}"1_000".'),
        ("+5", f'{IN_DIGITS}"+5".'),
        ("0x10", f'{IN_DIGITS}"0x10".'),
        ("NaN", f'{IN_DIGITS}"NaN".'),
        ("inf", f'{IN_DIGITS}"inf".'),
        ("٣", f'{IN_DIGITS}"٣".'),
        ("\uff11\uff12", f'{IN_DIGITS}"\uff11\uff12".'),
        ("²", f'{IN_DIGITS}"²".'),
        ("9" * 5000, f'{IN_DIGITS}"{"9" * 57}...".'),
    ],
    ids=lambda value: value[:12],
)
def test_a_count_that_is_no_plain_number_in_range_is_a_mistake_at_its_field(
    client: Client, count: str, said: str
) -> None:
    expected = {"c1-count": f"Line 1, count: {said}"}
    assert mistakes(client.get("/", LINE | {"c1-count": count})) == expected


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("c1-virtual", "4", "Line 1, virtual: Enter a whole number from 0 to 3 (the computers of this line), not 4."),
        (
            "c1-virtual",
            "-1",
            'Line 1, virtual: Enter a whole number from 0 to 3 (the computers of this line) in digits only, not "-1".',
        ),
        (
            "l1-quantity",
            "1.5",
            'Licence 1, licences: Enter a whole number from 0 to 10,000,000 in digits only, not "1.5".',
        ),
        ("k1-used", "1e3", 'Key 1, activations: Enter a whole number from 0 to 10,000,000 in digits only, not "1e3".'),
        ("reserve", "1001", "MAK reserve in percent, for reinstalls: Enter a whole number from 0 to 1,000, not 1,001."),
    ],
)
def test_the_other_numbers_are_held_to_the_same(client: Client, field: str, text: str, said: str) -> None:
    typed = LINE | {"l1-product": "windows-7-enterprise", "l1-quantity": "1", "k1-key": "mak-windows-7", "k1-used": "1"}
    assert mistakes(client.get("/", typed | {field: text})) == {field: said}


@pytest.mark.parametrize(("text", "computers"), [("7", 7), (" 7 ", 7), ("007", 7), ("10000000", 10_000_000)])
def test_a_count_may_have_blanks_around_and_zeros_before_it(client: Client, text: str, computers: int) -> None:
    estate = client.get("/estate.json", LINE | {"c1-count": text}).json()
    assert estate["computers"][0]["count"] == computers


#: Words that say something in a file of an estate, and nothing in a form.
OF_FILES = re.compile(
    r"slug|null|\btrue\b|\bfalse\b|kms_via|hosts_used|remaining|as_of|quotes|object|\bfield\b|[a-z]+\[\d+\]|\"(?:kms|mak)-"
)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"c1-product": "", "c1-count": "5"}, {"c1-product": "Line 1, product: Enter a product."}),
        ({"l1-quantity": "3"}, {"l1-product": "Licence 1, licensed product: Enter a product."}),
        ({"k1-used": "3"}, {"k1-key": "Key 1, key: Choose a key. Never enter the key itself."}),
        ({"c1-count": ""}, {"c1-count": "Line 1, count: Enter a whole number from 1 to 10,000,000. It is missing."}),
        (
            {"k1-key": "mak-windows-7", "k1-used": "1", "k2-key": "mak-windows-7", "k2-used": "2"},
            {"k2-key": "Key 2, key: MAK for Windows 7 stands in this list already. Keep one line for each key."},
        ),
        (
            {"n1-name": "Plant", "n2-name": "plant", "c1-product": "windows-7-enterprise", "c1-count": "5"},
            {
                "n2-name": 'plant, name of the network: This looks like the network "Plant". Write one network one '
                "way; names of two differ in more than capitals, forms of letters, blanks and a last dot."
            },
        ),
        (
            {"n1-name": "Plant", "n2-name": "Plant", "c1-count": "-5", "c2-product": "x", "c2-network": "2"},
            {
                "c1-count": "Plant (network 1), line 1, count: Enter a whole number from 1 to 10,000,000 in digits "
                'only, not "-5".',
                "c2-product": 'Plant (network 2), line 1, product: There is no product "x". Enter a product of the '
                "catalogue.",
                "c2-count": "Plant (network 2), line 1, count: Enter a whole number from 1 to 10,000,000. "
                "It is missing.",
                "n2-name": 'Plant (network 2), name of the network: There is a network "Plant" already. Enter another '
                "name.",
            },
        ),
    ],
)
def test_what_is_missing_or_twice_is_asked_for_in_the_words_of_the_form(
    client: Client, fields: dict[str, str], said: dict[str, str]
) -> None:
    assert mistakes(client.get("/", LINE | fields)) == said


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"c1-product": "Windows 7 Enterprize"}, "c1-product"),
        ({"c1-product": "zzz"}, "c1-product"),
        ({"c1-avma": "2", "c1-virtual": "2"}, "c1-avma"),
        ({"n1-name": ""}, "n1-name"),
        ({"n2-name": "Branch", "n2-kms": "via1", "n1-kms": "via2"}, "n1-kms"),
        ({"n2-name": "Branch", "n2-kms": "via1", "n1-kms": "none"}, "n2-kms"),
        ({"n1-kms": "none", "n1-host": "windows-7"}, "n1-host"),
        ({"n2-name": "Branch", "n2-kms": "via1", "n2-host": "windows-7"}, "n2-host"),
        ({"n2-name": "Main"}, "n2-name"),
        ({"c1-product": "", "c1-count": "", "l1-product": "windows-7-enterprise", "l1-quantity": "3", "n2-name": "B"},
         "n2-name"),
        ({"day": "2026-02-30"}, "day"),
        ({"organisation": "\u202eosotnoC"}, "organisation"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_no_mistake_speaks_as_if_of_a_file(client: Client, fields: dict[str, str], field: str) -> None:
    found = mistakes(client.get("/", LINE | fields))
    assert field in found
    assert [words for words in found.values() if OF_FILES.search(words)] == []
