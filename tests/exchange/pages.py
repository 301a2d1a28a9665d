"""The pages of export and import, used as a person would."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activation.models import Product
from activation.recording import recorded
from activation.shipped import rows_from_files
from tests.exchange.conftest import open_book

PAGE, SHIPPED = "/admin/catalogue/exchange/", "/admin/catalogue/exchange/shipped/"
OLD = rows_from_files().rows["product"]["windows-7-enterprise"]["note"]
HOSTILE = '<script>alert(1)</script>" onmouseover="x {{ 7|add:7 }} =1+1'


def export(client, form="xlsx"):
    return client.get(reverse("catalogue-export", args=(form,)))


def upload(client, data, name="catalogue.xlsx"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)})


def edited_export(client, **notes):
    """An export in which products have other notes."""
    book = open_book(export(client).content)
    for slug, note in notes.items():
        book.put("Products", slug.replace("_", "-"), "note", note)
    return book.saved()


def preview_of(client, data):
    response = upload(client, data)
    assert response.status_code == 302, response.context["errors"]
    return response["Location"]


def confirm(client, where, **more):
    seen = client.get(where).context["preview"].digest
    return client.post(where, {"seen": seen, "reason": "A ticket of Contoso"} | more)


def note_of(slug):
    return Product.objects.get(slug=slug).note


def edit_here(slug, note):
    with recorded("admin", message="Here"):
        product = Product.objects.get(slug=slug)
        product.note = note
        product.save()


def errors_of(response):
    return response.context.get("errors") or [message for _, message in response.context["wrong"]]
