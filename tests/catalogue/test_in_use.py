"""What is in use is not deleted: its users are named, up to 50, from the catalogue and from whoever registers."""

from __future__ import annotations

import pytest

from activation.in_use import User, users_of
from activation.models import Dispute, HostSystem, Key, Product, ProductGroup, Rule, Source
from tests.catalogue.admin_pages import address, confirm

pytestmark = pytest.mark.django_db


def names(users):
    return {(user.word, user.name) for user in users.named}


def test_a_group_is_used_by_its_products_and_keys_and_by_what_is_stated_about_it():
    words = {user.word for user in users_of(ProductGroup.objects.get(slug="windows-7")).named}
    assert {"product", "key", "coverage", "end of support"} <= words


def test_a_mak_is_used_by_the_products_of_its_group():
    products = set(Product.objects.filter(group__slug="windows-7").values_list("name", flat=True))
    users = names(users_of(Key.objects.get(slug="mak-windows-7")))
    assert {name for word, name in users if word == "product"} == products


def test_coverage_and_hosts_go_with_their_key_and_are_no_users():
    key = Key.objects.get(slug="kms-windows-server-2025")
    assert key.activates.exists()
    assert {word for word, _ in names(users_of(key))} <= {"disputed point"}


def test_a_host_system_is_used_by_the_keys_that_it_carries():
    users = users_of(HostSystem.objects.get(slug="windows-7"))
    assert all(user.word == "host option" and user.name.endswith(" on Windows 7") for user in users.named)
    assert users


@pytest.mark.parametrize("row", [(Rule, "R-OPEN"), (Product, "windows-7-enterprise")])
def test_what_nothing_names_is_not_in_use(row):
    model, slug = row
    assert not users_of(model.objects.get(slug=slug))


def test_each_user_has_the_path_of_its_page(admin_client):
    for user in users_of(Source.objects.get(slug="L.FAQ")).named[:5]:
        assert admin_client.get(user.path).status_code == 200


def use(source, number):
    for n in range(number):
        Product.objects.create(
            slug=f"p{n}", name=f"Product {n}", family="client", gvlk="AAAAA" + "-AAAAA" * 4, gvlk_source=source
        )


@pytest.mark.parametrize(("number", "more"), [(50, False), (51, True)])
def test_at_most_fifty_are_named_and_the_rest_is_said(number, more):
    source = Source.objects.create(slug="OURS", publisher="Contoso", title="Ours")
    use(source, number)
    users = users_of(source)
    assert (len(users.named), users.more) == (50, more)
    assert (users.lines()[-1] == "More than 50") is more


def test_many_users_take_few_queries(django_assert_max_num_queries):
    group = ProductGroup.objects.get(slug="windows-7")
    with django_assert_max_num_queries(12):
        users_of(group)


def test_rows_that_go_together_do_not_hold_each_other():
    dispute = Dispute.objects.exclude(rules=None).first()
    rule = dispute.rules.first()
    assert ("rule", str(rule)) in names(users_of(dispute))
    going = [("rule", row.slug) for row in dispute.rules.all()]
    assert not users_of(dispute, without=going)


def plans(kind, identity):
    """What another app would give."""
    if (kind, identity) == ("product", "windows-7-enterprise"):
        yield User("saved plan", "<b>Contoso Berlin</b>", "/plans/1/")


@pytest.fixture
def other_app(settings):
    settings.CATALOGUE_USERS = [f"{__name__}.plans"]


def test_other_apps_add_their_users(other_app):
    users = users_of(Product.objects.get(slug="windows-7-enterprise"))
    assert users.lines() == ["saved plan: <b>Contoso Berlin</b>"]
    assert not users_of(Product.objects.get(slug="windows-7-professional"))


def test_a_user_of_another_app_keeps_a_row_in_the_admin_and_retiring_is_offered(admin_client, other_app):
    row = Product.objects.get(slug="windows-7-enterprise")
    page = confirm(admin_client, address(Product, "delete", row.pk))
    assert Product.objects.filter(pk=row.pk).exists()
    text = page.content.decode() if page.status_code == 200 else ""
    text = text or admin_client.get(address(Product, "delete", row.pk)).content.decode()
    assert "&lt;b&gt;Contoso Berlin&lt;/b&gt;" in text
    assert "retire" in text.lower()
