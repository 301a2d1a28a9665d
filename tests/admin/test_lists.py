"""The lists of the admin with 5,000 products: few queries, whatever is searched, filtered or asked for."""

import pytest
from django.urls import reverse

from activation.models import ChangeSet, Product, ProductGroup, RowChange
from activation.rows import KINDS
from activation.tables import MODELS
from tests.catalogue.admin_pages import address

pytestmark = pytest.mark.django_db

MOST = 12  #: queries of a list page, signing in included
LISTS = {**MODELS, "change": ChangeSet, "changed row": RowChange}


@pytest.fixture
def many_products(db):
    group = ProductGroup.objects.get(slug="windows-7")
    Product.objects.bulk_create(
        Product(slug=f"contoso-{number}", name=f"Contoso edition {number}", family="client", group=group)
        for number in range(5_000 - Product.objects.count())
    )


def test_a_list_takes_at_most_twelve_queries(editor, many_products, django_assert_max_num_queries):
    for model in LISTS.values():
        for query in ({}, {"q": "windows"}, {"o": "-1"}, {"p": "2"}, {"all": ""}):
            with django_assert_max_num_queries(MOST):
                assert editor.get(address(model), query).status_code in (200, 302)


def test_a_filtered_list_takes_at_most_twelve_queries(editor, many_products, django_assert_max_num_queries):
    for query in ({"family": "client"}, {"retired__exact": "0"}, {"group__id__exact": "1"}, {"q": "contoso"}):
        with django_assert_max_num_queries(MOST):
            assert editor.get(address(Product), query).status_code == 200


def test_choosing_a_product_group_by_typing_takes_few_queries(editor, many_products, django_assert_max_num_queries):
    asked = {"term": "windows", "app_label": "activation", "model_name": "product", "field_name": "group"}
    with django_assert_max_num_queries(MOST):
        answer = editor.get(reverse("admin:autocomplete"), asked)
    assert {"id", "text"} <= answer.json()["results"][0].keys()


@pytest.mark.parametrize(("kind", "model"), MODELS.items())
def test_a_list_is_called_by_the_word_that_messages_use(kind, model):
    assert model._meta.verbose_name == KINDS[kind].word


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_no_search_breaks_a_list(editor, model):
    for search in ("a " * 5_000, "x" * 10_000, "%", "_", "\\", "'\"", "(a+)+$", "a\x00b", "\U0001f600"):
        assert editor.get(address(model), {"q": search}).status_code == 200


@pytest.mark.parametrize("search", ["a " * 5_000, "a\x00b", "%"])
def test_no_search_breaks_choosing_by_typing(editor, search):
    asked = {"term": search, "app_label": "activation", "model_name": "product", "field_name": "group"}
    assert editor.get(reverse("admin:autocomplete"), asked).status_code == 200


def test_a_percent_sign_is_searched_as_it_is(editor):
    assert editor.get(address(Product), {"q": "%"}).context["cl"].result_count == 0
    Product.objects.filter(slug="windows-7-enterprise").update(name="100 % Contoso")
    assert editor.get(address(Product), {"q": "%"}).context["cl"].result_count == 1


@pytest.mark.parametrize(
    "query",
    [
        {"p": "999999"},
        {"p": "x"},
        {"p": "-1"},
        {"per_page": "1000000"},
        {"o": "999.-999.x"},
        {"family": "x"},
        {"group__id__exact": "x"},
        {"group__id__exact": "9" * 30},
        {"e": "1"},
    ],
)
def test_no_query_breaks_a_list(editor, query):
    assert editor.get(address(Product), query).status_code in (200, 302)


def test_a_filter_that_reaches_into_other_tables_is_refused(editor):
    for query in ({"group__sources__title__startswith": "a"}, {"x__y": "1"}):
        assert editor.get(address(Product), query).status_code in (302, 400)


def test_more_rows_than_may_be_shown_at_once_are_not_shown_at_once(editor, many_products):
    assert len(editor.get(address(Product), {"all": ""}).context["cl"].result_list) <= 200


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "9" * 5_000, "x", "1%00"])
def test_a_row_that_is_not_there_is_said_to_be_missing(editor, number):
    root = reverse("admin:activation_product_changelist")
    for page in ("change/", "delete/", "history/"):
        answer = editor.get(f"{root}{number}/{page}")
        assert answer.status_code in (302, 404)


def test_a_list_marks_with_a_cross_what_is_no_longer_offered_and_puts_it_first_when_asked(editor):
    assert editor.get(address(Product)).content.decode().count('alt="False"') == 0
    Product.objects.filter(slug="windows-7-enterprise").update(retired=True)
    answer = editor.get(address(Product), {"o": "6"})
    assert answer.content.decode().count('alt="False"') == 1
    assert answer.context["cl"].result_list[0].slug == "windows-7-enterprise"
