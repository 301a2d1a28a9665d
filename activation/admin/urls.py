"""The admin's pages that belong to no single table. Put before those of Django's admin."""

from django.urls import path

from activation.admin.cell import cell
from activation.admin.checks import checks
from activation.admin.history import taking_back
from activation.admin.matrix import matrix

urlpatterns = [
    path("matrix/", matrix, name="catalogue-matrix"),
    path("matrix/<slug:key>/<slug:group>/", cell, name="catalogue-cell"),
    path("checks/", checks, name="catalogue-checks"),
    path("changes/<int:pk>/take-back/", taking_back, name="catalogue-take-back"),
]
