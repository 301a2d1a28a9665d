"""The buttons that add and remove rows, without JavaScript."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from planner.forms.acts import act
from tests.quick_planner.pages import SEED, seen

pytestmark = pytest.mark.django_db


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
    "do",
    ["remove-c", "remove-", "remove-x1", "remove-c77", "remove-c0", "remove-n2", "remove-l1", "add-", "add-foo",
     "add-host", "add-host-9", "add-line", "add-line-0", "add-line-9", "add-licence-1", "ADD-KEY", "restore-1", "x"],
)  # fmt: skip
def test_a_button_that_no_page_has_does_nothing(client: Client, do: str) -> None:
    done = act(SEED, do)
    assert (done.typed, done.acted, done.said) == (SEED, False, "")
    assert "all 14 computers" in seen(client.get("/", SEED | {"do": do}, follow=True))


@pytest.mark.parametrize(
    ("do", "added", "focus"),
    [
        ("add-line-1", {"c3-product": ""}, "c3-product"),
        ("add-line-2", {"c3-product": "", "c3-network": "2"}, "c3-product"),
        ("add-licence", {"l1-product": ""}, "l1-product"),
        ("add-key", {"k1-key": ""}, "k1-key"),
        ("add-network", {"n3-name": "Network 3", "c3-product": "", "c3-network": "3"}, "n3-name"),
        ("add-host-2", {"n2-host": ","}, "n2-host"),
    ],
)
def test_a_button_adds_its_row_and_goes_there(do: str, added: dict[str, str], focus: str) -> None:
    typed = SEED | {"n2-name": "Branch"}
    done = act(typed, do)
    assert (done.typed, done.focus, done.acted) == (typed | added, focus, True)


@pytest.mark.parametrize(
    ("do", "gone", "focus"),
    [
        ("remove-c1", ["c1-product", "c1-count"], "c2-product"),
        ("remove-c2", ["c2-product", "c2-count"], "c1-product"),
        ("remove-l1", ["l1-product"], "show"),
        ("remove-k4", ["k4-key"], "k7-key"),
        ("remove-k7", ["k7-key"], "k4-key"),
    ],
)
def test_a_removed_row_takes_its_fields_along_and_the_focus_goes_to_the_nearest(
    do: str, gone: list[str], focus: str
) -> None:
    typed = SEED | {"l1-product": "x", "k4-key": "y", "k7-key": "z"}
    done = act(typed, do)
    assert done.typed == {name: text for name, text in typed.items() if name not in gone}
    assert (done.focus, done.before, done.said) == (focus, typed, "Line removed.")


def test_the_page_opens_on_the_row_that_was_added(client: Client) -> None:
    html = client.get("/", SEED | {"do": "add-licence"}).content.decode()
    assert re.search(r'<input [^>]*id="l1-product"[^>]* autofocus>', html)
    assert html.count("autofocus") == 1


def test_undo_leads_to_what_was_there_before(client: Client) -> None:
    html = client.get("/", SEED | {"do": "remove-c2"}).content.decode()
    assert f'<a href="/?{urlencode(SEED)}">Undo</a>'.replace("&", "&amp;") in html
    assert "Line removed." in html
