"""That the cases leave nothing out: every warning, every method, every key and every group."""

from __future__ import annotations

from typing import Any

import pytest

from activation.rules.plan import WARNINGS
from activation.shipped import shipped
from tests.rules.cases import FILES, cases_of

EXPECTATIONS = [case.expect for path in FILES for case in cases_of(path)]
METHODS = ("kms", "kms-host", "mak", "adba", "avma", "none", "unsupported")


def expected(name: str) -> list[Any]:
    """What the cases expect under a name."""
    return [expect[name] for expect in EXPECTATIONS if name in expect]


def codes(*names: str) -> set[str]:
    return {code.split(":")[0] for name in names for wanted in expected(name) for code in wanted}


@pytest.mark.parametrize("code", WARNINGS)
def test_each_warning_is_given_in_a_case_and_withheld_in_another(code: str) -> None:
    given = codes("warnings") | {
        code for wanted in expected("warning_params") for code, params in wanted.items() if params
    }
    withheld = codes("warnings_absent") | {
        code for wanted in expected("warning_params") for code, params in wanted.items() if not params
    }
    assert code in given
    assert code in withheld


@pytest.mark.parametrize("method", METHODS)
def test_each_method_is_expected_in_a_case(method: str) -> None:
    assert method in {name for wanted in expected("methods") for methods in wanted.values() for name in methods}


@pytest.mark.parametrize("key", shipped().kms_keys)
def test_each_kms_host_key_is_in_the_plan_of_a_case_with_all_that_it_activates(key: str) -> None:
    assert key in {name for kind in ("windows_keys", "office_keys") for keys in expected(kind) for name in keys}
    assert key in {name for wanted in expected("activates") for name in wanted}


@pytest.mark.parametrize("group", sorted({mak.group for mak in shipped().keys.values() if mak.type == "mak"}))
def test_the_mak_of_each_group_with_products_is_in_the_plan_of_a_case(group: str) -> None:
    with_products = {product.group for product in shipped().products.values()}
    assert group not in with_products or group in {name for wanted in expected("maks") for name in wanted}
