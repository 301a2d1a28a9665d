"""Names of networks: the formats compare them exactly, people are told of two that look alike."""

import pytest

from activation.catalogue import shipped
from activation.rules.interchange import read_estate
from activation.rules.routes import look_alikes

ALIKE = {
    "capitals": ("Plant", "PLANT"),
    "a composed and a split letter": ("Caf\u00e9", "Cafe\u0301"),
    "letters of full width": ("Plant", "\uff30lant"),
    "a character that nobody sees": ("Plant", "Pl\u200bant"),
    "a last dot and blanks": ("Plant 1", "Plant  1."),
}


@pytest.mark.parametrize(("first", "second"), ALIKE.values(), ids=ALIKE)
def test_a_name_that_looks_like_an_earlier_one_is_told(first: str, second: str) -> None:
    found = look_alikes(["Head office", first, second])
    assert list(found) == [2]
    assert found[2].startswith("This looks like the network ")


def test_the_same_name_and_names_that_differ_in_letters_or_marks_do_not_look_alike() -> None:
    assert look_alikes(["Plant", "Plant", "Plant 2", "Pl\u00e1nt", "P-lant"]) == {}


def test_a_document_may_have_networks_whose_names_look_alike() -> None:
    document = {
        "format": "estate/1",
        "networks": [{"name": "Plant"}, {"name": "PLANT"}],
        "computers": [{"network": "PLANT", "product": "windows-7-enterprise", "count": 40}],
    }
    estate = read_estate(document, shipped(), "2026-11-24")
    assert [network.name for network in estate.networks] == ["Plant", "PLANT"]
    assert [line.network for line in estate.lines] == ["PLANT"]
