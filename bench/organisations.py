"""The list of computers of an organisation with 10,000 lines: how long its pages take, as a browser waits for them.

A process of its own, with Django in it: python -m bench.organisations LINES TIMES prints the milliseconds of each kind
of page, one line each.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.module_loading import import_string

import run
from bench.report import NotMeasuredError, Row
from bench.site import HOST, environment, set_up

LINES = 10_000
MOST = 200  #: milliseconds at the 95th percentile
PAGES = {
    "the first page": "",
    "the last page, by count": "?sort=-count&page=100",
    "a search over products and notes": "?q=windows+11+rooms",
    "a filter and a search": "?contact=rare&q=enterprise",
}


def long_lists(quick: bool, data: Path) -> Iterator[Row]:
    """Page after page of the list."""
    set_up(data)
    done = subprocess.run(
        [sys.executable, "-m", "bench.organisations", str(LINES), "20" if quick else "100"],
        cwd=run.ROOT,
        env=environment(data),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise NotMeasuredError(f"The lists could not be measured: {done.stderr.strip()[-500:]}")
    for what, line in zip(PAGES, done.stdout.splitlines(), strict=True):
        slow = quantiles(map(float, line.split()), n=20)[-1]
        yield Row(what, f"{slow:.0f} ms", f"<= {MOST} ms", slow <= MOST, "95th percentile, without the network")


def member(lines: int) -> Client:
    """A member, signed in, of an organisation with so many lines."""
    here = new_organisation()
    line, network = apps.get_model("planner", "ComputerLine"), apps.get_model("planner", "Network")
    products = list(import_string("activation.catalogue.current")().products)
    sites = [network(estate=here.estate(), name=f"Site {number}") for number in range(50)]
    with import_string("planner.recording.recorded")(here, "Filled") as act:
        act.add_all(sites)
        act.add_all(
            [
                line(
                    estate=here.estate(),
                    network=sites[number % len(sites)],
                    product=products[number % len(products)],
                    count=number % 97 + 1,
                    contact=("regular", "rare")[number % 2],
                    note=f"Rooms {number} and above",
                )
                for number in range(lines)
            ]
        )
    client = Client(SERVER_NAME=HOST)
    client.force_login(here.person)
    return client


def new_organisation() -> Any:
    """Contoso, and its owner at work."""
    owner = get_user_model().objects.create_user(uuid4().hex)
    contoso = import_string("planner.organisations.found")("Contoso", owner, uuid4().hex)
    return import_string("planner.access.here_of")(SimpleNamespace(user=owner, request_id=uuid4().hex), contoso.slug)


def milliseconds(client: Client, query: str, times: int) -> Iterator[float]:
    """How long the page takes, again and again."""
    address = client.get("/o/").headers["Location"] + "estate/computers/" + query
    for number in range(times + 1):
        start = perf_counter()
        status = client.get(address).status_code
        if status != 200:
            raise NotMeasuredError(f"{address} answered {status}.")
        if number:  # the first one reads the catalogue
            yield (perf_counter() - start) * 1000


def main(lines: str, times: str) -> None:
    django.setup()
    client = member(int(lines))
    for query in PAGES.values():
        print(*(f"{each:.1f}" for each in milliseconds(client, query, int(times))))


if __name__ == "__main__":
    main(*sys.argv[1:])
