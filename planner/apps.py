"""The app that is the site."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from planner.postgresql import text_order
from planner.sqlite import sqlite_release


class PlannerConfig(AppConfig):
    name = "planner"

    def ready(self) -> None:
        register(sqlite_release, Tags.database, deploy=True)
        register(text_order, Tags.database)
