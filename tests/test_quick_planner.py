"""The quick planner by requests alone: what the server answers, without a browser."""

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activation.catalogue import shipped
from activation.rules.interchange import plan_document, read_estate
from activation.rules.recommend import recommend
from planner.examples import Example, examples
from planner.forms.acts import act
from planner.forms.estate import EstateForm
from planner.forms.loading import typed_from

pytestmark = pytest.mark.django_db

SEED = {
    "c1-product": "windows-server-2008-r2-datacenter",
    "c1-count": "4",
    "c2-product": "windows-server-2008-r2-standard",
    "c2-count": "10",
}
LEAD = "Install the Windows Server 2008 R2 KMS C key on 1 host in Main; it activates all 14 computers there."
FORBIDDEN = re.compile(r"\b(valid|invalid|please|sorry|oops|N/A|error occurred)\b", re.IGNORECASE)


def seen(response: HttpResponse) -> str:
    """The text of a page, as a person reads it: no tags, single blanks."""
    html = response.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def lines(number: int) -> dict[str, str]:
    """So many lines of computers as fields of the form."""
    return {
        name: text
        for line in range(1, number + 1)
        for name, text in ((f"c{line}-product", "windows-7-enterprise"), (f"c{line}-count", str(line)))
    }


def htmx(client: Client, fields: dict[str, str]) -> HttpResponse:
    return client.get("/", fields, headers={"hx-request": "true"})


def test_the_seed_example_gives_the_kms_c_key(client: Client) -> None:
    assert LEAD in seen(client.get("/", SEED))


def test_it_starts_with_what_to_do_and_six_examples(client: Client) -> None:
    page = seen(client.get("/"))
    assert "Enter a product and a count." in page
    assert "There is a problem" not in page
    assert client.get("/").content.decode().count('<li><a href="/?organisation=Contoso') == 6


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


def test_errors_are_said_in_the_summary_and_beside_the_field_with_the_input_kept(client: Client) -> None:
    html = client.get("/", {"c1-product": "Windows 7 Enterprize", "c1-count": "1e3"}).content.decode()
    assert "<title>Error: " in html
    words = unescape(re.findall(r'<a href="#c1-count">Line 1, count: ([^<]+)</a>', html)[0])
    beside = unescape(re.findall(r'id="c1-count_error">Count: ([^<]+)</p>', html)[0])
    assert words == beside == 'Enter a whole number from 1 to 10,000,000 in digits only, not "1e3".'
    assert 'value="1e3"' in html
    assert 'value="Windows 7 Enterprize"' in html
    assert "Did you mean" in html


def test_a_form_sent_empty_asks_for_computers_or_licences(client: Client) -> None:
    html = client.get("/", {"c1-product": "", "c1-count": ""}).content.decode()
    assert '<a href="#c1-product">Line 1, product: Enter computers or licences' in html


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"c1-product": "x"}, "c1-product"),
        ({"c1-count": "5"}, "c1-product"),
        ({"c1-virtual": "5"}, "c1-virtual"),
        ({"c1-contact": "sometimes"}, "c1-contact"),
        ({"c1-avma": "1"}, "c1-avma"),
        ({"n1-name": " "}, "n1-name"),
        ({"n2-name": "Main"}, "n2-name"),
        ({"n2-name": "B", "n2-kms": "via3", "n3-name": "C", "n3-kms": "none"}, "n2-kms"),
        ({"n2-name": "B", "n2-kms": "via9"}, "n2-kms"),
        ({"n2-name": "B", "c1-network": "7"}, "c1-network"),
        ({"n1-host": "windows-95"}, "n1-host"),
        ({"n1-microsoft": "by-pigeon"}, "n1-microsoft"),
        ({"l1-product": "windows-7-enterprise", "l1-quantity": "-1"}, "l1-quantity"),
        ({"l1-quantity": "3"}, "l1-product"),
        ({"k1-key": "kms-nothing"}, "k1-key"),
        ({"k1-key": "mak-windows-7", "k1-used": "many"}, "k1-used"),
        ({"day": "31.12.2026"}, "day"),
        ({"agreement": "handshake"}, "agreement"),
        ({"reserve": "1001"}, "reserve"),
        ({"evidence": "rumours"}, "evidence"),
        ({"organisation": "x" * 300}, "organisation"),
    ],
)
def test_each_wrong_field_is_named_and_marked(client: Client, fields: dict[str, str], field: str) -> None:
    start = {"c1-product": "windows-7-enterprise", "c1-count": "3"} if "c1-count" not in fields else {}
    html = client.get("/", start | fields).content.decode()
    assert f'<a href="#{field}">' in html
    assert f'id="{field}_error"' in html
    assert not FORBIDDEN.search(seen(client.get("/", start | fields)))


@pytest.mark.parametrize(
    "field", ["c1-product", "c1-count", "organisation", "n1-name", "n1-kms", "day", "reserve", "agreement"]
)
def test_a_product_key_typed_by_mistake_is_repeated_nowhere(client: Client, field: str) -> None:
    key = "AAAAA-BBBBB-CCCCC-DDDDD-12345"
    fields = {"c1-product": "windows-7-enterprise", "c1-count": "3", "n2-name": "Branch"} | {field: key}
    for answer in (
        client.get("/", fields),
        htmx(client, fields),
        client.post("/", fields),
        client.get("/plan.json", fields),
    ):
        told = answer.content.decode() + "".join(f"{name}: {text}" for name, text in answer.items())
        assert "AAAAA" not in told
        assert "DDDDD" not in told


def test_text_from_the_address_is_never_markup(client: Client) -> None:
    nasty = '"><script>alert(1)</script>{{ 7 }}'
    fields = {"c1-product": nasty, "organisation": nasty, "n1-name": nasty, "n2-name": nasty, "do": nasty}
    for html in (client.get("/", fields).content.decode(), htmx(client, fields).content.decode()):
        assert "<script>alert" not in html


def test_names_in_a_plan_are_never_markup(client: Client) -> None:
    nasty = '<script>alert(1)</script>" onclick="x'
    html = client.get("/", SEED | {"organisation": nasty, "n1-name": nasty}, follow=True).content.decode()
    assert "in &lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&quot;x; it activates all 14" in html
    assert "<script>alert" not in html
    assert '" onclick="' not in html


@pytest.mark.parametrize("value", ["\0", "\ud800", "9" * 5000, "٣", "-1", "1.0", "1_000", "{{ x }}", "a" * 20000])
def test_nothing_typed_makes_a_server_error(client: Client, value: str) -> None:
    text = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for name in ("c1-product", "c1-count", "c1-network", "n1-name", "n1-kms", "n1-host", "k1-key", "day", "do"):
        assert client.get("/", SEED | {name: text}).status_code in (200, 302)


@pytest.mark.parametrize("name", ["c0-product", "c99999-product", "c100000-count", "x1-product", "c1-", "c1-nothing"])
def test_fields_that_are_not_there_are_passed_over(client: Client, name: str) -> None:
    assert client.get("/", {name: "1"}).status_code == 200


def test_a_line_is_added_and_removed_with_all_input_kept(client: Client) -> None:
    html = client.get("/", SEED | {"c1-virtual": "x", "do": "add-line-1"}).content.decode()
    assert 'name="c3-product"' in html
    assert 'value="x"' in html
    html = client.get("/", SEED | {"do": "remove-c1"}).content.decode()
    assert 'name="c1-product"' not in html
    assert 'value="Windows Server 2008 R2 Standard"' in html
    assert "Undo" in html


def test_a_removed_network_takes_its_lines_and_the_ways_to_it_along() -> None:
    typed = SEED | {"n2-name": "B", "c2-network": "2", "n3-name": "C", "n3-kms": "via2"}
    assert act(typed, "remove-n2").typed == {"c1-product": SEED["c1-product"], "c1-count": "4", "n3-name": "C"}


def test_when_the_first_network_is_removed_the_next_one_takes_its_place(client: Client) -> None:
    typed = SEED | {"n2-name": "B", "c2-network": "2", "n3-name": "C", "n3-kms": "via2"}
    assert act(typed, "remove-n1").typed == {
        "n1-name": "B", "c2-product": SEED["c2-product"], "c2-count": "10", "c2-network": "1",
        "n3-name": "C", "n3-kms": "via1",
    }  # fmt: skip
    html = client.get("/", typed | {"do": "remove-n1"}).content.decode()
    assert 'value="Main"' not in html
    assert 'value="B"' in html


@pytest.mark.parametrize(
    "do", ["remove-c", "remove-", "remove-x1", "remove-c77", "add-", "add-host", "add-line-9", "x"]
)
def test_a_button_that_is_not_there_loses_nothing(client: Client, do: str) -> None:
    html = client.get("/", SEED | {"do": do}, follow=True).content.decode()
    assert 'value="Windows Server 2008 R2 Datacenter"' in html
    assert 'value="Windows Server 2008 R2 Standard"' in html


def test_a_post_needs_the_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/", SEED)
    assert refused.status_code == 403
    assert "what you typed is still on the page before this one" in seen(refused)


def test_a_long_estate_is_sent_by_post_and_not_put_into_an_address(client: Client) -> None:
    page = client.post("/", lines(100))
    html = page.content.decode()
    assert page.status_code == 200
    assert "all 5,050 computers" in seen(page)
    assert '<form id="estate" action="/" method="post"' in html
    assert "csrfmiddlewaretoken" in html
    assert "csrfmiddlewaretoken" not in client.get("/", SEED).content.decode()
    posted = client.post("/", lines(100), headers={"hx-request": "true"})
    assert "HX-Replace-Url" not in posted


def test_more_fields_than_a_request_may_have_are_refused_in_plain_words(client: Client) -> None:
    answer = client.post("/", {f"c{number}-count": "1" for number in range(1, 1002)})
    assert answer.status_code == 400
    assert "Take lines away" in seen(answer)


def test_the_page_takes_no_more_lines_than_it_can_send(client: Client) -> None:
    page = client.post("/", lines(120) | {"do": "add-line-1"})
    assert "This page holds 120 lines." in seen(page)
    assert 'name="c121-product"' not in page.content.decode()


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
    assert read_estate(form.document(day), catalogue, day) == original
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
    assert again.document("2026-01-01") == form.document("2026-01-01")
    read_estate(form.document("2026-01-01"), shipped(), "2026-01-01")


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("/plan.json", "application/json", "contoso-ltd-activation-plan-2026-11-24.json"),
        ("/plan.csv", "text/csv; charset=utf-8", "contoso-ltd-activation-plan-2026-11-24.csv"),
        ("/plan.txt", "text/plain; charset=utf-8", "contoso-ltd-activation-plan-2026-11-24.txt"),
        ("/estate.json", "application/json", "contoso-ltd-activation-estate-2026-11-24.json"),
    ],
)
def test_a_download_is_named_after_organisation_plan_and_date(
    client: Client, address: str, kind: str, name: str
) -> None:
    answer = client.get(address, SEED | {"organisation": "Contoso, Ltd.", "day": "2026-11-24"})
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_downloaded_estate_gives_the_downloaded_plan(client: Client) -> None:
    fields = typed_from(examples()[3].estate)
    estate = json.loads(client.get("/estate.json", fields).content)
    plan = recommend(read_estate(estate, shipped(), "1999-01-01"), shipped())
    assert plan_document(plan) == json.loads(client.get("/plan.json", fields).content)


def test_a_file_name_holds_nothing_but_letters_digits_and_hyphens(client: Client) -> None:
    answer = client.get("/plan.txt", SEED | {"organisation": '../"; x="\r\nSet-Cookie: a=b', "day": "2026-11-24"})
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.txt"', answer.get("Content-Disposition", "")) or (
        "There is a problem" in seen(answer)
    )


def test_a_download_of_what_gives_no_plan_shows_what_to_mend(client: Client) -> None:
    assert "There is a problem" in seen(client.get("/plan.json", {"c1-product": "windows-7-enterprise"}))


def test_the_page_links_to_the_downloads_of_its_own_plan(client: Client) -> None:
    html = client.get("/", SEED).content.decode()
    links = [urlsplit(unescape(link)) for link in re.findall(r'href="(/(?:plan|estate)\.[a-z]+\?[^"]+)"', html)]
    assert [link.path for link in links] == ["/plan.txt", "/plan.csv", "/plan.json", "/estate.json"]
    plan = json.loads(client.get(f"{links[2].path}?{links[2].query}").content)
    assert [key["key"] for key in plan["kms_host_keys"]] == ["kms-windows-server-2008-r2-c"]


def test_templates_hold_nothing_that_the_content_security_policy_forbids(client: Client) -> None:
    every = SEED | {"n2-name": "B", "l1-product": "x", "k1-key": "x", "c3-product": "x"}
    for html in (client.get("/", SEED).content.decode(), client.get("/", every).content.decode()):
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|js:", html)
        assert not re.search(r"<script(?![^>]+src=)", html)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405


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
