"""Links for e-mails."""

from django.conf import settings
from django.http import HttpRequest


def absolute(request: HttpRequest, path: str) -> str:
    """The path with the address of the site: the one that is set, else the one that was asked.

    That one is of PLANNER_HOSTS, which then names no wildcard: a forged Host gets no link.
    """
    return settings.ADDRESS + path if settings.ADDRESS else request.build_absolute_uri(path)
