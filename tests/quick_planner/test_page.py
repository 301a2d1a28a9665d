"""The quick planner's page and its fragment: what the server answers, without a browser."""

from urllib.parse import parse_qsl, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activation.catalogue import shipped
from activation.rules.interchange import read_estate
from planner.examples import Example, examples
from planner.forms.document import estate_document
from planner.forms.estate import EstateForm
from planner.forms.loading import typed_from
from tests.quick_planner.pages import LEAD, SEED, htmx, lines, seen

pytestmark = pytest.mark.django_db


def test_the_seed_example_gives_the_kms_c_key(client: Client) -> None:
    assert LEAD in seen(client.get("/", SEED))


def test_it_starts_with_what_to_do_and_six_examples(client: Client) -> None:
    page = seen(client.get("/"))
    assert "Enter a product and a count." in page
    assert "There is a problem" not in page
    start = client.get("/").content.decode().split('<div class="start">')[1]
    assert start.count('<li><a href="/?organisation=Contoso') == 6


def test_a_form_sent_by_the_browser_leads_to_the_short_address_that_can_be_shared(client: Client) -> None:
    sent = {
        "organisation": "", "reserve": "", "n1-name": "Main", "n1-kms": "own", "n1-microsoft": "direct", "n1-host": "",
        "c1-product": "Windows Server 2008 R2 Datacenter", "c1-count": " 4 ", "c1-virtual": "", "c1-contact": "regular",
        "c2-product": "", "c2-count": "",
    }  # fmt: skip
    answer = client.get("/", sent)
    assert answer.status_code == 302
    assert answer["Location"] == "/?c1-product=windows-server-2008-r2-datacenter&c1-count=4"
    assert client.get(answer["Location"]).status_code == 200


def test_a_change_answers_with_what_changed_and_the_new_address(client: Client) -> None:
    answer = htmx(client, SEED)
    html = answer.content.decode()
    assert LEAD in seen(answer)
    assert "<html" not in html
    assert 'id="estate"' not in html
    assert answer["HX-Replace-Url"] == "/?" + urlencode(SEED)
    assert "HX-Request" in answer["Vary"]


def test_a_page_and_its_fragment_say_the_same_plan(client: Client) -> None:
    fragment = seen(htmx(client, SEED))
    plan = fragment[fragment.index(LEAD) : fragment.index("Plan of")]
    assert plan in seen(client.get("/", SEED))


def test_an_unfinished_change_says_what_is_still_to_enter_without_marking_errors(client: Client) -> None:
    html = htmx(client, SEED | {"c2-count": ""}).content.decode()
    assert 'href="#c2-count">Line 2, count</a>' in html
    assert 'id="waiting" hx-swap-oob' in html
    assert 'id="result"' not in html
    assert "There is a problem" not in html


def queries(client: Client, fields: dict[str, str]) -> int:
    client.get("/", fields)
    with CaptureQueriesContext(connection) as captured:
        client.get("/", fields)
    return len(captured)


def test_sixty_lines_take_as_many_queries_as_one(client: Client) -> None:
    assert queries(client, lines(60)) == queries(client, lines(1))


def test_asking_writes_nothing(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/", SEED)
        client.get("/plan.json", SEED)
    assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.slug)
def test_an_example_typed_into_the_form_is_the_same_estate(client: Client, example: Example) -> None:
    catalogue = shipped()
    form = EstateForm(typed_from(example.estate), catalogue)
    day = "2026-11-24"
    original = read_estate(example.estate, catalogue, day)
    assert read_estate(estate_document(form, day), catalogue, day) == original
    assert original.organisation == "Contoso"
    assert example.title in seen(client.get("/"))


def test_the_short_address_gives_the_same_estate_again() -> None:
    typed = {
        "organisation": "Contoso", "day": "2026-11-24", "agreement": "select", "reserve": "5", "evidence": "documented",
        "oldvirtual": "yes", "n1-name": "Head", "n1-ad": "yes", "n1-host": "windows-7,windows-7", "n2-name": "Plant",
        "n2-kms": "via1", "n2-microsoft": "proxy", "n2-isolated": "yes", "c1-product": "windows-server-2019-standard",
        "c1-count": "5", "c1-virtual": "4", "c1-contact": "rare", "c1-joined": "yes", "c1-activate": "no",
        "c1-avma": "2", "c1-network": "2", "l1-product": "windows-7-enterprise", "l1-quantity": "0",
        "k1-key": "kms-windows-7", "k1-used": "2",
    }  # fmt: skip
    form = EstateForm(typed, shipped())
    again = EstateForm(dict(parse_qsl(form.query)), shipped())
    assert form.typed() == typed
    assert estate_document(again, "2026-01-01") == estate_document(form, "2026-01-01")
    read_estate(estate_document(form, "2026-01-01"), shipped(), "2026-01-01")


def test_a_missing_page_says_so_without_jargon(client: Client) -> None:
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "This page is not here" in seen(answer)
    assert "404" not in seen(answer)


def test_the_reasons_of_a_plan_lead_to_public_documents(client: Client) -> None:
    html = client.get("/", SEED).content.decode()
    card = html[html.index('id="why-kms-windows-server-2008-r2-c"') :].split("</details>")[0]
    assert 'href="http' in card


def test_warnings_come_most_severe_first(client: Client) -> None:
    short = {"c3-product": "windows-7-enterprise", "c3-count": "9"}
    licences = {"l1-product": "windows-server-2008-r2-datacenter", "l1-quantity": "1"}
    page = seen(client.get("/", SEED | short | licences))
    assert page.index("Do first Licences missing") < page.index("Check Main: too few") < page.index("Good to know:")


def test_the_folded_settings_name_the_agreement_in_words(client: Client) -> None:
    fields = {"organisation": "Contoso", "agreement": "open-value"}
    html = client.get("/", SEED | fields, follow=True).content.decode()
    assert 'Organisation and settings<span class="muted"> Contoso, Open Value</span>' in html
