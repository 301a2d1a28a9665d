"""The catalogue in the admin: every list opens, an edit shows in plans, what is needed cannot be deleted."""

import pytest

from activation import catalogue
from activation.models import Coverage, HostOption, Key, Product, ProductGroup, Rule, Source
from activation.tables import MODELS
from tests.catalogue.admin_pages import address, confirm, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_each_table_is_listed_searched_and_opened(admin_client, model):
    assert admin_client.get(address(model)).status_code == 200
    assert admin_client.get(address(model), {"q": "windows"}).status_code == 200
    assert admin_client.get(address(model, "add")).status_code == 200
    assert admin_client.get(address(model, "change", model.objects.first().pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_saving_a_row_without_a_change_leaves_the_digest_as_it_was(admin_client, model):
    for row in (model.objects.first(), model.objects.last()):
        response = save(admin_client, row)
        assert response.redirect_chain, response.context["errors"]
    assert catalogue.current().digest == catalogue.shipped().digest


def test_a_list_takes_the_same_number_of_queries_for_one_row_and_for_fifty(admin_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        admin_client.get(address(Coverage))


def test_an_edit_shows_in_the_catalogue_at_once(admin_client):
    catalogue.current()
    save(admin_client, Product.objects.get(slug="windows-7-enterprise"), name="Ours", captions="One\n\n Two \n")
    assert catalogue.current().products["windows-7-enterprise"].name == "Ours"
    assert Product.objects.get(slug="windows-7-enterprise").captions == ["One", "Two"]


def test_an_edited_coverage_of_a_key_shows_in_the_catalogue_at_once(admin_client):
    catalogue.current()
    key = Key.objects.get(slug="kms-windows-8")
    save(admin_client, key, **{"activates-0-evidence": "unclear", "activates-1-evidence": "unclear"})
    evidence = [coverage.evidence for coverage in catalogue.current().keys["kms-windows-8"].activates]
    assert evidence.count("unclear") == 2


def test_deleting_shows_in_the_catalogue_at_once(admin_client):
    catalogue.current()
    for number, slug in enumerate(("R-OPEN", "R-CMD")):
        row = Rule.objects.get(slug=slug)
        if number:
            confirm(admin_client, address(Rule, "delete", row.pk))
        else:
            confirm(admin_client, address(Rule), action="delete_selected", _selected_action=[row.pk])
        assert slug not in catalogue.current().rules


@pytest.mark.parametrize(
    ("model", "slug"),
    [
        (Source, "EOL"),
        (ProductGroup, "windows-7"),
        (Key, "kms-windows-server-2016"),
        (Key, "mak-windows-7"),
    ],
)
def test_a_row_that_others_need_cannot_be_deleted_and_they_are_named(admin_client, model, slug):
    row = model.objects.get(slug=slug)
    response = confirm(admin_client, address(model, "delete", row.pk))
    assert response.status_code in (200, 403)
    assert model.objects.filter(slug=slug).exists()
    page = admin_client.get(address(model, "delete", row.pk))
    assert page.context["protected"]
    confirm(admin_client, address(model), action="delete_selected", _selected_action=[row.pk])
    assert model.objects.filter(slug=slug).exists()


def test_a_slug_stays_as_it_is(admin_client):
    save(admin_client, Rule.objects.get(slug="R-OPEN"), slug="R-CLOSED")
    assert Rule.objects.filter(slug="R-OPEN").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"builds": "7600\nseven"}, "is not a whole number"),
        ({"builds": "1" * 5000}, "is not a whole number"),
        ({"builds": "٣"}, "is not a whole number"),
        ({"builds": "9999999999"}, "must be a whole number from 0"),
        ({"captions": "One\x00Two"}, "holds a control character"),
        ({"gvlk": "secret"}, "Five times five"),
        ({"gvlk": ""}, "A GVLK and its source go together."),
        ({"name": "windows 7 PROFESSIONAL"}, "Another row has this name."),
        ({"family": "desktop"}, "is not in the list. Choose one of its entries."),
        ({"family": "server"}, "Must be client, the family of its product group."),
    ],
)
def test_bad_input_is_an_error_beside_its_field(admin_client, changes, words):
    row = Product.objects.get(slug="windows-7-enterprise")
    response = save(admin_client, row, **changes)
    assert response.status_code == 200
    assert words in response.content.decode().replace("&#x27;", "'")
    assert catalogue.touch() == []
    assert catalogue.current().digest == catalogue.shipped().digest


@pytest.mark.parametrize("params", ["client", "client = many", "Client = 3", "client = -1"])
def test_bad_figures_are_an_error(admin_client, params):
    response = save(admin_client, Rule.objects.get(slug="R-THRESH"), params=params)
    assert response.context["errors"]
    assert Rule.objects.get(slug="R-THRESH").params == {"client": 25, "server": 5, "office": 5}


def test_figures_are_edited_one_a_line(admin_client):
    save(admin_client, Rule.objects.get(slug="R-THRESH"), params="client = 24\r\nserver=5\r\n\r\noffice = 5")
    assert catalogue.current().figure("R-THRESH", "client") == 24


def test_a_group_without_a_mak_is_called_out(admin_client):
    group = ProductGroup.objects.get(slug="windows-7")
    new = {
        "slug": "windows-12",
        "name": "Windows 12",
        "family": "client",
        "generation": "12",
        "adba": "on",
        "reason": "A test",
    }
    response = admin_client.post(
        address(ProductGroup, "add"), new | {"sources": [group.sources.first().pk]}, follow=True
    )
    words = [str(message) for message in response.context["messages"]]
    assert "Product group windows-12: slug needs exactly one MAK, has 0." in words


def test_a_product_cannot_join_a_group_without_a_mak(admin_client):
    group = ProductGroup.objects.create(slug="windows-12", name="Windows 12", family="client", generation="12")
    response = save(admin_client, Product.objects.get(slug="windows-7-enterprise"), group=group.pk)
    assert response.context["adminform"].form.errors["group"] == [
        "This product group has no MAK yet. Add its MAK first."
    ]


@pytest.mark.parametrize("change", ["type", "group"])
def test_a_mak_that_products_need_stays_the_mak_of_its_group(admin_client, change):
    group = ProductGroup.objects.create(slug="windows-12", name="Windows 12", family="client", generation="12")
    mak = Key.objects.get(slug="mak-windows-7")
    response = save(admin_client, mak, **{change: {"type": "kms", "group": group.pk}[change]})
    assert "Products need this MAK" in str(response.context["adminform"].form.errors)


def test_a_server_key_is_not_allowed_on_a_client_system_in_its_form(admin_client):
    host = HostOption.objects.get(key__slug="kms-windows-server-2008-a", system__slug="windows-7")
    response = save(admin_client, host, allowed="true")
    assert response.context["adminform"].form.errors["allowed"] == [
        "A host on a client system activates clients only: the key of a server group is not allowed there."
    ]
