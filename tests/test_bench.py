"""The benchmarks measure what they say: their estates, their table, what is compared with what. Nothing is timed."""

import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import pytest
from django.conf import settings
from django.test import Client, override_settings

import bench.__main__ as command
import run
from activation.catalogue import shipped
from activation.rules.estate import Estate
from activation.rules.recommend import recommend
from bench import settings as bench_settings
from bench import site
from bench.clock import growth, typical
from bench.engine import BRANCH
from bench.estates import all_groups, contested_estate, equal_estate, random_estate
from bench.fragment import changes
from bench.report import NotMeasuredError, Row, table
from bench.site import HOST, by_server
from bench.visit import Answer, decoded, loads
from planner import settings as site_settings
from planner.examples import examples

Make = Callable[..., Estate]
KINDS = pytest.mark.parametrize("make", [random_estate, equal_estate], ids=["random", "equal"])


def networks_without_names(estate: Estate) -> list[object]:
    """Each network with its lines, told by what it is and not by its name."""
    return [
        (
            replace(network, name=""),
            tuple(replace(line, network="") for line in estate.lines if line.network == network.name),
        )
        for network in estate.networks
    ]


@KINDS
def test_an_estate_has_a_line_of_each_of_30_groups_on_every_network(make: Make) -> None:
    catalogue = shipped()
    estate = make(4, all_groups(catalogue), catalogue, most=60)
    for network in estate.networks:
        on_it = [line for line in estate.lines if line.network == network.name]
        assert len({catalogue.products[line.product].group for line in on_it}) == len(on_it) == 30
    assert len({network.name for network in estate.networks}) == 4


def test_near_the_limit_some_key_has_all_its_hosts_and_some_of_its_sites_only_one_of_two() -> None:
    catalogue = shipped()
    plan = recommend(contested_estate(20, catalogue, seed=0), catalogue)
    full = {key.key for key in plan.kms_host_keys if key.planned >= key.limit == 6}
    hosts = {pool.hosts for pool in plan.pools if pool.key in full and pool.on_kms > 56}
    assert hosts == {1, 2}


@KINDS
def test_its_licences_make_20_keys_available_all_but_those_of_four_office_versions(make: Make) -> None:
    catalogue = shipped()
    estate = make(1, all_groups(catalogue), catalogue, most=60)
    held = {catalogue.products[licence.product].group for licence in estate.licences}
    available = {slug for slug, key in catalogue.kms_keys.items() if held.intersection(key.comes_with or [key.group])}
    assert len(available) == 20
    assert estate.keys == ()
    without = {"kms-office-2010", "kms-office-2013", "kms-office-2016", "kms-office-2019"}
    assert catalogue.kms_keys.keys() - available == without


@KINDS
def test_no_line_says_what_an_estate_could_not_hold(make: Make) -> None:
    catalogue = shipped()
    estate = make(30, all_groups(catalogue), catalogue, most=60)
    assert all(1 <= line.count <= 60 and 0 <= line.virtual <= line.count for line in estate.lines)
    assert all(system in catalogue.systems for network in estate.networks for system in network.kms_host_systems)


def test_random_networks_are_all_different_and_the_same_for_the_same_seed() -> None:
    catalogue = shipped()
    estate = random_estate(300, BRANCH, catalogue, most=60)
    assert len(set(networks_without_names(estate))) == 300
    assert random_estate(300, BRANCH, catalogue, most=60) == estate
    assert random_estate(300, BRANCH, catalogue, most=60, seed=2) != estate


def test_equal_networks_differ_in_nothing_but_their_names() -> None:
    catalogue = shipped()
    estate = equal_estate(20, all_groups(catalogue), catalogue, most=60)
    assert len(set(networks_without_names(estate))) == 1


@pytest.mark.parametrize("power", [0, 1, 2])
def test_growth_is_the_power_of_the_size(power: int) -> None:
    sizes = [10, 100, 1_000, 10_000]
    assert growth(sizes, [3.5 * size**power for size in sizes]) == pytest.approx(power)


def test_a_first_run_is_not_counted() -> None:
    calls: list[int] = []
    typical(lambda: calls.append(1), 5)
    assert len(calls) == 6


def test_the_table_has_a_line_for_each_figure_with_its_target() -> None:
    printed = table(
        [
            ("Things", [Row("fast", "0.1 s", "< 1 s", met=True), Row("of no target", "5")]),
            ("Others", [Row("a slow one", "10 s", "< 1 s", met=False, remark="why")]),
        ]
    )
    assert printed.splitlines() == [
        "                measured  target",
        "Things",
        "  fast          0.1 s     < 1 s   PASS",
        "  of no target  5",
        "Others",
        "  a slow one    10 s      < 1 s   MISS  why",
    ]


def test_the_command_prints_what_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--only", "examples", "--quick"]) == 0
    printed = capsys.readouterr().out
    assert [example.slug for example in examples() if f"  {example.slug} " in printed] == [
        *("datacenter-and-standard", "mixed-generations", "small-office"),
        *("branch-and-plant", "active-directory", "office-versions"),
    ]
    assert printed.count("< 5 ms") == 6


def test_a_missed_target_is_no_failure_but_a_figure_that_could_not_be_measured_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(quick: bool) -> Iterator[Row]:
        yield Row("slow", "9 s", "< 1 s", met=False)

    def broken(quick: bool) -> Iterator[Row]:
        yield Row("half", "1 s")
        raise NotMeasuredError("the site did not start")

    monkeypatch.setitem(command.ENGINE, "growth", slow)
    assert command.main(["--only", "growth"]) == 0
    assert "MISS" in capsys.readouterr().out
    monkeypatch.setitem(command.ENGINE, "examples", broken)
    assert command.main(["--only", "growth", "--only", "examples"]) == 1
    assert "Not measured: examples: the site did not start" in capsys.readouterr().out


def test_the_server_alone_is_started_as_run_py_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setattr(run, "check_address", lambda host, port: host)
    monkeypatch.setattr(run, "become", lambda *words: started.append([str(word) for word in words]))
    monkeypatch.chdir(run.ROOT)
    run.serve(["--host", HOST, "--port", "8123"])
    assert len(started) == 1
    assert started[0][1:] == by_server(8123)[1:]


def test_no_worker_outlives_a_server_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "PATIENCE", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); "
    worker = f"{deaf} time.sleep(60)"
    parent = f"import subprocess, sys; {deaf} subprocess.run([sys.executable, '-c', {worker!r}])"
    server = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, start_new_session=True)
    assert server.stdout is not None
    assert [server.stdout.readline() for _ in range(2)] == [b"deaf\n"] * 2
    site.stop(server)
    ended, _, _ = select.select([server.stdout], [], [], 10)  # at its end only when both have gone
    assert ended
    server.stdout.close()


def test_the_empty_view_goes_through_the_middleware_of_the_site_and_is_no_part_of_it() -> None:
    assert bench_settings.MIDDLEWARE == settings.MIDDLEWARE == site_settings.MIDDLEWARE
    with override_settings(ROOT_URLCONF=bench_settings.ROOT_URLCONF, TEMPLATES=bench_settings.TEMPLATES):
        answer = Client().get("/bench/empty/")
        assert answer.status_code == 200
        assert "Content-Security-Policy" in answer
    assert Client().get("/bench/empty/").status_code == 404


PAGE = """<link rel="stylesheet" href="/a.css"><link rel="canonical" href="/not"><link rel="icon" href="b.svg">
<script src="c.js"></script><script>"/not.js"</script><img src="/d.png"><a href="/not">x</a>"""
CSS = """@import "e.css"; a { background: url(../f.png) } b { src: url('data:x') } c { mask: url("#g") }"""
SCRIPT = """import { a } from "./g.js";\nimport "/h.js"; import("./i.js"); import b from "not-an-address";"""


def test_no_fragment_that_is_timed_was_asked_for_before() -> None:
    addresses = list(islice(changes({"c1-product": "windows-7-enterprise", "c1-count": "25"}), 110))
    assert addresses[0] == "/?c1-product=windows-7-enterprise&c1-count=25"
    assert addresses[1] == "/?c1-product=windows-7-enterprise&c1-count=26"
    assert len(set(addresses)) == 110


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text/html", PAGE, ["/a.css", "/in/b.svg", "/in/c.js", "/d.png"]),
        ("text/css", CSS, ["/in/e.css", "/f.png"]),
        ("text/javascript", SCRIPT, ["/in/g.js", "/h.js", "/in/i.js"]),
        ("image/svg+xml", PAGE, []),
    ],
)
def test_a_visit_follows_what_a_browser_loads(kind: str, text: str, expected: list[str]) -> None:
    assert loads(Answer("/in/here", 1, kind, text)) == expected


def test_an_answer_in_chunks_is_put_together() -> None:
    chunks = b"5\r\nhello\r\n1;note\r\n \r\n5\r\nworld\r\n0\r\n\r\n"
    assert decoded(chunks, {"transfer-encoding": "chunked"}) == "hello world"
