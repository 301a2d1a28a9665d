"""Pages of the admin, filled in and sent as a browser would."""

from __future__ import annotations

from django import forms
from django.urls import reverse

LATER = str(10**17)  #: what a page would send that was opened after every change


def address(model, page="changelist", *args):
    return reverse(f"admin:activation_{model._meta.model_name}_{page}", args=args)


def form_of(response):
    """What a browser would send back from this page, unchanged."""
    data = {"opened": str(response.context["request"].opened), "row": response.context.get("identity", "")}
    shown = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        shown += [formset.formset.management_form, *formset.formset.forms]
    for form in shown:
        for field in form:
            value = field.value()
            if isinstance(field.field, forms.NullBooleanField):
                data[field.html_name] = {True: "true", False: "false", None: "unknown"}[value]
            elif value is not None and value is not False:
                data[field.html_name] = "on" if value is True else field.field.prepare_value(value)
    return data


def save(client, row, **changes):
    where = address(type(row), "change", row.pk)
    return client.post(where, form_of(client.get(where)) | {"reason": "A test"} | changes, follow=True)


def confirm(client, where, reason="A test", **chosen):
    """Answer the question of a page: to delete its row, or to do something to chosen rows of a list."""
    asked = client.post(where, chosen) if chosen else client.get(where)
    answer = {"post": "yes", "reason": reason, "opened": asked.context["request"].opened}
    return client.post(where, chosen | answer, follow=True)
