"""The app of the site: organisations and every screen."""

from importlib import import_module

from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "planner"

    def ready(self) -> None:
        """Tell the catalogue which of its rows organisations use; models can be imported only now."""
        import_module("planner.catalogue_use")
