"""The quick planner: one address for the page and its fragments, nothing stored.

What was typed is in the query string, so the address can be shared. A form that would send more than an address takes
is posted to the same place. If its estate fits into an address without the blank fields, that is where the answer is;
else the address is the bare one, and the page says so.
Fragments answer 200 also when the input is not complete: they show the state of the form, and a browser would write
any other status into its console at each keystroke.
"""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from activation.catalogue import current
from planner.examples import examples
from planner.exports.formats import links
from planner.forms.acts import MOST_FIELDS, Done, act, typed_in
from planner.forms.estate import EstateForm
from planner.forms.loading import typed_from
from planner.forms.mistakes import mistakes, show
from planner.forms.rows import fields_sent
from planner.sessions import sign_in_address
from planner.suggestions import suggestions
from planner.views.answers import Answer, answer_of


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def quick_planner(request: HttpRequest) -> HttpResponse:
    """The form and the plan of what is in it."""
    query = request.POST if request.method == "POST" else request.GET
    catalogue = current()
    done = act(typed_in(query), query.get("do", ""))
    if fields_sent(done.typed) > MOST_FIELDS:
        raise TooManyFieldsSent("The page would send more fields than a request may have.")
    form = EstateForm(done.typed, catalogue)
    answer = answer_of(form, catalogue)
    if request.htmx:
        return _changes(request, form, answer, done)
    return _page(request, form, answer, done)


def to_mend(request: HttpRequest) -> HttpResponse:
    """The page for who asked for more than the plan of an estate that has to be mended first."""
    page = quick_planner(request)
    page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return page


@gzip_page
def _page(request: HttpRequest, form: EstateForm, answer: Answer, done: Done) -> HttpResponse:
    """The whole page; what was sent in full leads to the short address first."""
    finished, address = form.was_sent() and not done.acted, _address(form)
    if finished and answer.plan and not form.is_long and address != request.get_full_path():
        return HttpResponseRedirect(address)
    context = _context(request, form, answer, done, finished=finished) | {
        "products": suggestions(form.catalogue, timezone.localdate().isoformat()),
        "catalogue": form.catalogue,
        "link": request.build_absolute_uri(address),
    }
    return render(request, "quick_planner.html", context)


def _changes(request: HttpRequest, form: EstateForm, answer: Answer, done: Done) -> HttpResponse:
    """The plan or what it waits for, and after a button also the form."""
    context, address = _context(request, form, answer, done, finished=False), _address(form)
    response = render(request, "_changes.html", context | {"link": request.build_absolute_uri(address)})
    response["HX-Replace-Url"] = address
    return response


def _context(
    request: HttpRequest, form: EstateForm, answer: Answer, done: Done, *, finished: bool
) -> dict[str, object]:
    """`finished`: the person asked for the plan, so what is missing is shown as errors; else as what is still to do."""
    form.focus_on(done.focus)
    found = mistakes(form, answer.errors)
    if finished:
        show(form, found)
    return {
        "form": form,
        "done": done,
        "answer": answer,
        "plan": answer.page,
        "arrived": finished,
        "errors": found if finished else (),
        "waiting": () if finished or form.is_empty() else found,
        "undo": _undo(form, done),
        "examples": example_links(),
        "downloads": download_links(),
        "keep": _keep_address(request, form),
    }


def _undo(form: EstateForm, done: Done) -> str:
    """The query string that brings back what a button removed."""
    return EstateForm(done.before, form.catalogue).link if done.before else ""


def _address(form: EstateForm) -> str:
    """The one to keep and to share; without the estate when it is too long."""
    return reverse("quick-planner") + ("" if form.is_long or not form.query else f"?{form.query}")


def _keep_address(request: HttpRequest, form: EstateForm) -> str:
    """Where the estate is kept. Who is not signed in gets there by the sign-in, in the link rather than by a redirect:
    the header of one takes no address as long as this."""
    address = f"{reverse('keep')}?{form.query}"
    return address if request.user.is_authenticated else sign_in_address(address)


@cache
def download_links() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Address and words of each file that a plan can be downloaded as: those in sight, and the others."""
    first, others = links(lambda kind: reverse("quick-plan-file", args=(kind,)))
    return [*first, (reverse("runbook-file"), "PowerShell"), (reverse("estate-json"), "Estate")], others


@cache
def example_links() -> tuple[tuple[str, str], ...]:
    """Title and query string of each example."""
    return tuple((example.title, urlencode(typed_from(example.estate))) for example in examples())
