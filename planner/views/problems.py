"""The answer when a view ends with an error: that of the database, which passes, or a fault of the program."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from activation.outages import Outage, outage

RETRY = 60  #: seconds
#: What happened, and what helps.
WORDS: dict[Outage, tuple[str, str]] = {
    "full": (
        "The disk is full",
        "Tell the person who runs this site: the database needs room on the disk. Then save again.",
    ),
    "read-only": (
        "Nothing can be saved at present",
        "Tell the person who runs this site: the database takes no changes. Then save again.",
    ),
    "busy": (
        "The planner is busy",
        "Others are saving. Try again in a minute.",
    ),
    "silent": (
        "The database does not answer",
        "Try again in a minute. If it happens again, tell the person who runs this site.",
    ),
}


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the error is handled, wherever it came from: a view, a template, a session."""
    reason = outage(sys.exc_info()[1])
    if reason is None:
        return defaults.server_error(request)
    heading, remedy = WORDS[reason]
    # Without the request: who asks is in the database.
    page = render_to_string("503.html", {"heading": heading, "remedy": remedy, "cut_off": reason == "silent"})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY)})
