"""Who calls the API: a token, or nobody where that is enough; and how often."""

from __future__ import annotations

import time
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from planner.access import Here
from planner.api.problems import ProblemError
from planner.models import Role
from planner.throttle import address_of
from planner.tokens import Bearer, bearer_of

WINDOW = 60  #: seconds
NOBODY = "nobody"
WHO = {"WWW-Authenticate": "Bearer"}
NEEDED = "Send a token: Authorization: Bearer planner_... Make one on the page API tokens of your organisation."
ENDED = "This token does not let in. It was mistyped, revoked or has ended, or its person is no member any more."
FAST = "There were too many calls in this minute. Call again in {wait} seconds."
READS_ONLY = "This token may only read, or its person may. Make a token with the scope write, as an editor."


class Token(HttpBearer):
    """A token of an organisation. A session of the browser counts for nothing here, so no page can use one."""

    def authenticate(self, request: HttpRequest, token: str) -> Bearer:
        """Who shows the token. Raises ProblemError; those who guess are counted by their address."""
        bearer = bearer_of(token.strip())
        if bearer is None:
            _count(f"guess {address_of(request)}")
            raise ProblemError(HTTPStatus.UNAUTHORIZED, ENDED, headers=WHO)
        return bearer


def nobody(request: HttpRequest) -> str | None:
    """Who shows no token, where the pages ask for no sign-in either."""
    return None if settings.SIGN_IN or request.headers.get("Authorization") else NOBODY


class Rate(BaseThrottle):
    """So many calls a minute for each token, and for each address without one."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the call. Raises ProblemError when it is one too many."""
        caller = request.auth
        _count(f"token {caller.token.pk}" if isinstance(caller, Bearer) else f"address {address_of(request)}")
        return True


def _count(who: str) -> None:
    window, passed = divmod(int(time.time()), WINDOW)
    key = f"api {who} {window}".replace(" ", "-")
    cache.add(key, 0, 2 * WINDOW)
    if cache.incr(key) > settings.API_RATE:
        wait = WINDOW - passed
        raise ProblemError(HTTPStatus.TOO_MANY_REQUESTS, FAST.format(wait=wait), headers={"Retry-After": str(wait)})


def here_of(request: HttpRequest, slug: str, writes: bool = False) -> Here:
    """The token's place in the organisation. Raises Http404 for any other organisation, ProblemError for its role."""
    bearer: Bearer = request.auth
    organisation = bearer.token.organisation
    if organisation.slug != slug:
        raise Http404("No such organisation.")
    here = Here(organisation, bearer.token.person, bearer.role, request.request_id)
    if writes and not here.may(Role.EDITOR):
        raise ProblemError(HTTPStatus.FORBIDDEN, READS_ONLY)
    return here
