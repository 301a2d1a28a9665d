"""The computers of an estate as CSV: what is read, and which errors a wrong text has."""

import pytest

from activation.catalogue import shipped
from activation.rules.estate import Estate, Line, Network
from activation.rules.interchange import EstateErrors, read_estate_csv

TODAY = "2026-11-24"
CATALOGUE = shipped()
SEVEN = "windows-7-enterprise"


def estate(text: str) -> Estate:
    return read_estate_csv(text, CATALOGUE, TODAY)


def errors(text: str) -> list[tuple[str, str]]:
    with pytest.raises(EstateErrors) as raised:
        estate(text)
    return [(error.path, error.message) for error in raised.value.errors]


def paths(text: str) -> list[str]:
    return [path for path, _ in errors(text)]


def test_every_column_is_read():
    read = estate(
        "network,product,count,virtual,contact,activate,domain_joined,avma\n"
        f"Head office,{SEVEN},40,5,rare,no,yes,0\n"
        "Branch,windows-server-2022-standard,6,3,regular,TRUE,0,2\n"
    )
    assert read == Estate(
        as_of=TODAY,
        networks=(Network("Head office"), Network("Branch")),
        lines=(
            Line("Head office", SEVEN, 40, 5, "rare", False, True, 0),
            Line("Branch", "windows-server-2022-standard", 6, 3, "regular", True, False, 2),
        ),
    )


def test_product_and_count_are_enough_and_stand_on_main():
    read = estate(f"count,product\n30,{SEVEN}\n")
    assert (read.networks, read.lines) == ((Network("Main"),), (Line("Main", SEVEN, 30),))


def test_an_empty_cell_is_the_default():
    read = estate(f"network,product,count,virtual,contact,activate,domain_joined,avma\n,{SEVEN},30,,,,,\n")
    assert read.lines == (Line("Main", SEVEN, 30),)


@pytest.mark.parametrize(
    "text",
    [
        "product;count\nWindows 7 Enterprise;30\n",
        "product\tcount\nWindows 7 Enterprise\t30",
        "product|count\nWindows 7 Enterprise|30\n",
        "sep=|\nproduct|count\nWindows 7 Enterprise|30\n",
        "sep=;\nproduct;count\nWindows 7 Enterprise;30\n",
        '"sep=\t"\r\nproduct\tcount\r\nWindows 7 Enterprise\t30\r\n',
        "\ufeffproduct,count\r\nWindows 7 Enterprise,30\r\n",
        "product,count\rWindows 7 Enterprise,30\r",
        '"Product" , "COUNT"\n'.replace(" , ", ",") + '"Windows 7 Enterprise","30"\n',
        "product,count\n\n ,\t\nWindows 7 Enterprise , 30 \n\n",
        "product,count,,\nWindows 7 Enterprise,30,,\n",
        "product,count\nWindows 7 Enterprise,30,,,\n",
        "#TYPE System.Management.Automation.PSCustomObject\nproduct,count\nWindows 7 Enterprise,30\n",
        "\n\nproduct,count\nWindows 7 Enterprise,030\n",
    ],
)
def test_what_spreadsheets_write_is_read(text: str):
    assert estate(text).lines == (Line("Main", SEVEN, 30),)


def test_networks_come_in_the_order_of_their_first_line():
    read = estate(f"network,product,count\nB,{SEVEN},1\nA,{SEVEN},2\n B ,{SEVEN},3\n")
    assert [network.name for network in read.networks] == ["B", "A"]
    assert [line.network for line in read.lines] == ["B", "A", "B"]


def test_a_line_without_network_belongs_to_the_only_one():
    read = estate(f"network,product,count\n,{SEVEN},1\nContoso,{SEVEN},2\n")
    assert [line.network for line in read.lines] == ["Contoso", "Contoso"]


def test_a_quoted_cell_may_hold_delimiters_and_quotes():
    read = estate(f'network,product,count\n"Contoso, ""west""",{SEVEN},30\n')
    assert read.networks[0].name == 'Contoso, "west"'


@pytest.mark.parametrize("written", ["true", "TRUE", "Yes", "1"])
def test_what_stands_for_true(written: str):
    assert estate(f"product,count,domain_joined\n{SEVEN},30,{written}\n").lines[0].domain_joined is True


@pytest.mark.parametrize("written", ["false", "FALSE", "No", "0"])
def test_what_stands_for_false(written: str):
    assert estate(f"product,count,activate\n{SEVEN},30,{written}\n").lines[0].activate is False


@pytest.mark.parametrize("written", ["WAHR", "FAUX", "oui", "nein", "x", "y", "01", "maybe"])
def test_other_words_for_true_and_false_are_not_guessed(written: str):
    said = f'Enter yes or no, true or false, 1 or 0, not "{written}".'
    assert errors(f"product,count,activate\n{SEVEN},30,{written}\n") == [("line 2, activate", said)]


def test_a_mark_that_separates_nothing_is_named_with_those_that_do():
    said = "Enter a comma, a semicolon, a tab or a vertical bar after sep=."
    assert errors(f"sep=#\nproduct#count\n{SEVEN}#30\n") == [("line 1", said)]


@pytest.mark.parametrize(
    "written",
    [
        "1e3",
        '"1,000"',
        "1.000",
        "1 000",
        "1_000",
        "+1",
        "1.0",
        "-1",
        "0",
        "0x10",
        "\u0663",
        "\uff13",
        "three",
        "9" * 5000,
    ],
)
def test_a_count_is_written_in_plain_digits(written: str):
    assert paths(f"product,count\n{SEVEN},{written}\n") == ["line 2, count"]


WRONG: dict[str, tuple[str, list[str]]] = {
    "nothing": ("", ["$"]),
    "blank lines": ("\n \n", ["$"]),
    "a header alone": ("product,count\n", ["$"]),
    "a header and blank lines": ("product,count\n,\n\n", ["$"]),
    "no count": (f"product\n{SEVEN}\n", ["line 1, count"]),
    "neither product nor count": ("network,virtual\nA,1\n", ["line 1, product", "line 1, count"]),
    "an unknown column": (f"product,count,colour\n{SEVEN},30,blue\n", ["line 1, colour"]),
    "a column twice": (f"product,count,count\n{SEVEN},30,40\n", ["line 1, count"]),
    "a column without name": (f"product,,count\n{SEVEN},x,30\n", ["line 1"]),
    "a delimiter that is none": (f"sep=#\nproduct#count\n{SEVEN}#30\n", ["line 1"]),
    "a short row": (f"product,count,virtual\n{SEVEN},30\n", ["line 2"]),
    "a long row": (f"product,count\n{SEVEN},30,5\n", ["line 2"]),
    "no product": ("product,count\n,30\n", ["line 2, product"]),
    "no count in a row": (f"product,count\n{SEVEN},\n", ["line 2, count"]),
    "a quote that stays open": (f'product,count\n{SEVEN},30\n"{SEVEN},30\n{SEVEN},30\n', ["line 3"]),
    "text after a quote": (f'product,count\n"{SEVEN}"x,30\n', ["line 2"]),
    "a NUL in a network": (f"network,product,count\nA\0,{SEVEN},30\n", ["line 2, network"]),
    "a NUL in a product": ("product,count\nwindows\0,30\n", ["line 2, product"]),
    "a line break in a network": (f'network,product,count\n"A\nB",{SEVEN},30\n', ["line 2, network"]),
    "half a letter": (f"network,product,count\n\ud800,{SEVEN},30\n", ["line 2, network"]),
    "a cell without end": (f"product,count\n{'x' * 131_073},30\n", ["line 2"]),
    "a million columns": ("product,count" + ",x" * 1_000_000 + "\n", ["line 1"]),
    "a million cells": (f"product,count\n{SEVEN},30" + ",x" * 1_000_000 + "\n", ["line 2"]),
    "a row of two networks without its own": (
        f"network,product,count\nA,{SEVEN},1\nB,{SEVEN},1\n,{SEVEN},1\n",
        ["line 4, network"],
    ),
    "virtual above count": (f"product,count,virtual\n{SEVEN},3,4\n", ["line 2, virtual"]),
    "avma on a client": (f"product,count,virtual,avma\n{SEVEN},3,3,1\n", ["line 2, avma"]),
    "an unknown flag": (f"product,count,activate\n{SEVEN},3,maybe\n", ["line 2, activate"]),
    "an unknown contact": (f"product,count,contact\n{SEVEN},3,sometimes\n", ["line 2, contact"]),
    "several lines, in their order": (
        f'sep=,\nproduct,count\n{SEVEN},x\n\n{SEVEN}\n"{SEVEN}","0"\n\n\n{SEVEN},30,1\n',
        ["line 3, count", "line 5", "line 6, count", "line 9"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_text_has_exactly_these_errors(text: str, expected: list[str]):
    assert paths(text) == expected


def test_a_line_break_inside_quotes_does_not_shift_the_line_numbers():
    text = f'product,count\n"Windows 7\r\nEnterprise",30\n{SEVEN},x\n'
    assert paths(text) == ["line 4, count"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("product,count\nx,y\n", 'There is no product "x".'),
        ("product,conut\nx,y\n", 'Did you mean "count"?'),
        (f'product,count\n{SEVEN},"1,000"\n', 'in digits only, not "1,000".'),
        (f'product,count\n"{SEVEN},30\n', "not closed"),
        (f"product,count\n{SEVEN}\n", "Enter 2 cells, as in the header, not 1."),
    ],
)
def test_a_message_says_what_would_be_right(text: str, said: str):
    assert any(said in message for _, message in errors(text))


def test_a_product_key_in_a_cell_or_a_header_never_comes_back():
    key = "ABCDE-12345-FGHIJ-67890-KLMNO"
    found = errors(f"product,count,network,{key}\n{key},{key},{key},1\n")
    assert "line 2, network" in [path for path, _ in found]
    assert not any("12345" in text for error in found for text in error)


def test_networks_whose_names_differ_in_capitals_are_two():
    text = f"network,product,count\nPlant,{SEVEN},40\nplant,{SEVEN},5\nPlant,{SEVEN},6\n"
    assert [network.name for network in estate(text).networks] == ["Plant", "plant"]
