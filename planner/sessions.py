"""How long a session lasts, and what a request gets whose session has ended.

A session ends SESSION_COOKIE_AGE after signing in and SESSION_IDLE after the last request. Who then asks for a page is
led to the sign-in and back. What somebody sends is not lost: a form of htmx stays in its page, any other comes along
through the sign-in and can be sent again after it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure

from activation.rules.product_keys import without_keys
from planner.access import SAFE
from planner.forms.accounts import SignInForm

BEGAN, SEEN = "began", "seen"  # seconds since 1970
EXACT = 60  #: seconds; the last request is noted at most this often
KEPT = "planner.kept"
ELSEWHERE = ("cross-site", "same-site")  #: what browsers say of a request that a page of another site made


def limited(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: end sessions that are over, note the last request, keep pages for one person out of shared caches."""

    def respond(request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            _look_at(request.session, int(time.time()))
        response = get_response(request)
        if SESSION_KEY in request.session and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True)
        return response

    return respond


def begin(session: SessionBase) -> None:
    """Somebody signed in just now."""
    session[BEGAN] = session[SEEN] = int(time.time())


def _look_at(session: SessionBase, now: int) -> None:
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - began >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE:
        session.flush()
    elif BEGAN not in session or now - seen >= EXACT:
        session[BEGAN], session[SEEN] = began, now
        _save(session)


def _save(session: SessionBase) -> None:
    """At once, not with the answer: a page can be read also while the database takes no changes."""
    with suppress(UpdateError):
        session.save()
    session.modified = False


def from_this_site(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: refuse what another site's page sends, also with a token that it has got hold of."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
            return forged(request, "Another site sent this.")
        return get_response(request)

    return respond


class SignInRequired(LoginRequiredMiddleware):
    """Django's, with an answer for htmx and for what was sent."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        """What a request gets that nobody is signed in for."""
        if request.headers.get("HX-Request"):
            return _for_htmx(request)
        if request.method in SAFE:
            return super().handle_no_permission(request, view_func)
        return _with_input(request)


def _for_htmx(request: HttpRequest) -> HttpResponse:
    """401. The page moves on to the sign-in, unless something was sent: then it stays, with what was typed."""
    response = HttpResponse(status=401)
    if request.method in SAFE:
        response["HX-Redirect"] = sign_in_address(_page_of(request))
    return response


def sign_in_address(back: str) -> str:
    """The sign-in that leads back to that path."""
    return f"{reverse('sign-in')}?{REDIRECT_FIELD_NAME}={quote(back)}"


def _page_of(request: HttpRequest) -> str:
    """The path of the page that htmx asks from; only one of this site, for the header could say anything."""
    page = request.headers.get("HX-Current-URL", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return reverse("organisations")
    parts = urlsplit(page)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _with_input(request: HttpRequest) -> HttpResponse:
    """The sign-in page with what was sent in it. Passwords are typed again, files chosen again, product keys cut."""
    fields = [
        (name, without_keys(value))
        for name, values in request.POST.lists()
        if "password" not in name and name != "csrfmiddlewaretoken"
        for value in values
    ]
    kept = signing.dumps([request.get_full_path(), fields], salt=KEPT, compress=True)
    return render(request, "account/sign_in.html", {"form": SignInForm(request), "kept": kept}, status=401)


def kept_in(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The path and the fields of what came along through the sign-in; None when there is nothing."""
    try:
        path, fields = signing.loads(text, salt=KEPT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    return path, [(name, value) for name, value in fields]


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a request gets whose CSRF token is missing or old, most often because the session has ended since.

    A page with htmx stays: without a session it says so, with a new one it gets its token and can send again.
    """
    if not request.headers.get("HX-Request"):
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return HttpResponse(status=403, headers={"X-CSRFToken": get_token(request)})
