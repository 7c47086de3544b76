from django.db import migrations


def paint(apps, schema_editor):
    apps.get_model("specimen", "Note").objects.filter(text="rose").update(colour="red")


class Migration(migrations.Migration):
    """Python: every region's own rows."""

    dependencies = [("specimen", "0002_plain")]
    operations = [migrations.RunPython(paint, migrations.RunPython.noop)]
