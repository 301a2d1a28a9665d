"""The headers by the scoring of MDN's HTTP Observatory: 100, less what is missing, more for what goes beyond.

The points are those that its page "Tests & Scoring" publishes, and those of its scorer for the cross-origin headers.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from planner.organisations import found

LEAST = 140


def score(answer: HttpResponse) -> int:
    """The score of one answer, without what is seen only over HTTPS (HSTS, redirection) and without SRI."""
    parts = filter(None, answer.get("Content-Security-Policy", "").split(";"))
    policy = dict(part.strip().partition(" ")[::2] for part in parts)
    framed = policy.get("frame-ancestors") == "'none'"
    penalty = 25 * (not policy) + 20 * ("unsafe-inline" in policy.get("script-src", ""))
    penalty += 20 * (not framed and answer.get("X-Frame-Options") not in ("DENY", "SAMEORIGIN"))
    penalty += 5 * (answer.get("X-Content-Type-Options") != "nosniff")
    if penalty > 10:
        return 100 - penalty
    return 100 - penalty + bonus(answer, policy, framed)


def bonus(answer: HttpResponse, policy: dict[str, str], framed: bool) -> int:
    points = 10 * (policy.get("default-src") == "'none'" and "unsafe" not in str(policy)) + 5 * framed
    points += 5 * (answer.get("Referrer-Policy") in ("no-referrer", "same-origin", "strict-origin"))
    points += 10 * (answer.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site"))
    return points + 10 * (answer.get("Cross-Origin-Opener-Policy") == "same-origin")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/plan.json?c1-product=windows-7-enterprise&c1-count=3", 200),
        ("/account/", 302),
        ("/account/sign-in/", 200),
        ("/nothing/here", 404),
        ("/plan.json", 422),
        ("/static/planner/planner.css", 200),
        ("/admin/", 302),
        ("/api/v1/", 200),
        ("/api/v1/catalogue", 200),
        ("/api/v1/nothing", 404),
        ("/api/v1/plan", 405),
        ("/api/v1/organisations/contoso/estate", 401),
    ],
)
def test_every_answer_has_the_score(path: str, status: int) -> None:
    answer = Client().get(path)
    assert answer.status_code == status
    assert score(answer) >= LEAST
    answer.close()


@pytest.mark.django_db
def test_refusals_and_faults_have_the_score_too(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    assert score(client.get("/", headers={"Host": "evil.example"})) >= LEAST
    assert score(client.post("/account/sign-in/")) >= LEAST
    monkeypatch.setattr("planner.views.quick_planner.current", lambda: 1 / 0)
    broken = client.get("/")
    assert (broken.status_code, score(broken) >= LEAST) == (500, True)


def test_an_answer_without_headers_has_not() -> None:
    assert score(HttpResponse()) == 100 - 25 - 20 - 5


@pytest.mark.django_db
def test_1_001_fields_and_10_000_ids_in_an_act_are_refused_in_words() -> None:
    client = Client()
    olga = User.objects.create_user("olga@contoso.com")
    found("Contoso", olga, uuid4().hex)
    client.force_login(olga)
    for number in (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1, 10_000):
        answer = client.post("/o/contoso/estate/computers/chosen/", {"row": [f"{row}:1" for row in range(number)]})
        assert answer.status_code == 400
        assert b"<h1>" in answer.content
