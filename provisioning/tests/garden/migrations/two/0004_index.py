from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Outside transactions."""

    atomic = False
    dependencies = [("specimen", "0003_fill")]
    operations = [AddIndexConcurrently("note", models.Index(fields=["text"], name="note_text"))]
