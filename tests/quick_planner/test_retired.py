"""What the form offers, and what it offers no longer."""

from dataclasses import replace

import pytest
from django.test import Client

from activation.catalogue import shipped
from activation.rules.catalogue import Catalogue
from planner.forms.estate import EstateForm
from planner.suggestions import suggestions


@pytest.fixture
def with_retired() -> Catalogue:
    """The shipped catalogue with a product, a KMS host key and a MAK retired."""
    catalogue = shipped()
    product = replace(catalogue.products["windows-7-enterprise"], retired=True)
    keys = {slug: replace(catalogue.keys[slug], retired=True) for slug in ("kms-windows-7", "mak-windows-7")}
    return replace(
        catalogue,
        products={**catalogue.products, "windows-7-enterprise": product},
        keys={**catalogue.keys, **keys},
    )


def offered_keys(catalogue: Catalogue, typed: dict[str, str]) -> dict[str, list[str]]:
    return {title: [slug for slug, _ in pairs] for title, pairs in EstateForm(typed, catalogue).choices.keys}


def test_a_retired_product_is_not_suggested(with_retired: Catalogue) -> None:
    before = [product.name for product in suggestions(shipped(), "2026-11-24")]
    after = [product.name for product in suggestions(with_retired, "2026-11-24")]
    assert "Windows 7 Enterprise" in before
    assert after == [name for name in before if name != "Windows 7 Enterprise"]


def test_a_retired_product_that_was_typed_is_still_shown_by_its_name(with_retired: Catalogue) -> None:
    form = EstateForm({"c1-product": "windows-7-enterprise", "c1-count": "3"}, with_retired)
    assert form.lines[0].text("product") == "Windows 7 Enterprise"


def test_retired_keys_are_not_offered(with_retired: Catalogue) -> None:
    before, after = offered_keys(shipped(), {}), offered_keys(with_retired, {})
    assert list(before) == list(after) == ["KMS host keys", "MAKs"]
    assert set(before["KMS host keys"]) - set(after["KMS host keys"]) == {"kms-windows-7"}
    assert set(before["MAKs"]) - set(after["MAKs"]) == {"mak-windows-7"}


def test_a_retired_key_that_was_chosen_stays_in_its_list_and_is_no_mistake(with_retired: Catalogue) -> None:
    typed = {"k1-key": "kms-windows-7", "k1-used": "1"}
    assert "kms-windows-7" in offered_keys(with_retired, typed)["KMS host keys"]
    assert "mak-windows-7" not in offered_keys(with_retired, typed)["MAKs"]
    assert not EstateForm(typed, with_retired).is_outside()


@pytest.mark.django_db
def test_the_page_suggests_every_product_once_with_its_group_and_support(client: Client) -> None:
    html = client.get("/").content.decode()
    assert html.count('<option value="Windows 7 Enterprise" data-about="Windows 7, support ended 2020-01-14">') == 1
