"""The OpenAPI document of the API, and the page that shows it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from planner.api.calls import api
from planner.api.formats import Estate, Problem
from planner.api.problems import TYPE

REF = "#/components/schemas/{model}"
#: What a call may answer instead, and when.
ANY = {"429": "Too many calls in this minute", "503": "The database is out of service"}
TOKEN = {"401": "No token, or one that does not let in", "403": "The token may not do this", "404": "Not of this token"}
BODY = {"400": "No JSON", "413": "Too long", "415": "Not application/json", "422": "Mistakes, each with its place"}
TAGGED = {"412": "The estate has changed since it was read", "428": "Without If-Match"}
OPEN = {"401": "A token that does not let in"}
NO_PLAN = {"409": "The estate has mistakes, so there is no plan"}


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1, the same for everybody."""
    made = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    schemas = made["components"]["schemas"]
    for model in (Estate, Problem):
        schema = model.model_json_schema(ref_template=REF)
        schemas.update(schema.pop("$defs", {}))
        schemas[model.__name__] = schema
    for path, methods in made["paths"].items():
        for method, call in methods.items():
            call["responses"] = {str(status): answer for status, answer in call["responses"].items()}
            call["responses"] |= {status: _problem(words) for status, words in _refusals(path, method, call).items()}
    return made


def _refusals(path: str, method: str, call: dict[str, Any]) -> dict[str, str]:
    found = ANY | (OPEN if "{organisation}" not in path else TOKEN)
    found |= BODY if "requestBody" in call else {}
    found |= TAGGED if method == "put" else {}
    return found | (NO_PLAN if path.endswith("}/plan") else {})


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}}


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document as JSON."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The document as a page."""
    calls = [
        {"path": path, "method": method.upper(), "id": call["operationId"], **call}
        for path, methods in document()["paths"].items()
        for method, call in methods.items()
    ]
    return render(request, "api.html", {"calls": calls, "schemas": document()["components"]["schemas"]})
