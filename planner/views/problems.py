"""The answer when a view ends with an error: that of the database, which passes, or a fault of the program."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from activation.outages import Outage, outage
from planner.api.problems import ProblemError, is_of_api, problem
from planner.requests import of_this_request

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
    "damaged": (
        "The database is damaged",
        "Tell the person who runs this site: a backup has to be restored.",
    ),
    "silent": (
        "The database does not answer",
        "Try again in a minute. If it happens again, tell the person who runs this site.",
    ),
}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    if is_of_api(request):
        return problem(ProblemError(404, "The API has no such address. /api/v1/ lists its calls."))
    return page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the error is handled, wherever it came from: a view, a template, a session."""
    reason, context = outage(sys.exc_info()[1]), {"request_id": of_this_request()}
    if is_of_api(request):
        return _of_api(reason)
    # Without the request: who asks is in the database.
    if reason is None:
        return HttpResponseServerError(render_to_string("500.html", context))
    heading, remedy = WORDS[reason]
    context |= {"heading": heading, "remedy": remedy, "cut_off": reason == "silent"}
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY)})


def _of_api(reason: Outage | None) -> HttpResponse:
    if reason is None:
        return problem(ProblemError(500, "This is a fault of the site. Its log names it by the number of the request."))
    return problem(ProblemError(503, ". ".join(WORDS[reason]), headers={"Retry-After": str(RETRY)}))
