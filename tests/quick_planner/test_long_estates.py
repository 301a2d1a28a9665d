"""Estates that are too long for an address, and those that are too long for a page."""

import re
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from planner.forms.acts import act, typed_in
from planner.forms.rows import LineRow, fields_sent
from tests.quick_planner.pages import SEED, htmx, lines, seen

pytestmark = pytest.mark.django_db

TOO_LONG = "This estate is too long for an address. To keep or share it, download it as a file:"


def says_too_long(answer: HttpResponse) -> bool:
    found = re.findall(r'<p [^>]*id="too-long"([^>]*)>([^<]+)', answer.content.decode())
    [(attributes, words)] = found
    assert words.strip() == TOO_LONG
    return "hidden" not in attributes


def as_a_browser_sends_it(number: int, **more: str) -> dict[str, str]:
    """All fields of so many lines, with blanks and untouched lists."""
    untouched = {"product": "windows-7-enterprise", "count": "5", "virtual": "", "contact": "regular", "avma": ""}
    typed = {f"c{line}-{name}": text for line in range(1, number + 1) for name, text in untouched.items()}
    return typed | {"n1-name": "Main", "n1-kms": "own", "n1-microsoft": "direct", "n1-host": ""} | more


def test_a_short_estate_is_sent_by_get_and_stands_in_its_address(client: Client) -> None:
    page = client.get("/", lines(20))
    assert '<form id="estate" action="/" method="get"' in page.content.decode()
    assert not says_too_long(page)
    assert htmx(client, lines(20))["HX-Replace-Url"] == "/?" + urlencode(lines(20))


def test_a_long_estate_is_sent_by_post_and_the_page_is_the_answer(client: Client) -> None:
    page = client.post("/", lines(100))
    html = page.content.decode()
    assert page.status_code == 200
    assert "all 5,050 computers" in seen(page)
    assert says_too_long(page)
    assert '<form id="estate" action="/" method="post"' in html
    assert 'hx-post="/"' in html
    assert "hx-get" not in html
    assert "csrfmiddlewaretoken" in html
    assert "csrfmiddlewaretoken" not in client.get("/", SEED).content.decode()


def test_a_fragment_of_a_long_estate_says_so_and_takes_the_older_estate_out_of_the_address(client: Client) -> None:
    for answer in (htmx(client, lines(100)), client.post("/", lines(100), headers={"hx-request": "true"})):
        assert answer["HX-Replace-Url"] == "/"
        assert says_too_long(answer)
    assert not says_too_long(htmx(client, lines(20)))


def test_a_button_on_a_long_estate_gives_the_form_with_the_sentence_once(client: Client) -> None:
    answer = client.post("/", lines(100) | {"do": "add-line-1"}, headers={"hx-request": "true"})
    assert says_too_long(answer)
    assert 'name="c101-product"' in answer.content.decode()


def test_an_answer_never_names_an_address_that_fills_the_headers_a_proxy_takes(client: Client) -> None:
    for number in range(40, 90, 5):
        for answer in (htmx(client, lines(number)), client.post("/", as_a_browser_sends_it(number))):
            headers = sum(len(f"{name}: {text}\r\n") for name, text in answer.items())
            assert headers + len(answer.cookies.output()) < 4_000


def test_the_form_is_posted_before_filling_in_its_blanks_makes_it_longer_than_proxies_take(client: Client) -> None:
    """With GET a browser sends blanks and untouched lists too, which a shared address leaves out."""
    blank = {name: "" for name in as_a_browser_sends_it(60) if name.endswith(("-product", "-count"))}
    assert 'method="post"' in client.get("/", blank | {"do": "add-line-1"}).content.decode()
    number = 1
    while 'method="get"' in client.get("/", as_a_browser_sends_it(number) | {"do": "add-line-1"}).content.decode():
        number += 1
    assert number > 20
    longest = {
        f"c{line}-{name}": text
        for line in range(1, number + 1)
        for name, text in {
            "product": "Windows Server 2012 R2 Datacenter", "count": "10000", "virtual": "10000", "contact": "regular",
            "avma": "10000", "joined": "yes",
        }.items()
    }  # fmt: skip
    assert len(urlencode(longest)) < 8_000


def test_what_is_posted_and_fits_into_an_address_leads_there(client: Client) -> None:
    sent = as_a_browser_sends_it(48)
    assert len(urlencode(sent)) > 4_000
    answer = client.post("/", sent)
    assert answer.status_code == 302
    fields = {name: text for name, text in sent.items() if name.endswith(("-product", "-count"))}
    assert answer["Location"] == "/?" + urlencode(fields)
    assert "all 240 computers" in seen(client.get(answer["Location"]))


def test_a_line_removed_from_a_long_estate_can_be_brought_back(client: Client) -> None:
    page = client.post("/", lines(100) | {"do": "remove-c100"})
    assert f'<a href="/?{urlencode(lines(100))}">Undo</a>'.replace("&", "&amp;") in page.content.decode()


def test_a_long_estate_is_downloaded_the_way_its_form_is_sent(client: Client) -> None:
    html = client.post("/", lines(100)).content.decode()
    assert re.findall(r'<button form="estate" formaction="([^"]+)">', html) == [
        "/estate.json",
        "/plan.xlsx", "/plan.pdf", "/plan.csv", "/plan.json", "/plan.md", "/plan.txt", "/plan.ps1", "/estate.json",
        "/plan.letter.pdf", "/plan.semicolon.csv", "/plan.tab.csv", "/plan.zip", "/plan.semicolon.zip", "/plan.tab.zip",
        "/runbook/", "/keep/",
    ]  # fmt: skip
    assert "formmethod" not in html
    assert client.post("/estate.json", lines(100)).json()["computers"][99]["count"] == 100


def test_more_fields_than_a_request_may_have_are_refused_in_plain_words(client: Client) -> None:
    answer = client.post("/", {f"c{number}-count": "1" for number in range(1, 1002)})
    assert answer.status_code == 400
    assert "Take lines away" in seen(answer)


def test_rows_of_which_the_page_would_send_too_many_fields_are_refused_in_the_same_words(client: Client) -> None:
    few_fields_many_lines = {f"c{number}-count": "1" for number in range(1, 301)}
    for address in ("/", "/plan.json"):
        answer = client.get(address, few_fields_many_lines)
        assert answer.status_code == 400
        assert "Take lines away" in seen(answer)


@pytest.mark.parametrize("do", ["add-line-1", "add-licence", "add-key", "add-network", "add-host-1"])
def test_no_button_makes_a_page_that_cannot_be_sent(do: str) -> None:
    typed = {"n1-name": "Main"}
    for _ in range(1_000):
        done = act(typed, do)
        if done.said:
            break
        typed = dict(done.typed)
    assert done.said.startswith("This page is full.")
    assert done.typed == typed
    assert 990 <= fields_sent(typed) <= 998


def test_a_page_takes_120_lines_with_everything_filled_in(client: Client) -> None:
    typed = {f"c{line}-{name}": "1" for line in range(1, 121) for name in LineRow.labels}
    assert client.post("/", typed).status_code == 200


def test_a_browser_that_kept_an_estate_gets_its_whole_form_back(client: Client) -> None:
    answer = client.post("/", lines(100) | {"do": "restore"}, headers={"hx-request": "true"})
    assert 'name="c100-count" value="100"' in answer.content.decode()
    assert "all 5,050 computers" in seen(answer)
    assert act(lines(2), "restore").typed == lines(2)


def test_a_field_sent_twice_counts_once_but_machines_all(client: Client) -> None:
    query = "c1-product=windows-7-enterprise&c1-count=3&c1-count=4&n1-host=windows-7&n1-host=&n1-host=windows-8"
    assert typed_in(client.get("/?" + query, follow=True).wsgi_request.GET)["c1-count"] == "4"
    assert client.get("/estate.json?" + query).json()["networks"][0]["kms_host_systems"] == ["windows-7", "windows-8"]
