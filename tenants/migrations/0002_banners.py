"""Until when a region's pages may have banners, and their version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="region",
            name="banners_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="region",
            name="banners_version",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
    ]
