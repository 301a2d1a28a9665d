"""Who comes to the admin: an editor and a reader of the catalogue, a stranger on the staff, and one who may do all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from activation.roles import EDITOR, READER

ROLES = {"editor": EDITOR, "reader": READER, "stranger": "", "superuser": ""}


@pytest.fixture
def signed_in(django_user_model) -> Callable[[str], Client]:
    """A client of that person. Signed in without a password: hashing one takes longer than most tests."""

    def enter(name: str) -> Client:
        user = django_user_model.objects.create(username=name, is_staff=True, is_superuser=name == "superuser")
        user.groups.set(Group.objects.filter(name=ROLES[name]))
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def editor(signed_in) -> Client:
    return signed_in("editor")


@pytest.fixture
def reader(signed_in) -> Client:
    return signed_in("reader")
