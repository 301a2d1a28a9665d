"""The security headers that must be on every response, whatever made it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def every_response(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: add settings.HEADERS to each response that does not set them itself."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in settings.HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return respond
