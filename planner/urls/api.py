"""Addresses of the HTTP API. It knows no session: a token lets in, or nothing is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from planner.api import document
from planner.api.calls import api
from planner.api.problems import ProblemError, problem

View = Callable[..., HttpResponse]
METHOD = "This address does not offer the method {method}."


def _call(view: View) -> View:
    """HEAD as GET, a refused method as a problem, and nothing kept by caches."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: object) -> HttpResponse:
        method = request.method
        request.method = "GET" if method == "HEAD" else method
        try:
            response = view(request, **kwargs)
        except ProblemError as error:  # of counting the calls, which the library hands to nobody
            response = problem(error)
        request.method = method
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allow = {"Allow": response["Allow"]}
            response = problem(ProblemError(HTTPStatus.METHOD_NOT_ALLOWED, METHOD.format(method=method), headers=allow))
        response["Cache-Control"] = "private, no-store"
        return response

    return csrf_exempt(answer)  # a browser adds no token by itself


calls = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
for pattern in calls:
    pattern.callback = _call(pattern.callback)

of_document = [
    path("", document.page, name="api-page"),
    path("openapi.json", document.openapi, name="api-document"),
]
for each in of_document:
    each.callback = each.callback if settings.SIGN_IN else login_not_required(each.callback)

urlpatterns = [*of_document, path("", include((calls, "api"), namespace="api"))]
