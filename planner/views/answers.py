"""From the form to the plan and its HTML. A plan depends on nothing but estate and catalogue, so it is kept a while:
page, fragment and downloads of one address share it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError, EstateErrors, read_estate
from activation.rules.plan import Plan
from activation.rules.recommend import recommend
from planner.forms.document import estate_document
from planner.forms.estate import EstateForm
from planner.plan_page import PlanPage, plan_page

#: Plans kept in each process; a plan of 120 lines takes about half a megabyte with its HTML.
KEPT = 64


@dataclass(frozen=True)
class Question:
    """An estate/1 document as JSON, and the catalogue to plan it by. Two with the same digest are the same."""

    estate: str
    day: str
    digest: str
    catalogue: Catalogue = field(compare=False, repr=False)


@dataclass(frozen=True)
class Answer:
    """The plan, or the errors that keep it from being made."""

    plan: Plan | None
    page: PlanPage | None
    errors: tuple[EstateError, ...] = ()

    @cached_property
    def details(self) -> SafeString:
        """All that the page says of the plan below its first sentences, as HTML."""
        return render_to_string("_details.html", {"plan": self.page})


def answer_of(form: EstateForm, catalogue: Catalogue) -> Answer:
    """Read what was typed and plan it. A list that holds what it does not offer is no estate to plan."""
    day = timezone.localdate().isoformat()
    answer = _answer(Question(json.dumps(estate_document(form, day)), day, catalogue.digest, catalogue))
    return Answer(None, None, answer.errors) if form.is_outside() else answer


@lru_cache(maxsize=KEPT)
def _answer(question: Question) -> Answer:
    catalogue = question.catalogue
    try:
        plan = recommend(read_estate(json.loads(question.estate), catalogue, question.day), catalogue)
    except EstateErrors as errors:
        return Answer(None, None, errors.errors)
    return Answer(plan, plan_page(plan, catalogue))
