"""The addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from planner.views import catalogue
from planner.views.downloads import download
from planner.views.quick_planner import quick_planner

handler500 = "planner.views.problems.server_error"

urlpatterns = [
    path("", quick_planner, name="quick-planner"),
    path("plan.json", download, {"what": "plan", "kind": "json"}, name="plan-json"),
    path("plan.csv", download, {"what": "plan", "kind": "csv"}, name="plan-csv"),
    path("plan.txt", download, {"what": "plan", "kind": "txt"}, name="plan-text"),
    path("estate.json", download, {"what": "estate", "kind": "json"}, name="estate-json"),
    path("catalogue/", catalogue.search_page, name="reference"),
    path("catalogue/products/<str:slug>/", catalogue.product_page, name="reference-product"),
    path("catalogue/groups/<str:slug>/", catalogue.group_page, name="reference-group"),
    path("catalogue/keys/<str:slug>/", catalogue.key_page, name="reference-key"),
    path("catalogue/matrix/", catalogue.matrix_page, name="reference-matrix"),
    path("catalogue/disputes/", catalogue.disputes_page, name="reference-disputes"),
    path("catalogue/sources/", catalogue.sources_page, name="reference-sources"),
    path("admin/catalogue/", include("activation.admin.urls")),
    path("admin/", admin.site.urls),
]
