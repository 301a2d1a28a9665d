"""How long the lists of the catalogue's admin take with 5,000 products, and how many queries.

A process of its own, with Django in it: python -m bench.lists RUNS prints a line `MILLISECONDS QUERIES LIST` for each.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import django
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.report import NotMeasuredError, Row
from bench.site import HOST, lines_of, set_up

PRODUCTS = 5_000
MOST_TIME = 200.0  # milliseconds
MOST_QUERIES = 12
SEARCH = "windows"


def with_many_products(quick: bool, data: Path) -> Iterator[Row]:
    """The slowest page of each list: as it opens, and searched. In a data folder of its own, for it is filled."""
    folder = data / "lists"
    folder.mkdir()
    set_up(folder)
    lines = lines_of("bench.lists", folder, "3" if quick else "15")
    for line in lines:
        taken, queries, name = line.split(maxsplit=2)
        met = float(taken) <= MOST_TIME and int(queries) <= MOST_QUERIES
        yield Row(name, f"{taken} ms, {queries} queries", f"<= {MOST_TIME:.0f} ms, {MOST_QUERIES} queries", met)


def measured(client: Client, address: str, runs: int) -> tuple[float, int]:
    """The median time in milliseconds after one run that does not count, and the queries of a run."""
    times = []
    for _ in range(1 + runs):
        begun = perf_counter()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        times.append((perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise NotMeasuredError(f"{address} answered {answer.status_code}.")
    return median(times[1:]), len(captured)


def main(runs: int) -> None:
    django.setup()
    fill(apps.get_model("activation", "Product"), apps.get_model("activation", "ProductGroup"))
    client = Client(SERVER_NAME=HOST)
    client.force_login(get_user_model().objects.create(username="alice", is_staff=True, is_superuser=True))
    for model in filter(admin.site.is_registered, apps.get_app_config("activation").get_models()):
        address = reverse(f"admin:activation_{model._meta.model_name}_changelist")
        found = [measured(client, f"{address}{query}", runs) for query in ("", f"?q={SEARCH}")]
        print(f"{max(time for time, _ in found):.0f} {max(n for _, n in found)} {model._meta.verbose_name_plural}")


def fill(products: Any, groups: Any) -> None:
    """Make the products up to 5,000, in the product group of Windows 7."""
    group = groups.objects.get(slug="windows-7")
    products.objects.bulk_create(
        products(slug=f"contoso-{number}", name=f"Contoso edition {number}", family=group.family, group=group)
        for number in range(PRODUCTS - products.objects.count())
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
