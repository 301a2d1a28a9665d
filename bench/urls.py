"""The addresses of the site and an empty page through the same middleware, to compare with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from planner.urls import urlpatterns as site


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """A template with nothing in it."""
    return render(request, "bench/empty.html")


urlpatterns = [path("bench/empty/", empty), *site]
