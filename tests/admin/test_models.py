"""What stands in the admin: the catalogue, its history and the accounts."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin


def test_nothing_that_organisations_keep_stands_in_the_admin() -> None:
    """Their walls, versions and history hold in their own screens alone; staff are no members."""
    of_organisations = set(apps.get_app_config("planner").get_models())
    assert {"Estate", "ComputerLine", "SavedPlan", "Act"} <= {model.__name__ for model in of_organisations}
    assert of_organisations & set(admin.site._registry) == set()
