"""The ledger in words: what was read of a key, what the plan needs of it, and when it runs out."""

from __future__ import annotations

from datetime import date

from django.utils.dateformat import format as formatted

from activation.rules.catalogue import Catalogue
from planner.forecast import FARTHEST, LEAST, SPAN, Forecast
from planner.wording.names import count, key_in_words


def in_words(day: date) -> str:
    """`3 March 2027`."""
    return formatted(day, "j F Y")


def known_words(slug: str, reading: tuple[int, date] | None, held: int | None, catalogue: Catalogue) -> str:
    """The newest reading, beside what the key is for; without any, what the estate says."""
    if reading is None:
        return (
            "No reading yet."
            if held is None
            else f"No reading yet; the estate says {number_words(slug, held, catalogue)}."
        )
    used, on = reading
    said = f"{number_words(slug, used, catalogue)}, read on {in_words(on)}."
    times = catalogue.figure("R-HOSTS", "activations_per_host")
    return said if _is_mak(slug, catalogue) else f"{said} Each host can be activated up to {times} times."


def number_words(slug: str, used: int, catalogue: Catalogue) -> str:
    """`50 activations left`, `2 of 6 hosts used`."""
    if _is_mak(slug, catalogue):
        return f"{count(used, 'activation')} left"
    return f"{used:,} of {count(catalogue.figure('R-HOSTS', 'hosts'), 'host')} used"


def need_words(slug: str, needed: int, known: int, catalogue: Catalogue) -> str:
    """What the plan needs, "" for nothing. `known`: activations left of a MAK, or hosts that use a KMS host key."""
    if not needed:
        return ""
    if not _is_mak(slug, catalogue):
        return f"The plan puts it on {count(needed, 'host')}."
    if needed > known:
        return f"The plan needs {count(needed, 'activation')}: request {needed - known:,}."
    return f"The plan needs {needed:,} of them."


def ahead_words(slug: str, found: Forecast, today: date, catalogue: Catalogue) -> str:
    """The shortage ahead, "" where none is in sight."""
    key, is_mak = key_in_words(slug, catalogue), _is_mak(slug, catalogue)
    hosts = catalogue.figure("R-HOSTS", "hosts")
    if found.reason == "out":
        return "Nothing is left: request activations." if is_mak else f"All {hosts} hosts are used: request more."
    if found.out is None or found.since is None:
        return ""
    by = f"by {count(found.readings, 'reading')} since {in_words(found.since)}"
    if found.out < today:
        ended = f"{key} ran out" if is_mak else f"all {hosts} hosts of {key} were used"
        return f"At this pace {ended} about {in_words(found.out)}, {by}. Enter a reading of today."
    ends = f"{key} runs out" if is_mak else f"all {hosts} hosts of {key} are used"
    return f"At this pace {ends} about {in_words(found.out)}, {by}."


def silence_words(found: Forecast, readings: int) -> str:
    """Why no shortage is told, "" where one is. `readings`: how many there are in all."""
    takes = f"it takes {LEAST} readings over {SPAN.days} days"
    rose = " since the number last rose" if found.readings < readings else ""
    since = in_words(found.since) if found.since else ""
    return {
        "few": f"No forecast yet: {takes}, and there {'is' if found.readings == 1 else 'are'} {found.readings}{rose}.",
        "short": f"No forecast yet: {takes}, and these begin on {since}.",
        "level": f"No forecast: the number is the same since {since}.",
        "far": f"At this pace it lasts more than {FARTHEST // 365} years.",
    }.get(found.reason, "")


def differs_words(slug: str, held: int | None, catalogue: Catalogue) -> str:
    """How the estate differs from the newest reading; `held` is None where the key is not in the estate."""
    if held is None:
        return "The estate does not name this key, so the plan does not know of it."
    return f"The estate says {number_words(slug, held, catalogue)}, and the plan goes by the estate."


def chart_words(found: Forecast, points: list[tuple[date, int]]) -> str:
    """What the line shows, for those who do not see it."""
    (first, start), (last, end) = points[0], points[-1]
    drawn = f"From {start:,} on {in_words(first)} to {end:,} on {in_words(last)}, {count(len(points), 'reading')}."
    return drawn + (f" The dashed line goes on to {in_words(found.out)}." if found.out else "")


def _is_mak(slug: str, catalogue: Catalogue) -> bool:
    return catalogue.keys[slug].type == "mak"
