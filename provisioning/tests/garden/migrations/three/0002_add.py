from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, as most releases have it."""

    dependencies = [("specimen", "0001_initial")]
    operations = [
        migrations.AddField("note", "colour", models.CharField(max_length=9, db_default="green")),
    ]
