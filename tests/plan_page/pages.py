"""Plan pages of the examples and of an odd estate, all by the shipped catalogue on one day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from activation.catalogue import shipped
from activation.rules.interchange import read_estate
from activation.rules.recommend import recommend
from planner.examples import examples
from planner.plan_page import PlanPage, plan_page

DAY = "2026-11-24"
NOT_COVERED = "\N{EN DASH}"
CATALOGUE = shipped()
EXAMPLES = {example.slug: example.estate for example in examples()}

#: Names in Japanese, more than a thousand computers, some left as they are, a key used on more hosts than it is for.
ODD = {
    "format": "estate/1",
    "networks": [{"name": "東京"}, {"name": "大阪", "kms_via": "東京"}, {"name": "Lab", "kms": False}],
    "computers": [
        {"network": "東京", "product": "windows-server-2016-standard", "count": 1200},
        {"network": "大阪", "product": "windows-server-2016-standard", "count": 60},
        {"network": "Lab", "product": "windows-10-enterprise", "count": 7, "activate": False},
        {"network": "Lab", "product": "windows-10-enterprise", "count": 2},
        {"network": "Lab", "product": "windows-server-2019-standard", "count": 1, "activate": False},
    ],
    "keys": [{"key": "kms-windows-server-2016", "hosts_used": 7}, {"key": "mak-windows-10", "remaining": 50}],
}


def page_of(estate: Mapping[str, Any]) -> PlanPage:
    return plan_page(recommend(read_estate(dict(estate), CATALOGUE, DAY), CATALOGUE), CATALOGUE)


def page_of_example(slug: str) -> PlanPage:
    return page_of(EXAMPLES[slug])
