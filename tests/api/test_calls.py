"""The calls of the API: plans, estates, catalogue; who may, what is refused and how it is said."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from activation.rules.interchange import plan_document, read_estate
from activation.rules.recommend import recommend
from activation.shipped import shipped
from planner.access import Here
from planner.models import ComputerLine, Membership, Role, Scope, Token
from planner.plans import save
from planner.undoing import undo
from tests.api.conftest import SMALL, Call, token

ESTATE = "organisations/contoso/estate"


@pytest.mark.django_db
def test_an_estate_is_planned_without_a_token_as_the_rules_plan_it(call: Call) -> None:
    answer = call("post", "plan", body=SMALL | {"as_of": "2026-11-24"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    estate = read_estate(SMALL, shipped(), "2026-11-24")
    assert answer.json() == json.loads(json.dumps(plan_document(recommend(estate, shipped()))))
    assert [(line["product"], line["count"]) for line in answer.json()["computers"]] == [("windows-11-enterprise", 40)]


@pytest.mark.django_db
def test_all_mistakes_of_an_estate_come_at_once_with_their_places(call: Call) -> None:
    wrong = {"format": "estate/1", "computers": [{"product": "Windows 99", "count": 0}], "colour": "red"}
    answer = call("post", "plan", body=wrong)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    said = answer.json()
    assert {error["path"] for error in said["errors"]} == {"colour", "computers[0].product", "computers[0].count"}
    assert said["status"] == 422
    assert said["request"] == answer["X-Request-ID"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        (" ", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("[]", "application/json", 422),
        ("{}", "text/plain", 415),
        ("x" * 3_000_000, "application/json", 413),
    ],
)
def test_what_is_no_estate_is_refused_in_words(body: str, kind: str, status: int) -> None:
    answer = Client().post("/api/v1/plan", body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert len(answer.json()["detail"].split()) > 2


@pytest.mark.django_db
def test_the_catalogue_names_what_estates_may_name(call: Call) -> None:
    said = call("get", "catalogue").json()
    assert said["digest"] == shipped().digest
    assert {"slug": "windows-7-enterprise", "name": "Windows 7 Enterprise", "group": "windows-7"} in said["products"]


def test_an_estate_read_and_written_back_changes_nothing(contoso: Here, call: Call) -> None:
    secret, acts = token(contoso), contoso.organisation.acts.count()
    read = call("get", ESTATE, secret)
    written = call("put", ESTATE, secret, read.json(), **{"If-Match": read["ETag"]})
    assert (written.status_code, written.json()) == (200, read.json())
    assert contoso.organisation.acts.count() == acts


def test_an_estate_is_replaced_in_one_act_that_undo_takes_back(contoso: Here, call: Call) -> None:
    secret = token(contoso)
    before = call("get", ESTATE, secret)
    answer = call("put", ESTATE, secret, SMALL, **{"If-Match": before["ETag"]})
    assert answer.status_code == 200
    assert [(line["product"], line["count"]) for line in answer.json()["computers"]] == [("windows-11-enterprise", 40)]
    assert [network["name"] for network in answer.json()["networks"]] == ["Main"]
    assert answer["ETag"] != before["ETag"]
    act = contoso.organisation.acts.first()
    assert (act.person_name, act.what) == ("olga@contoso.com", "Replaced the estate by the API token Nightly")
    undo(contoso, act)
    again = call("get", ESTATE, secret).json()
    assert sorted(map(str, again["computers"])) == sorted(map(str, before.json()["computers"]))
    assert sorted(map(str, again["networks"])) == sorted(map(str, before.json()["networks"]))


def test_rows_that_say_the_same_keep_their_notes(contoso: Here, call: Call) -> None:
    secret, line = token(contoso), ComputerLine.objects.order_by("pk").first()
    ComputerLine.objects.filter(pk=line.pk).update(note="In the cellar")
    read = call("get", ESTATE, secret)
    document = read.json()
    document["computers"].pop()
    call("put", ESTATE, secret, document, **{"If-Match": read["ETag"]})
    assert ComputerLine.objects.get(pk=line.pk).note == "In the cellar"
    assert contoso.estate().computers.count() == len(document["computers"])


@pytest.mark.parametrize(("tag", "status"), [(None, 428), ('"1-1"', 412), ("*", 200)])
def test_nobody_overwrites_what_was_not_read(contoso: Here, call: Call, tag: str | None, status: int) -> None:
    secret = token(contoso)
    revision = contoso.estate().revision
    answer = call("put", ESTATE, secret, SMALL, **({"If-Match": tag} if tag else {}))
    assert answer.status_code == status
    assert (contoso.estate().revision == revision) is (status != 200)


def test_an_estate_with_mistakes_replaces_nothing(contoso: Here, call: Call) -> None:
    secret, before = token(contoso), contoso.estate().revision
    answer = call("put", ESTATE, secret, SMALL | {"computers": [{"product": "x"}]}, **{"If-Match": "*"})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 2
    assert contoso.estate().revision == before


def test_plans_are_read_as_they_are_and_as_they_were_saved(contoso: Here, call: Call) -> None:
    secret, plan = token(contoso, Scope.READ), save(contoso, contoso.estate(), "Spring", "Why")
    assert call("get", "organisations/contoso/plan", secret).json()["organisation"] == "Contoso"
    listed = call("get", "organisations/contoso/plans", secret).json()["plans"]
    assert [(each["number"], each["name"], each["note"]) for each in listed] == [(plan.pk, "Spring", "Why")]
    saved = call("get", f"organisations/contoso/plans/{plan.pk}", secret)
    assert saved.content.decode() == plan.plan_document
    estate = call("get", f"organisations/contoso/plans/{plan.pk}/estate", secret)
    assert estate.content.decode() == plan.estate_document


def test_an_estate_with_nothing_in_it_has_no_plan(fabrikam: Here, call: Call) -> None:
    answer = call("get", "organisations/fabrikam/plan", token(fabrikam))
    assert answer.status_code == 409
    assert [error["path"] for error in answer.json()["errors"]] == ["computers"]


PATHS = ("estate", "plan", "plans", "plans/{plan}", "plans/{plan}/estate")


def test_a_token_of_one_organisation_finds_nothing_of_another(contoso: Here, fabrikam: Here, call: Call) -> None:
    plan, secret = save(contoso, contoso.estate(), "Spring", ""), token(fabrikam)
    before = contoso.organisation.acts.count()
    for path in (path.format(plan=plan.pk) for path in PATHS):
        theirs, nowhere = (call("get", f"organisations/{slug}/{path}", secret) for slug in ("contoso", "nowhere"))
        assert (theirs.status_code, theirs.json()["detail"]) == (404, nowhere.json()["detail"]), path
    assert call("put", ESTATE, secret, SMALL, **{"If-Match": "*"}).status_code == 404
    assert call("get", f"organisations/fabrikam/plans/{plan.pk}", secret).status_code == 404
    assert contoso.organisation.acts.count() == before


@pytest.mark.parametrize(
    ("scope", "role"), [(Scope.READ, Role.OWNER), (Scope.READ, Role.EDITOR), (Scope.WRITE, Role.VIEWER)]
)
def test_who_may_only_read_replaces_nothing(contoso: Here, call: Call, scope: Scope, role: Role) -> None:
    secret, before = token(contoso, scope, role), contoso.estate().revision
    assert call("get", ESTATE, secret).status_code == 200
    assert call("put", ESTATE, secret, SMALL, **{"If-Match": "*"}).status_code == 403
    assert contoso.estate().revision == before


@pytest.mark.parametrize("end", ["expired", "revoked", "left", "inactive", "mistyped"])
def test_a_token_that_has_ended_does_not_let_in(contoso: Here, call: Call, end: str) -> None:
    secret = token(contoso)
    assert call("get", ESTATE, secret).status_code == 200
    now = timezone.now()
    if end == "expired":
        Token.objects.update(expires=now - timedelta(seconds=1))
    elif end == "revoked":
        Token.objects.update(revoked=now)
    elif end == "left":
        Membership.objects.filter(person=contoso.person).delete()
    elif end == "inactive":
        contoso.person.is_active = False
        contoso.person.save()
    answer = call("get", ESTATE, secret + ("x" if end == "mistyped" else ""))
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert call("post", "plan", secret + ("x" if end == "mistyped" else ""), SMALL).status_code == 401


def test_a_session_of_the_browser_lets_nobody_in(contoso: Here) -> None:
    client = Client()
    client.force_login(contoso.person)
    before = contoso.estate().revision
    for method in ("GET", "PUT", "POST", "PATCH", "DELETE"):
        status = client.generic(method, f"/api/v1/{ESTATE}", headers={"If-Match": "*"}).status_code
        assert status == (401 if method in ("GET", "PUT") else 405), method
    assert contoso.estate().revision == before


@pytest.mark.django_db
@override_settings(API_RATE=3)
def test_too_many_calls_are_told_when_to_come_again_and_others_go_on(contoso: Here, call: Call) -> None:
    secret, statuses = token(contoso), []
    for _ in range(4):
        last = call("get", "catalogue")
        statuses.append(last.status_code)
    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(last["Retry-After"]) <= 60
    assert call("get", ESTATE, secret).status_code == 200
    guesses = [call("get", ESTATE, "planner_guess").status_code for _ in range(4)]
    assert guesses == [401, 401, 401, 429]


@pytest.mark.django_db
@override_settings(SIGN_IN=True)
def test_where_pages_ask_for_a_sign_in_planning_needs_a_token(contoso: Here, call: Call) -> None:
    assert call("post", "plan", body=SMALL).status_code == 401
    assert call("post", "plan", token(contoso), SMALL).status_code == 200


@pytest.mark.django_db
def test_what_is_not_there_and_methods_that_are_not_offered_are_problems_too(call: Call) -> None:
    nowhere, method = call("get", "nowhere"), call("delete", "plan")
    for answer in (nowhere, method):
        assert answer["Content-Type"] == "application/problem+json"
    assert (nowhere.status_code, method.status_code, method["Allow"]) == (404, 405, "POST")


@pytest.mark.django_db
def test_head_is_answered_as_get(call: Call) -> None:
    assert call("head", "catalogue").status_code == 200
