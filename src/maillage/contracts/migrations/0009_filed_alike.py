"""Every accented letter is filed as its plain one, alike on every base."""

from django.db import migrations, models

import maillage.accounts.models.filed


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_rectified_decisions"),
    ]

    operations = [
        migrations.RemoveField(model_name="contract", name="filed"),
        migrations.AddField(
            model_name="contract",
            name="filed",
            field=models.GeneratedField(
                db_persist=True,
                expression=maillage.accounts.models.filed.Filed(models.F("name")),
                output_field=models.CharField(max_length=500),
            ),
        ),
        migrations.RemoveField(model_name="contractplace", name="filed"),
        migrations.AddField(
            model_name="contractplace",
            name="filed",
            field=models.GeneratedField(
                db_persist=True,
                expression=maillage.accounts.models.filed.Filed(models.F("name")),
                output_field=models.CharField(max_length=500),
            ),
        ),
        migrations.RemoveField(model_name="programmelink", name="filed"),
        migrations.AddField(
            model_name="programmelink",
            name="filed",
            field=models.GeneratedField(
                db_persist=True,
                expression=maillage.accounts.models.filed.Filed(models.F("name")),
                output_field=models.CharField(max_length=500),
            ),
        ),
    ]
