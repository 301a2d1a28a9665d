"""The vectors that lie beside the checkout, when they do: `<folder of the checkout>/../shared/vectors/*.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from activation.catalogue import shipped
from activation.rules.interchange import EstateErrors, read_estate
from tests.rules.oracle.engine import TODAY, planned, wrong
from tests.rules.oracle.expectations import complaints

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "vectors"
VECTORS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
PLANS = {name: vector for name, vector in VECTORS.items() if "error_paths" not in vector["expect"]}
ERRORS = {name: vector for name, vector in VECTORS.items() if "error_paths" in vector["expect"]}

if PLANS:

    @pytest.mark.parametrize("vector", PLANS.values(), ids=PLANS.keys())
    def test_the_plan_of_a_vector_holds_what_is_expected(vector: dict[str, Any]) -> None:
        found = complaints(planned(vector["estate"]), vector["expect"], shipped())
        assert not found, "\n".join([vector["title"], *found, vector["why"]])

    @pytest.mark.parametrize("vector", PLANS.values(), ids=PLANS.keys())
    def test_the_plan_of_a_vector_stands_a_recount(vector: dict[str, Any]) -> None:
        found = wrong(vector["estate"])
        assert not found, "\n".join([vector["title"], *found])


if ERRORS:

    @pytest.mark.parametrize("vector", ERRORS.values(), ids=ERRORS.keys())
    def test_the_errors_of_a_vector_are_named(vector: dict[str, Any]) -> None:
        with pytest.raises(EstateErrors) as caught:
            read_estate(vector["estate"], shipped(), TODAY)
        paths = {error.path for error in caught.value.errors}
        missing = set(vector["expect"]["error_paths"]) - paths
        assert not missing, f"{vector['title']}: no error at {sorted(missing)}, but at {sorted(paths)}. {vector['why']}"
