"""The time of `recommend`: an estate of many networks, its growth over networks, and the quick planner's examples."""

from __future__ import annotations

from collections.abc import Iterator

from activation.rules.catalogue import Catalogue
from activation.rules.estate import Estate
from activation.rules.interchange import read_estate
from activation.rules.inventory import Inventory
from activation.rules.recommend import recommend
from activation.shipped import shipped
from bench.clock import Time, growth, once, typical
from bench.estates import DAY, all_groups, contested_estate, equal_estate, random_estate
from bench.report import NotMeasuredError, Row
from planner.examples import examples

NETWORKS = 300
AVAILABLE_KEYS = 20
MOST_SECONDS = 0.5
#: Not bounded by anything in the search: what the hardest of ordinary estates take, with room.
MOST_SECONDS_CONTESTED = 2
CONTESTED_SITES = (20, 60)
MOST_EXAMPLE_SECONDS = 0.005
SIZES = (10, 100, 1_000, 10_000)
#: Slopes of linear work come out up to this much above 1 by noise alone.
NOISE = 0.1
#: The groups of a network where growth is measured.
BRANCH = (
    *("windows-7", "windows-10", "windows-11", "windows-server-2008-b", "windows-server-2008-r2-b"),
    *("windows-server-2016", "windows-server-2019", "windows-server-2022", "office-2021", "office-2024"),
)


def large_estates(quick: bool) -> Iterator[Row]:
    """300 networks x 30 groups with 20 available keys, in the kinds that are not equally hard."""
    catalogue = shipped()
    groups = all_groups(catalogue)
    for kind, estate in (
        ("random networks, 1 to 60 computers a line", random_estate(NETWORKS, groups, catalogue, most=60)),
        ("random networks, 1 to 8 a line, near the thresholds", random_estate(NETWORKS, groups, catalogue, most=8)),
        ("equal networks", equal_estate(NETWORKS, groups, catalogue, most=60)),
    ):
        check_size(estate, catalogue)
        time = typical(lambda estate=estate: recommend(estate, catalogue), 2 if quick else 5)
        yield Row(
            kind,
            in_seconds(time),
            f"< {MOST_SECONDS} s",
            time.wall < MOST_SECONDS,
        )


def check_size(estate: Estate, catalogue: Catalogue) -> None:
    """Measure nothing else than what the row says, whatever the catalogue comes to hold."""
    keys = len(Inventory(estate, catalogue).available)
    if (len(estate.networks), len(estate.lines), keys) != (NETWORKS, NETWORKS * 30, AVAILABLE_KEYS):
        raise NotMeasuredError(f"The estate has {len(estate.lines)} lines and {keys} available keys.")


def near_six_hosts(quick: bool) -> Iterator[Row]:
    """The slowest of some estates in which which pool gets a key's last host decides about others."""
    catalogue = shipped()
    for number in CONTESTED_SITES:
        estates = [contested_estate(number, catalogue, seed=seed) for seed in range(4 if quick else 20)]
        slowest = max((time_at_the_limit(estate, catalogue) for estate in estates), key=lambda time: time.wall)
        yield Row(
            f"{number} sites, the slowest of {len(estates)} estates",
            in_seconds(slowest),
            f"< {MOST_SECONDS_CONTESTED} s",
            slowest.wall < MOST_SECONDS_CONTESTED,
            "estates sought out to be hard take longer",
        )


def time_at_the_limit(estate: Estate, catalogue: Catalogue) -> Time:
    """Measure nothing else than what the row says: some key has all the hosts that it may have."""
    keys = recommend(estate, catalogue).kms_host_keys
    if not any(key.planned >= key.limit for key in keys):
        raise NotMeasuredError("No key of the estate is at its limit of hosts.")
    return once(lambda: recommend(estate, catalogue))


def growth_over_networks(quick: bool) -> Iterator[Row]:
    """Different networks with ten lines each, of 1 to 60 computers."""
    catalogue, sizes = shipped(), SIZES[:-1] if quick else SIZES
    times = [time_of_networks(number, catalogue) for number in sizes]
    first = times[0].cpu / sizes[0]
    for number, time in zip(sizes, times, strict=True):
        each = time.cpu / number
        yield Row(
            f"{number:,} networks",
            f"{each * 1000:.2f} ms cpu a network",
            remark=f"{each / first:.2f} times that of {sizes[0]}; {in_seconds(time)}",
        )
    slope = growth(sizes, [time.cpu for time in times])
    yield Row("slope on logarithmic scales", f"{slope:.2f}", "<= 1 + noise", slope <= 1 + NOISE)


def time_of_networks(number: int, catalogue: Catalogue) -> Time:
    """Many runs of small estates, one of the largest, whose noise is small."""
    estate = random_estate(number, BRANCH, catalogue, most=60)
    runs = min(15, 3_000 // number)
    if not runs:
        return once(lambda: recommend(estate, catalogue))
    return typical(lambda: recommend(estate, catalogue), runs)


def the_examples(quick: bool) -> Iterator[Row]:
    """The quick planner's examples."""
    catalogue = shipped()
    for example in examples():
        estate = read_estate(example.estate, catalogue, DAY)
        time = typical(lambda estate=estate: recommend(estate, catalogue), 10 if quick else 50)
        yield Row(
            example.slug,
            f"{time.cpu * 1000:.2f} ms cpu, {time.wall * 1000:.2f} ms wall",
            f"< {MOST_EXAMPLE_SECONDS * 1000:.0f} ms",
            time.wall < MOST_EXAMPLE_SECONDS,
        )


def in_seconds(time: Time) -> str:
    """Both times in words."""
    return f"{time.cpu:.2f} s cpu, {time.wall:.2f} s wall"
