"""Editing a row: the reason, the preview, retiring, and no deleting of what is in use."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from activation import catalogue
from activation.in_use import User
from activation.models import ChangeSet, Coverage, Key, Product, ProductGroup, Rule, Source
from activation.tables import MODELS, read_tables
from tests.catalogue.admin_pages import address, confirm, form_of, save

pytestmark = pytest.mark.django_db

R2_B = "kms-windows-server-2008-r2-b"


def preview(client, row, **changes):
    where = address(type(row), "change", row.pk)
    return client.post(where, form_of(client.get(where)) | {"reason": "A try", "_preview": "1"} | changes)


def words_of(response):
    """The text of the preview, blanks joined."""
    text = response.content.decode()
    section = text[text.index('id="preview"') : text.index("</section>", text.index('id="preview"'))]
    return " ".join(section.split())


def saved_plan(kind, slug):
    """What another app would give."""
    return [User("saved plan", f"Contoso {kind} {slug}")]


def state():
    return read_tables()[0], ChangeSet.objects.count(), LogEntry.objects.count()


# --- The reason ---


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_saved_without_a_reason(editor, reason):
    before = state()
    response = save(editor, Product.objects.get(slug="windows-7-enterprise"), name="Ours", reason=reason)
    assert "Enter why." in response.content.decode()
    assert 'value="Ours"' in response.content.decode()
    assert state() == before


def test_the_reason_is_kept_in_the_history(editor):
    save(editor, Product.objects.get(slug="windows-7-enterprise"), name="Ours", reason="Contoso calls it so")
    act = ChangeSet.objects.first()
    assert (act.user_name, act.origin, act.message) == ("editor", "admin", "Contoso calls it so")


def test_the_last_own_reasons_are_offered(editor, signed_in):
    save(editor, Product.objects.get(slug="windows-7-enterprise"), name="Ours", reason="Contoso calls it so")
    save(signed_in("superuser"), Rule.objects.get(slug="R-OPEN"), status="checked", reason="Not mine")
    page = editor.get(address(Rule, "add")).content.decode()
    assert '<option value="Contoso calls it so">' in page
    assert "Not mine" not in page


@pytest.mark.parametrize("how", ["delete", "action"])
def test_nothing_is_deleted_without_a_reason(editor, how):
    row, before = Rule.objects.get(slug="R-OPEN"), state()
    if how == "delete":
        page = confirm(editor, address(Rule, "delete", row.pk), reason="")
    else:
        page = confirm(editor, address(Rule), reason=" ", action="delete_selected", _selected_action=[row.pk])
    assert page.status_code == 422
    assert "Enter why." in page.content.decode()
    assert 'name="reason"' in page.content.decode()
    assert state() == before


# --- The preview ---


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_preview_of_nothing_changes_nothing_and_says_so(editor, model):
    before = state()
    response = preview(editor, model.objects.first())
    assert "It would change nothing." in words_of(response)
    assert state() == before


def test_a_preview_tells_the_coverage_that_a_key_loses_and_saves_nothing(editor):
    key, before = Key.objects.get(slug=R2_B), state()
    number = [c.group.slug for c in key.activates.select_related("group")].index("windows-7")
    response = preview(editor, key, **{f"activates-{number}-DELETE": "on"})
    said = words_of(response)
    assert "will activate 5 product groups. Lost: Windows 7." in said
    assert "of the 6 example plans would change" in said
    assert "Mixed generations: Windows 7, Server 2008 and 2008 R2" in said
    assert "disputed point" in said
    assert state() == before


def test_a_preview_tells_the_coverage_that_a_key_gains(editor):
    key = Key.objects.get(slug="kms-windows-8")
    group = ProductGroup.objects.filter(family="client").exclude(activated_by__key=key).first()
    form = form_of(editor.get(address(Key, "change", key.pk)))
    number = int(form["activates-TOTAL_FORMS"])
    response = preview(
        editor,
        key,
        **{
            "activates-TOTAL_FORMS": number + 1,
            f"activates-{number}-group": group.pk,
            f"activates-{number}-evidence": "documented",
            f"activates-{number}-sources": [group.sources.first().pk],
        },
    )
    assert f"Gained: {group.name}." in words_of(response)
    assert not Coverage.objects.filter(key=key, group=group).exists()


def test_a_preview_of_an_evidence_that_carries_no_plan_tells_the_loss(editor):
    row = Coverage.objects.get(key__slug=R2_B, group__slug="windows-7")
    assert "will activate 5 product groups. Lost: Windows 7." in words_of(preview(editor, row, evidence="unclear"))


def test_a_preview_of_a_threshold_tells_the_plans_that_change(editor):
    row = Rule.objects.get(slug="R-THRESH")
    said = words_of(preview(editor, row, params="client = 25\nserver = 100\noffice = 5"))
    assert "No key activates more or fewer product groups." in said
    assert "of the 6 example plans would change" in said


def test_a_preview_shows_what_was_typed_and_the_save_after_it_works(editor):
    row = Product.objects.get(slug="windows-7-enterprise")
    response = preview(editor, row, name="Ours", captions="One\nTwo")
    assert 'value="Ours"' in response.content.decode()
    assert "errornote" not in response.content.decode()
    saved = editor.post(address(Product, "change", row.pk), form_of(response))
    assert saved.status_code == 302
    row.refresh_from_db()
    assert (row.name, row.captions) == ("Ours", ["One", "Two"])


def test_a_preview_of_a_wrong_form_names_the_mistakes(editor):
    response = preview(editor, Product.objects.get(slug="windows-7-enterprise"), builds="seven")
    assert "is not a whole number" in response.content.decode()
    assert 'id="preview"' not in response.content.decode()


def test_a_preview_of_a_new_group_names_what_will_not_fit(editor):
    source = Source.objects.first().pk
    new = {"slug": "windows-12", "name": "Windows 12", "family": "client", "generation": "12", "sources": [source]}
    before = state()
    response = editor.post(address(ProductGroup, "add"), new | {"reason": "A try", "_preview": "1"})
    assert "Product group windows-12: slug needs exactly one MAK, has 0." in words_of(response)
    assert state() == before


def test_a_preview_names_the_users_that_other_parts_of_the_site_know(editor, settings):
    settings.CATALOGUE_USERS = [f"{__name__}.saved_plan"]
    assert "saved plan: Contoso key kms-windows-8" in words_of(preview(editor, Key.objects.get(slug="kms-windows-8")))


def test_a_preview_in_a_popup_saves_nothing(editor):
    new = {"slug": "X-1", "publisher": "Contoso", "title": "A paper", "_popup": "1"}
    before = state()
    response = editor.post(address(Source, "add"), new | {"reason": "A try", "_preview": "1"})
    assert "Source X-1: added" in words_of(response)
    assert state() == before


# --- Retiring, and no deleting of what is in use ---


def test_rows_are_retired_with_a_reason_as_one_act_and_offered_again(editor):
    rows = Product.objects.filter(slug__startswith="windows-vista")
    chosen = {"action": "retire", "_selected_action": [row.pk for row in rows]}
    asked = editor.post(address(Product), chosen)
    assert all(row.name in asked.content.decode() for row in rows)
    assert not rows.filter(retired=True).exists()
    assert "Enter why." in confirm(editor, address(Product), reason="", **chosen).content.decode()
    confirm(editor, address(Product), reason="Long gone", **chosen)
    assert not rows.filter(retired=False).exists()
    act = ChangeSet.objects.first()
    assert (act.message, act.rows.count()) == ("Long gone", len(rows))
    assert catalogue.current().products["windows-vista-business"].retired
    confirm(editor, address(Product), reason="Still there", **chosen | {"action": "offer_again"})
    assert not rows.filter(retired=True).exists()


def test_retiring_what_is_retired_does_nothing(editor):
    row = Product.objects.get(slug="windows-7-enterprise")
    chosen = {"action": "offer_again", "_selected_action": [row.pk], "post": "yes", "reason": "Again"}
    before = state()
    page = editor.post(address(Product), chosen, follow=True)
    assert "none is retired" in page.content.decode()
    assert state() == before


def test_a_group_in_use_is_not_deleted_but_named_with_its_users_and_a_way_to_retire_it(editor):
    group = ProductGroup.objects.get(slug="windows-7")
    page = editor.get(address(ProductGroup, "delete", group.pk)).content.decode()
    for product in group.products.all():
        assert f'<a href="{address(Product, "change", product.pk)}">{product.name}</a>' in page
    assert 'name="action" value="retire"' in page
    assert "More than 50" not in page
    before = state()
    confirm(editor, address(ProductGroup, "delete", group.pk))
    assert state() == before


@pytest.mark.parametrize(("more", "said"), [(0, False), (1, True)])
def test_of_more_than_fifty_users_fifty_are_named(editor, more, said):
    source = Source.objects.create(slug="X-1", publisher="Contoso", title="A paper")
    for number in range(50 + more):
        Rule.objects.create(slug=f"X-{number}", text="A rule", status="checked").sources.add(source)
    for page in (
        editor.get(address(Source, "delete", source.pk)),
        editor.post(address(Source), {"action": "delete_selected", "_selected_action": [source.pk]}),
    ):
        text = page.content.decode()
        assert sum(f">X-{number}: A rule</a>" in text for number in range(51)) == 50
        assert ("More than 50" in text) is said
    assert Source.objects.filter(slug="X-1").exists()


def test_the_page_that_asks_to_retire_names_the_users(editor):
    key = Key.objects.get(slug="kms-windows-server-2016")
    asked = editor.post(address(Key), {"action": "retire", "_selected_action": [key.pk]}).content.decode()
    assert "disputed point: C2" in asked


def test_the_checks_page_names_what_the_command_names(editor):
    assert "The catalogue fits together" in editor.get(reverse("catalogue-checks")).content.decode()
    Key.objects.filter(slug="mak-windows-7").update(retired=True)
    catalogue.touch()
    page = editor.get(reverse("catalogue-checks")).content.decode()
    assert "Product group windows-7: retired must be set like that of its MAK" in page
    assert f'href="{address(ProductGroup, "change", ProductGroup.objects.get(slug="windows-7").pk)}"' in page
