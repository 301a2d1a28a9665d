"""What saved plans name of the catalogue gets a table; rows from before the columns to search in get these filled."""

from __future__ import annotations

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from planner.folding import plain
from planner.slugs import slugs_in

AT_ONCE = 500
FOLDED = (
    ("Network", "name"),
    ("ComputerLine", "note"),
    ("LicenceLine", "note"),
    ("HeldKey", "note"),
    ("Reading", "note"),
)


def fill_uses(apps: Any, editor: Any) -> None:
    """Look through the plans that were saved before."""
    plans, uses = apps.get_model("planner", "SavedPlan"), apps.get_model("planner", "CatalogueUse")
    for plan in plans._default_manager.filter(uses=None).iterator(AT_ONCE):
        named = slugs_in([json.loads(plan.estate_document), json.loads(plan.plan_document)])
        rows = [uses(plan_id=plan.pk, kind=kind, slug=slug) for kind, slug in sorted(named)]
        uses._default_manager.bulk_create(rows)


def fill_folded(apps: Any, editor: Any) -> None:
    """Fold the texts of rows that were written before the columns were there."""
    for name, field in FOLDED:
        rows = apps.get_model("planner", name)._default_manager
        for pk, text in rows.filter(**{f"{field}_folded": ""}).exclude(**{field: ""}).values_list("pk", field):
            rows.filter(pk=pk).update(**{f"{field}_folded": plain(text)})


class Migration(migrations.Migration):
    dependencies = [
        ("planner", "0005_ledger_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("slug", models.CharField(max_length=100)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="planner.savedplan"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "slug"], name="use_of_row")],
                "constraints": [
                    models.UniqueConstraint(models.F("plan"), models.F("kind"), models.F("slug"), name="use_named_once")
                ],
            },
        ),
        migrations.RunPython(fill_uses, migrations.RunPython.noop),
        migrations.RunPython(fill_folded, migrations.RunPython.noop),
    ]
