"""What is retired is offered to nobody new, and goes on working where it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activation import catalogue
from activation.models import Key, Product, ProductGroup
from activation.recording import recorded
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend

pytestmark = pytest.mark.django_db


def retire(model, slug):
    with recorded("admin", message="No longer sold"):
        row = model.objects.get(slug=slug)
        row.retired = True
        row.save()
    return catalogue.current()


def plan(known, *keys_in_hand):
    """The plan for 40 licences of Windows 7, read from a document."""
    document = {"format": "estate/1", "licences": [{"product": "windows-7-enterprise", "quantity": 40}]}
    if keys_in_hand:
        document["keys"] = [{"key": key, "hosts_used": 0} for key in keys_in_hand]
    return recommend(read_estate(document, known, "2026-11-24"), known)


def keys_of(plan):
    return {key.key for key in plan.kms_host_keys}


def test_a_retired_product_is_not_offered():
    known = retire(Product, "windows-7-enterprise")
    offered = {product.slug for product in known.offered_products}
    assert known.products.keys() - offered == {"windows-7-enterprise"}


def test_an_estate_that_names_a_retired_product_is_read_and_planned_as_before():
    before = plan(catalogue.current())
    after = plan(retire(Product, "windows-7-enterprise"))
    assert sum(line.count for line in after.computers) == 40
    assert replace(after, digest=before.digest) == before


def test_a_retired_key_is_not_offered_and_not_available_by_a_licence():
    assert keys_of(plan(catalogue.current())) == {"kms-windows-7"}
    known = retire(Key, "kms-windows-7")
    assert "kms-windows-7" not in {key.slug for key in known.offered_keys}
    assert keys_of(plan(known)) == set()


def test_a_retired_key_in_hand_is_planned_with():
    known = retire(Key, "kms-windows-7")
    assert keys_of(plan(known, "kms-windows-7")) == {"kms-windows-7"}


def test_a_retired_key_is_not_named_as_one_that_would_do():
    def would_do(known):
        return {key for w in plan(known).warnings if w.code == "not-covered" for key in w.params["keys"]}

    known = retire(Key, "kms-windows-7")
    assert would_do(known)
    assert "kms-windows-7" not in would_do(known)


def test_a_group_takes_its_products_and_keys_with_it():
    known = retire(ProductGroup, "windows-7")
    assert {product.group for product in known.products.values() if product.retired} == {"windows-7"}
    assert {key.slug for key in known.keys.values() if key.retired} == {"kms-windows-7", "mak-windows-7"}


def test_computers_of_a_retired_group_still_fall_back_on_its_mak():
    known = retire(ProductGroup, "windows-7")
    assert [mak.key for mak in plan(known).maks] == ["mak-windows-7"]


def test_retiring_is_in_the_history_and_in_the_digest():
    before = catalogue.current().digest
    assert retire(Product, "windows-7-enterprise").digest != before
