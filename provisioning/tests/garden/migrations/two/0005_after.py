from django.db import migrations, models


class Migration(migrations.Migration):
    """SQL again: a constraint of the first step is taken away."""

    dependencies = [("specimen", "0004_index")]
    operations = [
        migrations.RemoveConstraint("note", "note_colour_known"),
        migrations.AlterField("note", "text", models.CharField(max_length=300)),
    ]
