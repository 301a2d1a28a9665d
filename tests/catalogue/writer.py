"""
One of several writers at once, as a process of its own: adds one to a row of the catalogue, several times.

Says "ready", waits until its standard input is closed, so that all begin together, and then reads, adds and writes.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planner.settings")
django.setup()

from activation.catalogue import recorded  # noqa: E402  Django must be set up first
from activation.models import HostSystem  # noqa: E402

print("ready", flush=True)
sys.stdin.read()
slug, times = sys.argv[1], int(sys.argv[2])
for _ in range(times):
    with recorded("admin"):
        row = HostSystem.objects.get(slug=slug)
        row.position += 1
        row.save()
