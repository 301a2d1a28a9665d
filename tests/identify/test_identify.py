"""What an inventory says is recognised, asked about or told to be in no plan: a table typed by hand, and properties."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from activation.identify import REASONS, Recogniser, Seen
from activation.identify.data import FOLDER
from activation.rules.catalogue import Marks, Product
from activation.shipped import shipped
from planner.wording import identity_words
from planner.wording.identities import TEMPLATES

TABLE = Path(__file__).parent / "table.txt"
RECOGNISER = Recogniser(shipped())


def rows() -> Iterator[tuple[str, str]]:
    source = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            source = line[2:]
        elif not line.startswith("#"):
            assert source, f"{line}: without a source"
            what, answer = line.split("=>")
            yield what, answer


ROWS = list(rows())
NAMED = [(Seen(*what.split("|")), answer) for what, answer in ROWS]


@pytest.mark.parametrize(("what", "answer"), ROWS)
def test_a_string_of_an_inventory_is_recognised(what: str, answer: str) -> None:
    found = RECOGNISER.identify(Seen(*what.split("|")))
    kind, *rest = answer.split()
    if kind == "?":
        assert (found.outcome, found.product) == ("ambiguous", None)
        assert sorted(found.candidates) == sorted(rest) if rest != ["..."] else len(found.candidates) > 3
    elif kind == "-":
        assert (found.outcome, found.reason.code, found.product) == ("outside", *rest, *[None] * (2 - len(rest)))
    elif kind == "unknown":
        assert found.outcome == "unknown"
    else:
        assert (found.outcome, found.product) == ("product", kind), found
        assert found.sure
    assert tuple(found.reason.params) == REASONS[found.reason.code]


@pytest.mark.parametrize("slug", sorted(shipped().products))
def test_every_product_is_found_by_its_own_name(slug: str) -> None:
    found = RECOGNISER.identify(Seen(shipped().products[slug].name))
    assert slug in (found.product, *found.candidates)


def test_the_table_holds_three_hundred_different_rows() -> None:
    assert len(set(ROWS)) == len(ROWS) >= 300


@given(
    st.sampled_from([seen for seen, _ in NAMED if seen.name]),
    st.sampled_from(["", "Microsoft ", "Microsoft® ", "microsoftr ", " Microsoft(R) ", "MICROSOFT  "]),
    st.sampled_from([str.upper, str.lower, str.title, str]),
    st.sampled_from(["", " ", "\t", "®", "™ ", "\u00a0", "\u200b", "(TM)"]),
)
@example(Seen("Microsoft Office LTSC Professional Plus 2021 - de-de"), "", str, "®")
def test_signs_blanks_case_and_the_maker_never_change_the_answer(seen, maker, case, sign) -> None:
    plain = RECOGNISER.identify(seen)
    name = seen.name.removeprefix("Microsoft ") if maker else seen.name
    dressed = Seen(maker + case(name) + sign, seen.version, seen.product_type, seen.sku, seen.product_id)
    answer = RECOGNISER.identify(dressed)
    assert (answer.outcome, answer.product, answer.candidates) == (plain.outcome, plain.product, plain.candidates)


@given(st.builds(Seen, *[st.text(max_size=300)] * 5))
def test_no_text_at_all_is_too_strange_for_an_answer(seen: Seen) -> None:
    answer = RECOGNISER.identify(seen)
    assert (answer.product is None) == (answer.sure == "")
    assert all(slug in shipped().products for slug in answer.candidates)


@pytest.mark.parametrize(
    ("seen", "sure"),
    [
        (Seen("Windows 10 Pro", "10.0 (19045)"), "certain"),
        (Seen("Windows 10 Pro", "10.0.19045", "1", "48"), "certain"),
        (Seen("Windows 10 Pro", "10.0.19045", "1", "101"), "likely"),
        (Seen("Windows 10 Pro", "10.0 (99999)"), "likely"),
        (Seen("Windows Server Standard 2022"), "likely"),
        (Seen("Microsoft Windows 10 Entreprise"), "likely"),
        (Seen("Windows", "10.0.19045", "", "Enterprise"), "likely"),
        (Seen("Windows 10 Enterprise LTSC"), ""),
    ],
)
def test_an_answer_says_how_sure_it_is(seen: Seen, sure: str) -> None:
    assert RECOGNISER.identify(seen).sure == sure


def test_every_reason_has_words_and_each_says_all_its_params() -> None:
    assert list(TEMPLATES) == list(REASONS)
    for code, template in TEMPLATES.items():
        assert {name for _, name, _, _ in Formatter().parse(template) if name} == set(REASONS[code])


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (
            Seen("Windows Server 2019 Standard", "10.0 (17763)"),
            "The name and the version 10.0 (17763) are those of Windows Server 2019 Standard.",
        ),
        (
            Seen("Windows 10 Enterprise LTSC"),
            '"Windows 10 Enterprise LTSC" is the name of more than one product, and no build tells them apart: '
            "Windows 10 Enterprise LTSC 2019 or Windows 10 Enterprise LTSC 2021. Choose which.",
        ),
        (Seen("Windows 10"), '"Windows 10" can be more than one product: 20 products. Choose which.'),
        (Seen("Ubuntu 20.04.4 LTS"), '"Ubuntu 20.04.4 LTS" is Linux, not Windows or Office.'),
        (Seen("Microsoft Windows 7 Ultimate "), "Windows 7 Ultimate has no volume activation."),
        (
            Seen("Windows 10 Pro", "10.0 (19045)", "3"),
            '"Windows 10 Pro" stands at computers that say they are servers: Windows 10 Pro. Choose which.',
        ),
        (
            Seen("", "10.0.17763", "3", "7"),
            "Edition number 7 and version 10.0 (17763) are those of Windows Server 2019 Standard.",
        ),
    ],
)
def test_an_answer_says_why(seen: Seen, words: str) -> None:
    assert identity_words(RECOGNISER.identify(seen), shipped()) == words


def test_a_product_of_the_tables_is_recognised_by_what_its_row_says() -> None:
    catalogue = shipped()
    marks = Marks(names=("Microsoft Contoso Windows",), os_version="10.0", builds=(31000,), skus=(999,))
    added = Product("contoso-windows", "Contoso Windows 2030", "windows-11", "client", marks=marks)
    recogniser = Recogniser(replace(catalogue, products={**catalogue.products, added.slug: added}))
    assert recogniser.identify(Seen("contoso® windows ")).product == "contoso-windows"
    assert recogniser.identify(Seen("", "10.0.31000", "1", "999")).product == "contoso-windows"


def test_products_are_found_by_the_words_of_their_names() -> None:
    found = [product.slug for product in RECOGNISER.search("server 2019")]
    assert found == ["windows-server-2019-standard", "windows-server-2019-datacenter", "windows-server-2019-essentials"]
    assert RECOGNISER.search("contoso") == ()


def test_every_entry_of_the_data_files_names_its_source_and_kind() -> None:
    words, outside = (tomllib.loads((FOLDER / name).read_text("utf-8")) for name in ("words.toml", "outside.toml"))
    rows = [*words["language"], *outside["outside"], *outside["build"], outside["skus"]]
    assert all(row["source"].strip() for row in rows)
    assert {row["reason"] for row in outside["outside"]} <= set(REASONS)
    listed = {build for product in shipped().products.values() for build in product.marks.builds}
    kernels = {product.marks.os_version for product in shipped().products.values()}
    assert {row["os_version"] for row in outside["build"]} <= kernels
    assert not listed & {row["build"] for row in outside["build"]} - {6003}
