"""The addresses of the site."""

from django.contrib import admin
from django.urls import path

from planner.views.downloads import download
from planner.views.quick_planner import quick_planner

urlpatterns = [
    path("", quick_planner, name="quick-planner"),
    path("plan.json", download, {"what": "plan", "kind": "json"}, name="plan-json"),
    path("plan.csv", download, {"what": "plan", "kind": "csv"}, name="plan-csv"),
    path("plan.txt", download, {"what": "plan", "kind": "txt"}, name="plan-text"),
    path("estate.json", download, {"what": "estate", "kind": "json"}, name="estate-json"),
    path("admin/", admin.site.urls),
]
