"""Addresses of an estate: of the inventory, and of each scenario."""

from django.urls import path, register_converter

from planner.views.estate import adding, answer, chosen, files, row, rows
from planner.views.estate.place import TableConverter

register_converter(TableConverter, "table")

urlpatterns = [
    path("", rows.estate, name="estate"),
    path("settings/", row.settings, name="estate-settings"),
    path("answer/", answer.answer_line, name="estate-answer"),
    path("estate.json", files.download, {"kind": "json"}, name="estate-file"),
    path("estate.csv", files.download, {"kind": "csv"}, name="estate-file"),
    path("<table:table>/", rows.rows, name="estate-rows"),
    path("<table:table>/add/", adding.lines, name="estate-add"),
    path("<table:table>/chosen/", chosen.chosen, name="estate-chosen"),
    path("<table:table>/<int:row>/", row.row, name="estate-row"),
]
