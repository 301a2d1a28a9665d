"""How many tries an address and a name have: 20 an hour from one address, 20 a day for one name.

A try is counted before the password is looked at, so that tries at the same moment do not slip through, and taken back
when the password is right. While there are too many, the right password is refused too. Tries that are refused are not
counted: the wait ends. A new password by e-mail (`forgive`) ends it at once for the name.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from planner.models import Try

MOST = 20  #: tries
WINDOWS = {"address": timedelta(hours=1), "name": timedelta(days=1)}
NO_WAIT = timedelta()
NEIGHBOURS = 64  #: bits; who has one address of IPv6 has all that begin like it


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that was counted, or how long to wait before the next."""

    row: Try
    wait: timedelta

    def take_back(self) -> None:
        """Do not count it: the password was right."""
        self.row.delete()


def attempt(request: HttpRequest, name: str, what: str = "password") -> Attempt:
    """Count a try; with a wait above zero it must not go on."""
    Try.objects.filter(at__lt=timezone.now() - max(WINDOWS.values())).delete()
    row = Try.objects.create(what=what, address=address_of(request), name=_hash(name))
    wait = max(_wait(row, field, window) for field, window in WINDOWS.items())
    if wait > NO_WAIT:
        row.delete()
    return Attempt(row, wait)


def forgive(name: str) -> int:
    """Forget the wrong passwords for a name. Returns how many there were."""
    return Try.objects.filter(what="password", name=_hash(name)).delete()[0]


def forgive_all() -> int:
    """Forget all tries. Returns how many there were."""
    return Try.objects.all().delete()[0]


def address_of(request: HttpRequest) -> str:
    """The network that a request comes from. A proxy's word counts only where one is set up: anyone can send it."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.PROXY else ""
    for said in (forwarded.rpartition(",")[2].strip(), request.META.get("REMOTE_ADDR", "")):
        try:
            address = ipaddress.ip_address(said)
        except ValueError:
            continue
        if address.version == 4:
            return str(address)
        return str(ipaddress.ip_network((address, NEIGHBOURS), strict=False))
    return "unknown"


def _wait(row: Try, field: str, window: timedelta) -> timedelta:
    """How long until fewer than MOST other tries are in the window."""
    others = Try.objects.filter(what=row.what, at__gt=row.at - window, **{field: getattr(row, field)})
    times = others.exclude(pk=row.pk).order_by("-at").values_list("at", flat=True)[MOST - 1 : MOST]
    return max((at + window - row.at for at in times), default=NO_WAIT)


def _hash(name: str) -> str:
    return salted_hmac("planner.throttle", name.strip().casefold(), algorithm="sha256").hexdigest()
