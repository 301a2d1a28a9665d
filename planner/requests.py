"""Each request has an id, which the history, the log and the pages of errors name."""

from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request_id", default="-")


def of_this_request() -> str:
    """The id of the request that is being answered; `-` outside of one."""
    return _current.get()


def identified(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: give the request a `request_id` of 32 characters, and the response the same as X-Request-ID."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex  # never from a header: a client could write into the history
        before = _current.set(request.request_id)
        try:
            response = get_response(request)
        finally:
            _current.reset(before)
        response.headers["X-Request-ID"] = request.request_id
        return response

    return respond
