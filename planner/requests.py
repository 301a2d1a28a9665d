"""Each request has an id, which the history, the log and the pages of errors name."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse


def identified(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: give the request a `request_id` of 32 characters, and the response the same as X-Request-ID."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex  # never from a header: a client could write into the history
        response = get_response(request)
        response.headers["X-Request-ID"] = request.request_id
        return response

    return respond
