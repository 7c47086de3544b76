from django.db import migrations, models


class Migration(migrations.Migration):
    """Two things in SQL: a column that old code need not know (db_default), a constraint whose name is looked up."""

    dependencies = [("specimen", "0001_initial")]
    operations = [
        migrations.AddField("note", "colour", models.CharField(max_length=9, db_default="green")),
        migrations.AddConstraint(
            "note",
            models.CheckConstraint(
                condition=models.Q(colour__in=["green", "red"]), name="note_colour_known"
            ),
        ),
        migrations.CreateModel(
            "Leaf",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("note", models.ForeignKey("specimen.note", on_delete=models.CASCADE)),
                ("text", models.CharField(max_length=50, unique=True)),
            ],
        ),
    ]
