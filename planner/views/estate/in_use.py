"""A network that others need is not removed without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from planner.lines import lines_on
from planner.models import Estate, Network
from planner.views.estate.place import Place
from planner.views.estate.rows import page_context
from planner.wording import count

MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Use:
    """What needs a network: so many lines and computers on it, and the networks that use its KMS hosts."""

    network: Network
    lines: int
    computers: int
    led_here: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{count(self.lines, 'line')} with {count(self.computers, 'computer')}" if self.lines else ""


def is_used(rows: Sequence[Any], estate: Estate, *, with_lines: bool = False) -> bool:
    """Whether the rows are networks that something else needs; `with_lines`: their lines go with them."""
    if not rows or not isinstance(rows[0], Network):
        return False
    return any(each.led_here or not with_lines for each in uses(rows, estate))


def uses(networks: Sequence[Network], estate: Estate) -> list[Use]:
    """What needs these networks, the networks among them aside."""
    chosen = {network.pk for network in networks}
    counts: dict[int, list[int]] = {pk: [] for pk in chosen}
    for line in lines_on(networks, estate):
        counts[line.network.pk].append(line.count)
    led: dict[int, list[str]] = {pk: [] for pk in chosen}
    for network in estate.networks.filter(kms_via__in=networks).exclude(pk__in=chosen):
        led[network.kms_via_id].append(network.name)
    found = [Use(each, len(counts[each.pk]), sum(counts[each.pk]), tuple(led[each.pk])) for each in networks]
    return [each for each in found if each.lines or each.led_here]


def in_use_page(request: HttpRequest, at: Place, networks: Sequence[Network]) -> HttpResponse:
    """Say what needs them; offer to remove them with their lines where no other network needs them."""
    found = uses(networks, at.estate)
    context = page_context(at) | {
        "uses": found[:MOST_TOLD],
        "more": len(found) - len(found[:MOST_TOLD]),
        "networks": networks,
        "led": [each for each in found if each.led_here],
        "lines": sum(each.lines for each in found),
    }
    if request.htmx:
        return render(request, "organisation/estate/_in_use_row.html", context)
    return render(request, "organisation/estate/in_use.html", context, status=409)
