"""The words under the fields of the admin: each field has some, in the words of volume activation."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client

from activation.models import Product
from tests.catalogue.admin_pages import address

pytestmark = pytest.mark.django_db

EDITED = [
    model
    for model, pages in sorted(admin.site._registry.items(), key=lambda entry: entry[0]._meta.model_name)
    if model._meta.app_label == "activation" and hasattr(pages, "fixed_fields")
]
#: Django's own help for lists, which says nothing about what to choose.
DJANGO = "Hold down"


def fields_of(editor: Client, model: type) -> dict[str, str]:
    """The fields of the form of a new row, also those of the rows that it has below it, with their help texts."""
    shown = editor.get(address(model, "add")).context
    forms = [shown["adminform"].form, *(each.formset.empty_form for each in shown["inline_admin_formsets"])]
    visible = [field for form in forms for field in form.visible_fields()]
    return {field.html_name: str(field.help_text) for field in visible if not field.html_name.endswith("-DELETE")}


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model._meta.model_name)
def test_each_field_of_an_editor_has_a_help_text_of_some_words(editor: Client, model: type) -> None:
    fields = fields_of(editor, model)
    assert "reason" in fields
    assert [name for name, words in fields.items() if len(words.split()) < 3 or DJANGO in words] == []


def test_the_help_texts_are_those_of_all_tables_that_are_edited() -> None:
    assert [model.__name__ for model in EDITED] == [
        "Coverage",
        "Dispute",
        "HostOption",
        "HostSystem",
        "Key",
        "Product",
        "ProductGroup",
        "Rule",
        "Source",
        "SupportDate",
    ]


def test_a_label_keeps_the_capitals_of_its_name(editor: Client) -> None:
    form = editor.get(address(Product, "add")).context["adminform"].form
    assert form["operating_system_sku"].label == "OperatingSystemSKU"
    assert form["ad_operating_system"].label == "Names in Active Directory"
