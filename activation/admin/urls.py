"""The admin's pages that belong to no single table. Put before those of Django's admin."""

from django.urls import path, re_path

from activation.admin.cell import cell
from activation.admin.checks import checks
from activation.admin.exchange import exchange, export
from activation.admin.history import taking_back
from activation.admin.importing import importing
from activation.admin.matrix import matrix
from activation.admin.shipped import shipped

urlpatterns = [
    path("matrix/", matrix, name="catalogue-matrix"),
    path("matrix/<slug:key>/<slug:group>/", cell, name="catalogue-cell"),
    path("checks/", checks, name="catalogue-checks"),
    path("changes/<int:pk>/take-back/", taking_back, name="catalogue-take-back"),
    path("exchange/", exchange, name="catalogue-exchange"),
    re_path(r"^exchange/catalogue\.(?P<form>zip|xlsx)$", export, name="catalogue-export"),
    path("exchange/shipped/", shipped, name="catalogue-shipped"),
    path("exchange/<uuid:token>/", importing, name="catalogue-import"),
]
