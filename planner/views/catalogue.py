"""The public reference of the catalogue. Each address answers as a page, with `?format=json` as JSON.

The content decides the ETag, so that an unchanged page is not sent twice. Nothing secret is on these pages, which is
why they may be compressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from activation.rules.catalogue import Group, Key, Product
from planner.reference.documents import disputed, documents
from planner.reference.groups import group_entry
from planner.reference.index import FAMILY_NAMES, Reference, reference
from planner.reference.keys import key_entry
from planner.reference.matrix import LEGEND, coverage_matrix
from planner.reference.parts import Named, group_named, key_named, product_named
from planner.reference.products import product_entry
from planner.reference.search import near, search

View = Callable[..., HttpResponse]

#: Longer ones do not fit into the headers that proxies let through.
LONGEST_ADDRESS = 2000

#: The pages that all others lead to, by the name of their address.
PARTS = {
    "reference": "Search",
    "reference-matrix": "Coverage matrix",
    "reference-disputes": "Disputed points",
    "reference-sources": "Sources",
}


def _page(view: View) -> View:
    """Read only; revalidated at each visit; page and fragment kept apart."""
    for decorator in (
        vary_on_headers("HX-Request"),
        cache_control(private=True, no_cache=True),
        conditional_page,
        gzip_page,
        require_safe,
    ):
        view = decorator(view)
    return view


@_page
def search_page(request: HttpRequest) -> HttpResponse:
    """Products, product groups and keys by any text of theirs; without a text, the groups to browse."""
    known, day = reference(), _today()
    query, everything = request.GET.get("q", "").strip(), request.GET.get("all") == "1"
    found = search(query, known, day, everything=everything)
    if _wants_json(request):
        return _json(
            "search", known, {"query": query, "total": found.total, "found": [asdict(one) for one in found.shown]}
        )
    context = {"found": found, "families": _families(known), "query": query, "all": _address(query, everything=True)}
    if not request.htmx:
        return _html(request, "search", known, context)
    response = render(request, "catalogue/_found.html", context | _of_fragment(request))
    if len(_address(query)) <= LONGEST_ADDRESS:
        response["HX-Replace-Url"] = _address(query)
    return response


@_page
def product_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One product."""
    known = reference()
    if slug not in known.catalogue.products:
        return _unknown(request, "product", slug, known)
    return _entry(request, "product", known, product_entry(slug, known, _today()))


@_page
def group_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One product group."""
    known = reference()
    if slug not in known.catalogue.groups:
        return _unknown(request, "product group", slug, known)
    return _entry(request, "group", known, group_entry(slug, known, _today()))


@_page
def key_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One KMS host key or MAK."""
    known = reference()
    if slug not in known.catalogue.keys:
        return _unknown(request, "key", slug, known)
    return _entry(request, "key", known, key_entry(slug, known))


@_page
def matrix_page(request: HttpRequest) -> HttpResponse:
    """All product groups against all KMS host keys, or those of a family and generation."""
    known = reference()
    family, generation = request.GET.get("family", ""), request.GET.get("generation", "")
    matrix = coverage_matrix(known, _today(), family, generation)
    if _wants_json(request):
        return _json("matrix", known, asdict(matrix))
    context = {"matrix": matrix, "legend": LEGEND, "family_names": FAMILY_NAMES.items()}
    if not request.htmx:
        return _html(request, "matrix", known, context)
    return render(request, "catalogue/_coverage.html", context | _of_fragment(request))


@_page
def disputes_page(request: HttpRequest) -> HttpResponse:
    """All points on which sources disagree."""
    known = reference()
    points = disputed(known)
    if _wants_json(request):
        return _json("disputes", known, {"disputes": [asdict(point) for point in points]})
    return _html(request, "disputes", known, {"points": points})


@_page
def sources_page(request: HttpRequest) -> HttpResponse:
    """All documents behind the catalogue, with what rests on each."""
    known = reference()
    found = documents(known)
    if _wants_json(request):
        return _json("sources", known, {"sources": [asdict(document) for document in found]})
    return _html(request, "sources", known, {"documents": found})


def _today() -> str:
    return timezone.localdate().isoformat()


def _wants_json(request: HttpRequest) -> bool:
    return request.GET.get("format") == "json"


def _address(query: str, *, everything: bool = False) -> str:
    asked = {"q": query} if query else {}
    asked |= {"all": "1"} if everything else {}
    return reverse("reference") + (f"?{urlencode(asked)}" if asked else "")


def _families(known: Reference) -> list[tuple[str, list[Named]]]:
    """The groups by family, the newest first."""
    return [
        (name, [group_named(group) for group in known.newest_first if group.family == family])
        for family, name in FAMILY_NAMES.items()
    ]


def _entry(request: HttpRequest, kind: str, known: Reference, entry: object) -> HttpResponse:
    if _wants_json(request):
        return _json(kind, known, asdict(entry))
    return _html(request, kind, known, {"it": entry})


def _html(
    request: HttpRequest, kind: str, known: Reference, context: dict[str, object], status: int = 200
) -> HttpResponse:
    parts = [(reverse(name), words) for name, words in PARTS.items()]
    about = {"catalogue": known.catalogue, "day": _today(), "json": _as_json(request), "parts": parts}
    return render(request, f"catalogue/{kind}.html", about | context, status=status)


def _of_fragment(request: HttpRequest) -> dict[str, object]:
    return {"fragment": True, "json": _as_json(request)}


def _as_json(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["format"] = "json"
    return f"{request.path}?{asked.urlencode()}"


def _json(kind: str, known: Reference, content: dict[str, object], status: int = 200) -> HttpResponse:
    """`catalogue-product/1` and so on: format, catalogue and day, then the fields of the page."""
    version = {"version": known.catalogue.version, "digest": known.catalogue.digest}
    about = {"format": f"catalogue-{kind}/1", "catalogue": version, "day": _today()}
    return JsonResponse(about | content, status=status, json_dumps_params={"ensure_ascii": False})


def _unknown(request: HttpRequest, kind: str, slug: str, known: Reference) -> HttpResponse:
    """404 with what may have been meant."""
    rows = {"product": known.catalogue.products, "product group": known.catalogue.groups, "key": known.catalogue.keys}
    meant = [_named(rows[kind][name]) for name in near(slug, rows[kind])]
    if _wants_json(request):
        return _json("unknown", known, {"kind": kind, "near": [asdict(one) for one in meant]}, status=404)
    return _html(request, "unknown", known, {"kind": kind, "near": meant}, status=404)


def _named(row: Product | Group | Key) -> Named:
    if isinstance(row, Product):
        return product_named(row)
    return group_named(row) if isinstance(row, Group) else key_named(row)
