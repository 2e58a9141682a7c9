"""Who owns and who pays is read from the operations, no longer ticked on the party."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_revisions")]

    operations = [
        migrations.RemoveConstraint(model_name="party", name="party_epci_that_pays_must_sign"),
        migrations.RemoveField(model_name="party", name="owns"),
        migrations.RemoveField(model_name="party", name="co_finances"),
    ]
