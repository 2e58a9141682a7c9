"""Every accented letter is filed as its plain one, alike on every base."""

from django.db import migrations, models

import maillage.accounts.models.filed


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0013_programmes"),
    ]

    operations = [
        migrations.RemoveField(model_name="operation", name="filed"),
        migrations.AddField(
            model_name="operation",
            name="filed",
            field=models.GeneratedField(
                db_persist=True,
                expression=maillage.accounts.models.filed.Filed(models.F("title")),
                output_field=models.CharField(max_length=500),
            ),
        ),
    ]
