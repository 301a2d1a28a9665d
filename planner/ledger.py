"""The account of each key: its readings, its line over time, what the plan needs, and the shortage ahead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from activation.catalogue import current
from activation.rules.catalogue import Catalogue
from activation.rules.plan import Plan
from planner.access import Here
from planner.chart import MOST, Chart, chart
from planner.estates import planned
from planner.forecast import Forecast, Point, forecast
from planner.models import Act, HeldKey, Reading
from planner.recording import ConflictError, recorded
from planner.wording import key_name
from planner.wording.ledger import (
    ahead_words,
    chart_words,
    differs_words,
    known_words,
    need_words,
    silence_words,
)

RECENT = 6  #: readings that stand below a key at once
LISTED = 24  #: with those that are folded away; all stand in the table of readings


class Figure(NamedTuple):
    """A reading as the page shows it: there are thousands, and a row of the table takes much longer to make."""

    pk: int
    on: date
    used: int
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """The readings as a line, and what it shows in words."""

    chart: Chart
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """One key that has readings, is held or is needed by the plan. `readings`: newest first.

    `ahead`: the shortage ahead in words, `out` its day. `differs`: how the estate, whose row is `held`, differs from
    the newest reading. All words are "" where there is nothing to say.
    """

    slug: str
    name: str
    is_mak: bool
    says: tuple[str, ...]
    ahead: str
    out: date | None
    differs: str
    readings: tuple[Figure, ...]
    line: Line | None
    held: HeldKey | None

    @property
    def newest(self) -> Figure | None:
        return self.readings[0] if self.readings else None

    @property
    def recent(self) -> tuple[Figure, ...]:
        return self.readings[:RECENT]

    @property
    def older(self) -> tuple[Figure, ...]:
        return self.readings[RECENT:LISTED]

    @property
    def unlisted(self) -> int:
        return max(0, len(self.readings) - LISTED)


def accounts(here: Here) -> list[Account]:
    """Those that run out first come first, the others in the order of the catalogue."""
    estate, catalogue = here.estate(), current()
    needs, held = needs_of(planned(estate).plan), {row.key: row for row in estate.keys.all()}
    readings: dict[str, list[Figure]] = {}
    for key, *figure in here.organisation.readings.order_by("-on", "-pk").values_list("key", *Figure._fields):
        readings.setdefault(key, []).append(Figure(*figure))
    named = {*needs, *held, *readings}
    found = [
        _account(slug, readings.get(slug, []), held.get(slug), needs[slug], catalogue)
        for slug in catalogue.keys
        if slug in named
    ]
    return sorted(found, key=lambda account: account.out or date.max)


def needs_of(plan: Plan | None) -> Counter[str]:
    """Key -> activations of a MAK or hosts of a KMS host key that the plan needs."""
    needs: Counter[str] = Counter()
    for mak in plan.maks if plan else ():
        needs[mak.key] += mak.activations
    for key in plan.kms_host_keys if plan else ():
        needs[key.key] += key.planned
    return needs


def take_into_estate(here: Here, reading: Reading, version: int) -> Act | None:
    """Let the estate say what the reading says, by which the plan is made. None when it says so already.

    `version`: that of the held key which was seen, 0 when there was none. Raises ConflictError when it is another one.
    """
    estate = here.estate()
    held = estate.keys.filter(key=reading.key).first()
    if held is not None and held.used == reading.used:
        return None
    if (held.version if held else 0) != version:
        raise ConflictError([held] if held else [])
    with recorded(here, f"Took {reading.used:,} of {key_name(reading.key, current())} into the estate"[:200]) as act:
        if held is None:
            act.add(HeldKey(estate=estate, key=reading.key, used=reading.used))
        else:
            act.change(held, {"used": reading.used}, version)
    return act.made


def _account(slug: str, readings: list[Figure], held: HeldKey | None, needed: int, catalogue: Catalogue) -> Account:
    newest = readings[0] if readings else None
    known = newest or held
    in_estate = held.used if held else None
    trend = forecast(_points(slug, readings, catalogue))
    says = (
        known_words(slug, (newest.used, newest.on) if newest else None, in_estate, catalogue),
        need_words(slug, needed, known.used if known else 0, catalogue),
        silence_words(trend, len(readings)) if readings else "",
    )
    differs = newest is not None and (held is None or held.used != newest.used)
    return Account(
        slug=slug,
        name=key_name(slug, catalogue),
        is_mak=catalogue.keys[slug].type == "mak",
        says=tuple(filter(None, says)),
        ahead=ahead_words(slug, trend, timezone.localdate(), catalogue),
        out=trend.out,
        differs=differs_words(slug, in_estate, catalogue) if differs else "",
        readings=tuple(readings),
        line=_line(slug, readings, trend, catalogue),
        held=held,
    )


def _points(slug: str, readings: list[Figure], catalogue: Catalogue) -> list[Point]:
    """What was left each day: of a MAK its activations, of a KMS host key the hosts that may still use it."""
    hosts, is_mak = catalogue.figure("R-HOSTS", "hosts"), catalogue.keys[slug].type == "mak"
    return [Point(each.on, each.used if is_mak else max(0, hosts - each.used)) for each in reversed(readings)]


def _line(slug: str, readings: list[Figure], trend: Forecast, catalogue: Catalogue) -> Line | None:
    points = [(each.on, each.used) for each in reversed(readings[:MOST])]
    limit = None if catalogue.keys[slug].type == "mak" else catalogue.figure("R-HOSTS", "hosts")
    drawn = chart(points, (trend.out, limit or 0) if trend.out else None, limit)
    return Line(drawn, chart_words(trend, points)) if drawn else None
