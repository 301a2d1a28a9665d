"""What is offered for a word that names nothing."""

from collections.abc import Sequence

import pytest

from activation.rules import suggesting
from activation.rules.interchange import EstateErrors, read_estate
from activation.rules.suggesting import Names, Suggestions
from activation.shipped import shipped

CATALOGUE = shipped()
PRODUCTS = Names(product.name for product in CATALOGUE.products.values())


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Windows 7", ["Windows 7 Enterprise", "Windows 7 Professional", "Windows 7 Ultimate"]),
        (
            "windows-server-2022",
            [
                "Windows Server 2022 Datacenter",
                "Windows Server 2022 Standard",
                "Windows Server 2022 Datacenter: Azure Edition",
            ],
        ),
        (
            "Windows Server 2008 R2",
            [
                "Windows Server 2008 R2 Datacenter",
                "Windows Server 2008 R2 Enterprise",
                "Windows Server 2008 R2 Standard",
            ],
        ),
        ("Office 2019", ["Office Standard 2019", "Office Professional Plus 2019"]),
        ("Win 7 Pro", ["Windows 7 Professional", "Windows 7 Professional E", "Windows 7 Professional N"]),
        ("8.1 enterprise", ["Windows 8.1 Enterprise", "Windows 8.1 Enterprise N"]),
        ("Enterprise 7 N", ["Windows 7 Enterprise N"]),
    ],
)
def test_names_that_hold_all_the_words_are_offered_those_of_the_fewest_words_first(typed: str, offered: list[str]):
    assert Suggestions().near(typed, PRODUCTS) == offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Windows 7 Enterprize", ["Windows 7 Enterprise"]),
        ("windows-server-2008-r2-standart", ["Windows Server 2008 R2 Standard"]),
        ("Widnows Server 2022 Standard", ["Windows Server 2022 Standard"]),
        ("Windows 9 Enterprise", []),
        ("Windows Server 2020 Standard", []),
        ("Windows 77 Enterprise", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_slip_of_the_pen_is_known_but_another_number_is_none(typed: str, offered: list[str]):
    assert Suggestions().near(typed, PRODUCTS) == offered


def test_a_message_offers_the_products_own_name_not_the_folded_one():
    line = {"product": "windows 7 enterprize", "count": 3}
    with pytest.raises(EstateErrors) as raised:
        read_estate({"format": "estate/1", "computers": [line]}, CATALOGUE, "2026-11-24")
    assert [error.message for error in raised.value.errors] == [
        'There is no product "windows 7 enterprize". Did you mean "Windows 7 Enterprise"?'
    ]


def test_a_hundred_wrong_names_among_ten_thousand_networks_cost_a_bounded_number_of_comparisons(
    monkeypatch: pytest.MonkeyPatch,
):
    pairs = 0
    matches = suggesting.get_close_matches

    def counted(word: str, possibilities: Sequence[str], **options: float) -> list[str]:
        nonlocal pairs
        pairs += len(word) * sum(map(len, possibilities))
        return matches(word, possibilities, **options)

    monkeypatch.setattr(suggesting, "get_close_matches", counted)
    letters = "abcdefghij"
    names = [f"Contoso {a}{b}{c}{d} office" for a in letters for b in letters for c in letters for d in letters]
    lines = [{"network": f"Kontoso {a}{b}ab office", "product": "x", "count": 1} for a in letters for b in letters]
    for networks in (names, names[:500]):
        document = {"format": "estate/1", "networks": [{"name": name} for name in networks], "computers": lines}
        with pytest.raises(EstateErrors) as raised:
            read_estate(document, CATALOGUE, "2026-11-24")
        assert len(raised.value.errors) == 200
    assert 0 < pairs <= 2_000_000


def test_names_of_many_words_are_searched_only_while_the_document_has_time_left(monkeypatch: pytest.MonkeyPatch):
    searched = []
    search = Names.holding_all_words
    monkeypatch.setattr(Names, "holding_all_words", lambda names, plain: searched.append(plain) or search(names, plain))
    names = Names(f"{'abcdefgh'[i % 8]}{i:x} office" for i in range(50_000))
    suggestions = Suggestions()
    for number in range(100):
        suggestions.near(f"of fi ce {number}", names)
    assert len(searched) == 4  # each compares 4 x 50,001 words, and a million is the most


def test_after_a_hundred_words_of_a_document_nothing_is_looked_for():
    suggestions = Suggestions()
    names = Names(["Branch"])
    assert suggestions.near("Brunch", names) == ["Branch"]
    for number in range(99):
        suggestions.near(f"x{number}", names)
    assert suggestions.near("Branchh", names) == []
    assert suggestions.near("Brunch", names) == ["Branch"]


def test_a_long_text_is_compared_with_nothing():
    assert Suggestions().near("Branch " * 10, Names(["Branch " * 10])) == []
