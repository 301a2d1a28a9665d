"""Names of networks are as long as the rules take them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planner", "0006_uses_of_plans")]

    operations = [
        migrations.AlterField(
            model_name="network", name="name", field=models.CharField(max_length=200, verbose_name="name")
        ),
    ]
