"""Django's own messages, as its admin and its forms say them on this site."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django
import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from activation.models import Product, SupportDate
from tests.catalogue.admin_pages import address, form_of

FORBIDDEN = re.compile(r"\b(valid|invalid|please|sorry|oops)\b", re.IGNORECASE)
OWN = Path(__file__).resolve().parents[2] / "planner/locale/en_GB/LC_MESSAGES/django.po"


def catalogue(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream)


def texts(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def said(message: Message) -> tuple[str, ...]:
    """What this site says for a message: for one, and for two when it counts something."""
    with translation.override("en-gb"):
        if isinstance(message.id, str):
            return (in_context(translation.pgettext, translation.gettext, message)(message.id),)
        counted = in_context(translation.npgettext, translation.ngettext, message)
        return tuple(counted(*message.id, number) for number in (1, 2))


def in_context(with_context: Callable[..., str], without: Callable[..., str], message: Message) -> Callable[..., str]:
    return partial(with_context, message.context) if message.context else without


def messages_of_django() -> list[Message]:
    """All that the forms, the models and the installed apps of Django can say."""
    places = [Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs())]
    files = [file for place in places for file in place.glob("locale/en/LC_MESSAGES/django.po")]
    return [message for file in files for message in catalogue(file) if message.id]


def test_no_message_of_django_has_a_word_that_is_not_used_here() -> None:
    messages = messages_of_django()
    assert len(messages) > 500
    assert [text for message in messages for text in said(message) if FORBIDDEN.search(text)] == []


def test_each_message_said_in_other_words_is_one_of_django_and_names_the_same_values() -> None:
    known = {texts(message.id) for message in messages_of_django()}
    for message in catalogue(OWN):
        if not message.id:
            continue
        assert texts(message.id) in known
        for text in texts(message.string):
            assert set(re.findall(r"%\(\w+\)", text)) <= set(re.findall(r"%\(\w+\)", str(message.id))), text


def test_the_compiled_messages_are_those_of_the_source() -> None:
    assert [message.id for message in catalogue(OWN) if message.id and said(message) != texts(message.string)] == []


def test_no_list_is_edited_in_place_for_its_script_has_messages_of_its_own() -> None:
    assert [model for model, pages in admin.site._registry.items() if pages.list_editable] == []


@pytest.mark.django_db
def test_a_wrong_password_is_refused_in_the_words_of_this_site(client) -> None:
    answer = client.post(reverse("sign-in"), {"username": "alice", "password": "wrong"})
    assert "The e-mail address and the password do not go together." in answer.content.decode()
    assert not FORBIDDEN.search(answer.content.decode())


@pytest.mark.django_db
def test_a_form_of_the_admin_says_what_would_be_right(editor) -> None:
    row = SupportDate.objects.first()
    where = address(SupportDate, "change", row.pk)
    page = editor.post(
        where, form_of(editor.get(where)) | {"extended_end": "soon", "reason": "A test"}
    ).content.decode()
    assert "Nothing was saved. Correct what is marked below." in page
    assert "Enter a date such as 31/12/2026 or 2026-12-31." in page


@pytest.mark.django_db
def test_what_a_list_does_not_offer_is_named(editor) -> None:
    row = Product.objects.get(slug="windows-7-enterprise")
    where = address(Product, "change", row.pk)
    page = editor.post(where, form_of(editor.get(where)) | {"family": "toaster", "reason": "A test"}).content.decode()
    assert "“toaster” is not in the list. Choose one of its entries." in page
