"""
One of several people who edit the same row at once, as a process of its own: opens its form and saves it.

Says "ready" with the form open, waits until its standard input is closed, saves, and says the status of the answer.
"""

import os
import sys

import django
from django.test import Client, override_settings
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planner.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402  Django must be set up first

from activation.models import HostSystem  # noqa: E402
from tests.catalogue.admin_pages import address, form_of  # noqa: E402
from tests.conftest import PLAIN  # noqa: E402

setup_test_environment()
with override_settings(STORAGES=PLAIN, WHITENOISE_AUTOREFRESH=True):
    client = Client()
    client.force_login(User.objects.create(username=f"editor-{os.getpid()}", is_staff=True, is_superuser=True))
    where = address(HostSystem, "change", HostSystem.objects.get(slug=sys.argv[1]).pk)
    form = form_of(client.get(where)) | {"position": str(1000 + os.getpid() % 1000), "reason": "At once"}
    print("ready", flush=True)
    sys.stdin.read()
    print(client.post(where, form).status_code)
