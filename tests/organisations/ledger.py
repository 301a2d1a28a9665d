"""Where the ledger is, and readings kept past its pages."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from planner.access import Here
from planner.models import HeldKey, Reading
from planner.recording import recorded

LEDGER = "/o/contoso/ledger/"
READINGS = f"{LEDGER}readings/"
MAK, KMS = "mak-windows-7", "kms-windows-7"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def read(here: Here, key: str, *pairs: tuple[int, int]) -> list[Reading]:
    """Keep readings: pairs of days from today and the number read."""
    rows = [Reading(organisation=here.organisation, key=key, on=in_days(day), used=used) for day, used in pairs]
    with recorded(here, "Added readings") as act:
        for row in rows:
            act.add(row)
    return rows


def hold(here: Here, key: str, used: int) -> HeldKey:
    row = HeldKey(estate=here.estate(), key=key, used=used)
    with recorded(here, "Added a key") as act:
        act.add(row)
    return row


def kept(here: Here) -> list[tuple[str, date, int, str]]:
    return list(here.organisation.readings.order_by("on", "key").values_list("key", "on", "used", "note"))
