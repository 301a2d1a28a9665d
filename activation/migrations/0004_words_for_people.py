from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("activation", "0003_pending_import"),)

    operations = (
        migrations.AlterModelOptions(
            name="dispute",
            options={"ordering": ("slug",), "verbose_name": "disputed point"},
        ),
        migrations.AlterModelOptions(
            name="supportdate",
            options={"ordering": ("slug",), "verbose_name": "end of support", "verbose_name_plural": "ends of support"},
        ),
    )
