"""The quick planner: one address for the page and its fragments, nothing stored.

What was typed is in the query string, so the address can be shared; a long estate is posted to the same address.
Fragments answer 200 also when the input is not complete: they show the state of the form, and a browser would write
any other status into its console at each keystroke.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from activation.catalogue import current
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError, EstateErrors, read_estate
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from planner.examples import examples
from planner.forms.acts import Done, act, typed_in
from planner.forms.estate import EstateForm
from planner.forms.loading import typed_from
from planner.plan_page import plan_page
from planner.suggestions import suggestions


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan of what was typed, or what keeps it from being made."""

    plan: Plan | None
    errors: tuple[EstateError, ...] = ()


def answer_of(form: EstateForm, catalogue: Catalogue) -> Answer:
    """Read what was typed and plan it."""
    today = timezone.localdate().isoformat()
    try:
        return Answer(recommend(read_estate(form.document(today), catalogue, today), catalogue))
    except EstateErrors as errors:
        return Answer(None, errors.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def quick_planner(request: HttpRequest) -> HttpResponse:
    """The form and the plan of what is in it."""
    query = request.POST if request.method == "POST" else request.GET
    catalogue = current()
    done = act(typed_in(query), query.get("do", ""))
    form = EstateForm(done.typed, catalogue)
    answer = answer_of(form, catalogue)
    if request.htmx:
        return _fragments(request, form, answer, done, catalogue)
    finished = bool(query) and "do" not in query
    if finished and answer.plan and not form.is_long() and _address(form) != request.get_full_path():
        return HttpResponseRedirect(_address(form))
    return render(request, "quick_planner.html", _context(request, form, answer, done, catalogue, finished=finished))


def _fragments(
    request: HttpRequest, form: EstateForm, answer: Answer, done: Done, catalogue: Catalogue
) -> HttpResponse:
    """What changed: the plan or what it waits for, and after a button also the form."""
    context = _context(request, form, answer, done, catalogue, finished=False)
    response = render(request, "_changes.html", context)
    if not form.is_long():
        response["HX-Replace-Url"] = _address(form)
    return response


def _address(form: EstateForm) -> str:
    query = form.query()
    return f"{reverse('quick-planner')}?{query}" if query else reverse("quick-planner")


def _context(
    request: HttpRequest, form: EstateForm, answer: Answer, done: Done, catalogue: Catalogue, *, finished: bool
) -> dict[str, object]:
    """`finished`: the person asked for the plan, so what is missing is shown as errors; else as what is still to do."""
    form.focus_on(done.focus)
    undo = EstateForm(done.before, catalogue) if done.before else None
    places = form.show(answer.errors) if finished else [form.mistake(error) for error in answer.errors]
    return {
        "form": form,
        "done": done,
        "plan": plan_page(answer.plan, catalogue) if answer.plan else None,
        "errors": places if finished else (),
        "waiting": () if finished or form.is_empty() else places,
        "query": form.query(),
        "undo": undo.query() if undo and not undo.is_long() else "",
        "link": request.build_absolute_uri(_address(form)),
        "arrived": finished,
        "products": suggestions(catalogue, timezone.localdate().isoformat()),
        "examples": [(example.title, urlencode(typed_from(example.estate))) for example in examples()],
        "catalogue": catalogue,
    }
