"""Product keys that were typed in by mistake: cut however they are spelt, while words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activation.rules.interchange import EstateErrors, read_estate
from activation.rules.product_keys import key_in, without_keys
from activation.shipped import shipped

CATALOGUE = shipped()
SETUP_KEYS = sorted({product.gvlk for product in CATALOGUE.products.values() if product.gvlk})
KEY = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"
CUT = "(a product key, ...3V66T)"
LETTERS = "BCDFGHJKMNPQRTVWXY2346789"
SEPARATORS = (
    *("-", " ", "  ", "--", " - ", "/", " / ", ":", ".", "_", ",", ", ", ";", "|", "\t", "\n", "\r\n", "\u00a0"),
    *("\u2010", "\u2011", "\u2013", " \u2014 ", "\u2212", "\uff0d", "\u200b-\u200b", '", "'),
)
FULL_WIDTH = {ord(letter): ord(letter) + 0xFEE0 for letter in LETTERS + LETTERS.lower()}


def fully_wide(key: str) -> str:
    return key.translate(FULL_WIDTH)


def with_unseen(key: str) -> str:
    return "\u200b".join(key).replace("7", "7\u00ad").replace("9", "9\ufeff")


WRITTEN = {"capitals": str, "small": str.lower, "full width": fully_wide, "with unseen characters": with_unseen}


@pytest.mark.parametrize("writing", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("separator", ["", *SEPARATORS])
def test_every_public_setup_key_is_cut_in_every_spelling(separator: str, writing):
    assert len(SETUP_KEYS) > 100
    for key in SETUP_KEYS:
        assert without_keys(writing(key.replace("-", separator))) == f"(a product key, ...{key[-5:]})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"key{KEY}", f"key{CUT}"),
        (f"{KEY}end", f"{CUT}end"),
        (f"Contoso ({KEY}), Paris", f"Contoso ({CUT}), Paris"),
        (f"Paris Milan {KEY} Turin Delhi", f"Paris Milan {CUT} Turin Delhi"),
        (f"{KEY}, W269N-WFGWX-YVC9B-4J6C9-T83GX", f"{CUT}, (a product key, ...T83GX)"),
        ("VK7JGNPHTM-C97JM9MPGT-3V66T", CUT),
        ("keyVK7JGNPHTMC97JM9MPGT3V66T", "ke(a product key, ...3V66T)"),
        ("VK7JG-NPHTM-C97JM-9MPGT-3V6", "(a product key, ...GT3V6)"),
        ("VK7JG-NPHTM-C97JM-9MPGT", "(a product key, ...9MPGT)"),
    ],
)
def test_a_key_is_cut_out_of_what_stands_around_it(text: str, expected: str):
    assert without_keys(text) == expected


@pytest.mark.parametrize(
    "misread",
    [
        "ABCDE-12345-FGHIJ-67890-KLMNO",
        "abcde 12345 fghij 67890 klmno",
        "ABCDE12345FGHIJ67890KLMNO",
        "VK7JG/NPHTM/C97JM/9MPGT/3V6OL",
        "keyABCDE-12345-FGHIJ-67890-KLMNO",
        "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
    ],
)
def test_what_has_the_shape_of_a_key_is_cut_whatever_its_letters(misread: str):
    assert without_keys(misread).removeprefix("key") == f"(a product key, ...{misread[-5:].upper()})"


@pytest.mark.parametrize(
    "words",
    [
        "Paris Milan Turin Delhi Tokyo",
        "Paris, Milan, Turin, Delhi, Tokyo",
        "Paris Milan Turin Delhi Tokyo 10 Haupt",
        "Internationalheadquarters",
        "WindowsServer2022Standard",
        "windowsserver2022standard",
        "WindowsServer2008R2Datacenter",
        "Contoso-North-South-Plant-Store",
        "10115 20095 50667 60311 80331",
        "22222-33333-44444-66666-77777",
        "computers-under-rules-about-20120",
        "These hosts serve every plant under Paris",
        "Büro Köln, Gebäude 12345, Etage 67890, Räume",
        "d41d8cd98f00b204e9800998ecf8427e",
        "",
    ],
)
def test_words_and_numbers_stay(words: str):
    assert without_keys(words) == words
    assert key_in(words) is None


@pytest.mark.parametrize("separator", [" ", ",", "-", ""])
def test_no_name_or_slug_of_the_catalogue_is_taken_for_a_key(separator: str):
    kinds = (CATALOGUE.products, CATALOGUE.groups, CATALOGUE.keys, CATALOGUE.systems)
    for slug, name in ((slug, entry.name) for kind in kinds for slug, entry in kind.items()):
        for text in (slug, name, slug.replace("-", separator), name.replace(" ", separator)):
            assert without_keys(text) == text
    for kind in kinds:
        assert without_keys(",".join(kind)) == ",".join(kind)


def test_what_was_cut_is_not_cut_again_and_is_still_known_as_a_key():
    cut = without_keys(f"Paris {KEY} Milan Turin Delhi Tokyo")
    assert without_keys(cut) == cut == f"Paris {CUT} Milan Turin Delhi Tokyo"
    assert key_in(KEY) == key_in(cut) == "3V66T"


keys = st.text(LETTERS, min_size=25, max_size=25).filter(lambda key: any(letter.isalpha() for letter in key))
blocks = keys.map(lambda key: [key[i : i + 5] for i in range(0, 25, 5)])
around = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(blocks, st.sampled_from(["", *SEPARATORS]), st.sampled_from(list(WRITTEN.values())), around, around)
def test_of_a_key_in_any_text_no_more_than_its_last_block_is_left(key, separator, writing, before, after):
    left = without_keys(before + writing(separator.join(key)) + after)
    plain = "".join(letter for letter in left.upper() if letter.isalnum())
    whole = "".join(key)
    parts = {whole[i : i + 6] for i in range(15)}
    assert not any(part in plain for part in parts)


def errors(line: dict[str, object], **beside: object) -> list[tuple[str, str]]:
    """Path and message of each error of a small estate with these fields in its line and beside it."""
    lines = [{"product": "windows-7-enterprise", "count": 3} | line]
    with pytest.raises(EstateErrors) as raised:
        read_estate({"format": "estate/1", "computers": lines} | beside, CATALOGUE, "2026-11-24")
    return [(error.path, error.message) for error in raised.value.errors]


@pytest.mark.parametrize(
    "written",
    ["ABCDE-12345-FGHIJ-67890-KLMNO", "(a product key, ...KLMNO)", "Windows 7 abcde 12345 fghij 67890 klmno"],
)
def test_a_product_key_in_place_of_a_product_is_to_be_removed(written: str):
    said = "Remove the product key that ends in KLMNO: keys are never entered here."
    assert errors({"product": written}) == [("computers[0].product", said)]


@pytest.mark.parametrize(
    "key", ["ABCDE-12345-FGHIJ-67890-KLMNO", "abcde-12345-fghij-67890-klmno", "ABCDE 12345 FGHIJ 67890 KLMNO"]
)
def test_a_product_key_never_comes_back_in_a_message(key: str):
    found = errors(
        {"product": key, "contact": "x" * 40 + " " + key, key: 1},
        organisation=key,
        networks=[{"name": key}],
        keys=[{"key": key, "remaining": 1}],
    )
    assert {"organisation", "networks[0].name", "keys[0].key", "computers[0].product"} <= {path for path, _ in found}
    for text in (text for error in found for text in error):
        assert "12345" not in text
        assert "FGHIJ" not in text.upper()


def test_a_public_setup_key_is_refused_as_a_name_like_any_key():
    said = "Remove the product key that ends in T83GX: keys are never entered here."
    assert ("organisation", said) in errors({}, organisation="Contoso W269N-WFGWX-YVC9B-4J6C9-T83GX")
