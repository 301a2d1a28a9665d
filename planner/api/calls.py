"""The calls of the API. Bodies are read by the rules, so that a program is told what a person would be."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import HttpError

from activation.catalogue import current
from activation.rules import estate as rules
from activation.rules.interchange import EstateErrors, decoded, parsed, plan_json, plan_json_line, read_estate
from activation.rules.recommend import recommend
from planner.api import formats
from planner.api.callers import NEEDED, WHO, Rate, Token, here_of, nobody
from planner.api.problems import ProblemError, problem
from planner.estates import document_of, planned
from planner.models import Estate
from planner.recording import recorded
from planner.replacing import replace

JSON = "application/json"
MOST_PLANS = 500
BODY = {"required": True, "content": {JSON: {"schema": {"$ref": "#/components/schemas/Estate"}}}}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The ETag that the estate was read with. Without it: 428.",
}

api = NinjaAPI(title="Activation planner", version="1", urls_namespace="api", docs_url=None, openapi_url=None)
OPEN, OURS = [Token(), nobody], Token()


@api.post("/plan", auth=OPEN, throttle=Rate(), response=formats.Plan, openapi_extra={"requestBody": BODY})
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an estate (estate/1). Nothing is kept."""
    catalogue = current()
    return _json(plan_json_line(recommend(_estate(request), catalogue)))


@api.get("/catalogue", auth=OPEN, throttle=Rate(), response=formats.Catalogue)
def catalogue(request: HttpRequest) -> HttpResponse:
    """The slugs and names of all products, product groups and keys."""
    known = current()
    content = {
        "format": "catalogue/1",
        "version": known.version,
        "digest": known.digest,
        "products": [{**_named(row), "group": row.group} for row in known.products.values()],
        "groups": [_named(row) for row in known.groups.values()],
        "keys": [{**_named(row), "type": row.type, "group": row.group} for row in known.keys.values()],
    }
    return _json(json.dumps(content, ensure_ascii=False))


@api.get("/organisations/{slug:organisation}/estate", auth=OURS, throttle=Rate(), response=formats.Estate)
def read_inventory(request: HttpRequest, organisation: str) -> HttpResponse:
    """The inventory of the organisation as estate/1, without a day. The ETag goes into If-Match when it is replaced."""
    return _inventory(here_of(request, organisation).estate())


@api.put(
    "/organisations/{slug:organisation}/estate",
    auth=OURS,
    throttle=Rate(),
    response=formats.Estate,
    openapi_extra={"requestBody": BODY, "parameters": [IF_MATCH]},
)
def replace_inventory(request: HttpRequest, organisation: str) -> HttpResponse:
    """Replace the whole inventory, in one act that can be undone. Rows that stay the same keep their notes."""
    here = here_of(request, organisation, writes=True)
    if "If-Match" not in request.headers:
        raise ProblemError(
            HTTPStatus.PRECONDITION_REQUIRED, "Send If-Match with the ETag that the estate was read with."
        )
    given = _estate(request)
    with recorded(here, f"Replaced the estate by the API token {request.auth.token.name}"[:200]) as act:
        inventory = here.organisation.estates.select_for_update().get(scenario=False)
        if request.headers["If-Match"].strip() not in ("*", _tag(inventory)):
            raise ProblemError(
                HTTPStatus.PRECONDITION_FAILED, "The estate has changed since it was read. Read it again."
            )
        replace(act, inventory, given)
    return _inventory(here.estate())


@api.get("/organisations/{slug:organisation}/plan", auth=OURS, throttle=Rate(), response=formats.Plan)
def current_plan(request: HttpRequest, organisation: str) -> HttpResponse:
    """The plan of the inventory as it is today."""
    answer = planned(here_of(request, organisation).estate())
    if answer.plan is None:
        raise ProblemError(HTTPStatus.CONFLICT, "The estate has to be mended before there is a plan.", answer.errors)
    return _json(plan_json(answer.plan))


@api.get("/organisations/{slug:organisation}/plans", auth=OURS, throttle=Rate(), response=formats.SavedPlans)
def saved_plans(request: HttpRequest, organisation: str) -> HttpResponse:
    """The saved plans, the newest first, at most 500."""
    rows = here_of(request, organisation).organisation.plans.filter(removed=None)
    rows = rows.defer("estate_document", "plan_document")[:MOST_PLANS]
    plans = [
        {
            "number": row.pk,
            "name": row.name,
            "note": row.note,
            "saved": row.at.isoformat(timespec="seconds"),
            "by": row.by,
            "catalogue": row.digest,
        }
        for row in rows
    ]
    return _json(json.dumps({"plans": plans}, ensure_ascii=False))


@api.get("/organisations/{slug:organisation}/plans/{int:number}", auth=OURS, throttle=Rate(), response=formats.Plan)
def saved_plan(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """A saved plan, byte for byte as it was saved."""
    return _json(here_of(request, organisation).plan(number).plan_document)


@api.get(
    "/organisations/{slug:organisation}/plans/{int:number}/estate", auth=OURS, throttle=Rate(), response=formats.Estate
)
def estate_of_plan(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """The estate that a saved plan was made from."""
    return _json(here_of(request, organisation).plan(number).estate_document)


def _estate(request: HttpRequest) -> rules.Estate:
    if request.content_type != JSON:
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send the estate as {JSON}.")
    try:
        document = parsed(decoded(request.body))
    except EstateErrors as wrong:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "The body is no JSON document.", wrong.errors) from wrong
    try:
        return read_estate(document, current(), timezone.localdate().isoformat())
    except EstateErrors as wrong:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "The estate has mistakes.", wrong.errors) from wrong


def _inventory(estate: Estate) -> HttpResponse:
    document = document_of(estate, "")
    del document["as_of"]
    return _json(json.dumps(document, ensure_ascii=False), ETag=_tag(estate))


def _tag(estate: Estate) -> str:
    """Of the rows, and of the name of the organisation, which the document holds too."""
    return f'"{estate.revision}-{estate.organisation.version}"'


def _named(row: Any) -> dict[str, str]:
    return {"slug": row.slug, "name": row.name}


def _json(text: str, **headers: str) -> HttpResponse:
    return HttpResponse(text, content_type=JSON, headers=headers)


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(error)


@api.exception_handler(HttpError)
def _unknown_caller(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(ProblemError(error.status_code, NEEDED, headers=WHO))


@api.exception_handler(Http404)
def _nowhere(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(ProblemError(HTTPStatus.NOT_FOUND, "There is nothing under this address for this token."))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Send at most 2.5 MB at once."))


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error  # Django writes it into the log and calls the site's own handler


api.add_exception_handler(Exception, _fault)
