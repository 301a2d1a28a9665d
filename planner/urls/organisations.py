"""Addresses inside an organisation: `/o/<organisation>/...`. Each view opens by `planner.access.member`.

`tests/walls` tries every address with every method as everybody: a new one needs its line there.
"""

from django.urls import include, path

from planner.views import home

#: The four tables of an estate; the same for the inventory and for a scenario.
estate: list[object] = []

inside = [
    path("", home.plan, name="organisation"),
    path("estate/", include(estate)),
    path("scenarios/<int:scenario>/estate/", include(estate)),
]

urlpatterns = [
    path("", home.organisations, name="organisations"),
    path("<slug:organisation>/", include(inside)),
]
