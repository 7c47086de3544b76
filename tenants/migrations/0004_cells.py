"""Cells: which database a region lives in, and since when it is on its way to another."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


def add_main(apps, schema_editor):
    """The database that is there already is the first cell."""
    apps.get_model("tenants", "Cell").objects.get_or_create(name="main")


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_region_key")]

    operations = [
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("[a-z][a-z0-9-]{0,19}\\Z")
                        ],
                        verbose_name="name",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(default=1000, verbose_name="capacity in regions"),
                ),
                (
                    "is_open",
                    models.BooleanField(default=True, verbose_name="open for new regions"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="created at"),
                ),
            ],
            options={"verbose_name": "cell", "verbose_name_plural": "cells", "ordering": ["name"]},
        ),
        migrations.RunPython(add_main, migrations.RunPython.noop),
        migrations.AddField(
            model_name="region",
            name="cell",
            field=models.ForeignKey(
                db_column="cell",
                db_default="main",
                db_index=False,
                default="main",
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="regions",
                to="tenants.cell",
                to_field="name",
                verbose_name="cell",
            ),
        ),
        migrations.AddField(
            model_name="region",
            name="moving_since",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="moving since"
            ),
        ),
    ]
