"""Problem details (RFC 9457): how the API says that something is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from activation.rules.interchange import EstateError
from planner.requests import of_this_request

TYPE = "application/problem+json"


class ProblemError(Exception):
    """Ends a call with a problem. `errors`: what is wrong in an estate, each with its place."""

    def __init__(
        self, status: int, detail: str, errors: Iterable[EstateError] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, tuple(errors), dict(headers or {})


def problem(error: ProblemError) -> HttpResponse:
    """The answer: what happened in general and in this case, and the request for who looks into the log."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": error.detail,
        "request": of_this_request(),
    }
    if error.errors:
        body["errors"] = [{"path": each.path, "message": each.message} for each in error.errors]
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=error.status, content_type=TYPE, headers=error.headers)


def is_of_api(request: HttpRequest) -> bool:
    """Whether a program asks, which reads no page."""
    return request.path.startswith("/api/v1/")
