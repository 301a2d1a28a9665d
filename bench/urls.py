"""The addresses of the site and an empty page through the same middleware, to compare with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from planner.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    """A template with nothing in it."""
    return render(request, "bench/empty.html")


urlpatterns = [path("bench/empty/", empty), *site]
